"""An urgent call at night, and what happens until somebody takes it; the clock sped up."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape

from voicebot.calls.session import CallSession, Reply, Utterance
from voicebot.clients.client import Client
from voicebot.demo.cast import URGENT
from voicebot.handoff.jumping import JumpingClock
from voicebot.handoff.ringing import TelephoneLegs
from voicebot.handoff.simulated import ACCEPTS, BUSY, NO_ANSWER, Manner, SimulatedTelephone
from voicebot.oncall.alert import AlertState, Happening
from voicebot.oncall.technician import Technician, Way
from voicebot.store import alert_changes, alerts
from voicebot.store.database import Database
from voicebot.store.journal import StoredJournal
from voicebot.store.schema import migrate
from voicebot.understanding.interpreter import Interpreter
from voicebot.worker.escalator import Escalator
from voicebot.worker.reach import reach_of
from voicebot.worker.ringer import Ringer
from voicebot.worker.worker import Worker

NAME = "night"
TITLE = "An urgent call at night: the first does not answer, the second is busy, the third accepts"
STARTS = datetime(2026, 1, 14, 22, 10, tzinfo=UTC)
SPEED = 20
"""Seconds of the night in one of the spectator's."""
SPEAKS_S = 5
"""How long the caller speaks and thinks each time."""
LONGEST_S = 1800
MANNERS = (NO_ANSWER, BUSY, ACCEPTS)
TOLD = {
    Happening.TRIGGERED: "the alert is in the store, and its escalation with it",
    Happening.RUNG: "{name}'s telephone rings",
    Happening.RING_ENDED: "{name}: {outcome}",
    Happening.WRITTEN: "a message to {name} is in the outbox",
    Happening.PROCEDURE: "nobody of the policy took it: the client's procedure begins",
    Happening.ACKNOWLEDGED: "{name} has taken it",
}
"""What is printed of a time line."""


ENDED = {
    "accepted": "accepts",
    "declined": "declines",
    "busy": "busy",
    "no_answer": "no answer",
    "voicemail": "a voicemail, which is no person",
    "answered": "picked up, neither yes nor no",
    "failed": "the number cannot be reached",
    "caller_left": "his telephone stops: it is not needed any more",
}


@dataclass(eq=False)
class Night:
    """The night, from the call to the one who takes it."""

    database: Database
    client: Client
    interpreter: Interpreter
    console: Console
    speed: float = SPEED
    clock: JumpingClock = field(default_factory=lambda: JumpingClock(STARTS))
    _shown: int = 0

    def __post_init__(self) -> None:
        self.people = team(self.client, STARTS)
        telephone = SimulatedTelephone(manners(self.people), self.clock.sleep)
        clients = {self.client.name: self.client}
        legs = TelephoneLegs(telephone)
        ringer = Ringer(self.database, clients, legs, self.clock, self.clock.sleep)
        self.worker = Worker(Escalator(self.database, clients), ringer, self.clock)

    async def play(self) -> list[str]:
        """Plays it, and gives what is otherwise than it should be."""
        await self._call()
        passed = 0
        while passed < LONGEST_S and not (self._taken() and not self.worker.ringer.busy):
            await self._pass(1)
            passed += 1
        await self.worker.ringer.close()
        return self._missed()

    async def _call(self) -> None:
        """The call, typed; the worker does not wait for its end."""
        session = CallSession(
            self.client,
            self.interpreter,
            StoredJournal(self.database),
            self.clock,
            call_id=NAME,
            caller_number=URGENT.number,
        )
        reply, used = session.answer(), 0
        while reply.hang_up is None and used < 20:
            self._bot(reply)
            await self._pass(SPEAKS_S)
            words = _answer(reply, used)
            self._line(f"[cyan]caller[/]  {escape(words)}")
            reply, used = session.hear(Utterance(words)), used + 1
            await self._pass(1)
        self._bot(reply)
        session.hang_up("bot")

    async def _pass(self, seconds: int) -> None:
        """So many seconds go by."""
        for _ in range(seconds):
            while await self.worker.tick(self.clock.now()):
                await self.clock.settle()
            self._show()
            await self.clock.move(1.0)
            await asyncio.sleep(1.0 / self.speed)

    def _show(self) -> None:
        """What the alert's time line has gained."""
        lines = self._lines()
        for change in lines[self._shown :]:
            text = TOLD.get(change.kind)
            if text is not None:
                name = self.people.get(change.who)
                outcome = ENDED.get(str(change.data.get("outcome", "")), "")
                said = text.format(name=name.name if name else change.who, outcome=outcome)
                self._line(f"[yellow]worker[/]  {escape(said)}")
        self._shown = len(lines)

    def _bot(self, reply: Reply) -> None:
        for say in reply.says:
            self._line(f"[green]bot[/]     {escape(say.text)}")

    def _line(self, text: str) -> None:
        local = self.clock.now().astimezone(self.client.timezone)
        self.console.print(f"  {local:%H:%M:%S}  {text}", highlight=False, soft_wrap=True)

    def _taken(self) -> bool:
        with self.database.read() as connection:
            raised = alerts.read(connection, NAME)
        return bool(raised) and raised[0].state != AlertState.TRIGGERED.value

    def _lines(self) -> list[Any]:
        with self.database.read() as connection:
            raised = alerts.read(connection, NAME)
            return [*alert_changes.read(connection, raised[0].id)] if raised else []

    def _missed(self) -> list[str]:
        """What is otherwise than it should be, one line each."""
        self._show()
        first, second, third = self.people
        ended = [
            (c.who, c.data.get("outcome")) for c in self._lines() if c.kind is Happening.RING_ENDED
        ]
        wanted = [(first, "no_answer"), (second, "busy"), (third, "accepted")]
        wrong = [
            f"{who} was not {outcome}" for who, outcome in wanted if (who, outcome) not in ended
        ]
        with self.database.read() as connection:
            raised = alerts.read(connection, NAME)
        if not raised or raised[0].acknowledged_by != third:
            wrong.append("the alert was not taken by the third")
        return wrong


def play(
    flows: Path, interpreter: Interpreter, console: Console, speed: float = SPEED
) -> list[str]:
    """Plays the night with the demo's plumber; gives what is otherwise than it should be."""
    from voicebot.clients.loader import load_client

    console.rule(f"[bold]{TITLE}")
    console.print(f"  simulated telephones, the clock {speed:.0f} times as fast\n")
    client = load_client(flows / "clients" / URGENT.client, flows)
    with tempfile.TemporaryDirectory(prefix="voicebot-") as folder:
        database = Database(f"sqlite:///{Path(folder) / 'voicebot.db'}")
        migrate(database)
        try:
            missed = asyncio.run(Night(database, client, interpreter, console, speed).play())
        finally:
            database.close()
    for line in missed:
        console.print(f"  [bold red]✗[/] {escape(line)}")
    if not missed:
        console.print("  [bold green]✓[/] somebody is on his way")
    console.print()
    return missed


def team(client: Client, at: datetime) -> Mapping[str, Technician]:
    """Three of the client's people, those on call at that instant first."""
    on_call = client.on_call
    if on_call is None or on_call.policy is None:
        return {}
    reach = reach_of(on_call, at)
    meant = (p for step in on_call.policy.plan for t in step.targets for p in reach(t))
    found = {person.id: person for person in meant}
    return dict(list(found.items())[: len(MANNERS)])


def manners(people: Mapping[str, Technician]) -> dict[str, Manner]:
    """How their telephones behave."""
    return {
        person.by(Way.RING)[0].address: manner
        for person, manner in zip(people.values(), MANNERS, strict=True)
    }


def _answer(reply: Reply, used: int) -> str:
    """What the caller says to what was asked; his first words are his trouble."""
    lines = URGENT.script.opening
    if used:
        asked = [say.response for say in reversed(reply.says)]
        found = [
            answers
            for response in asked
            for pattern, answers in URGENT.script.answers.items()
            if fnmatchcase(response, pattern)
        ]
        lines = found[0] if found else lines
    return " ".join(part for part in lines[0].parts if isinstance(part, str))
