"""Delivers the letters that are due."""

from __future__ import annotations

import asyncio
import logging
import random
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from voicebot.clock import Clock
from voicebot.delivery.gateway import SEND_S, Gateway
from voicebot.delivery.letter import CODE, LINK, Channel, Letter
from voicebot.delivery.outcome import Outcome, Trouble
from voicebot.delivery.standing import IN_DOUBT, Standing, State
from voicebot.delivery.wording import ready
from voicebot.errors import VoicebotError
from voicebot.oncall.verification import DIGITS, spaced
from voicebot.store import contacts, links, outbox
from voicebot.store.database import Database
from voicebot.store.dead_letters import Alarm, alarm
from voicebot.store.outbox import Posted

log = logging.getLogger(__name__)

AT_ONCE = 20
"""Letters on their way at one time."""
SETTLE_TRIES = 60
SETTLE_WAIT_S = 1.0
CLOSE_S = 5.0
LOOK_AGAIN = timedelta(minutes=1)
"""How often the alarm is looked at."""


@dataclass(eq=False)
class Postman:
    """Takes letters from the outbox to their gateways; any number of them may work on one store.

    `deliver` never waits for a gateway: a slow one holds up no escalation.
    """

    database: Database
    gateways: Mapping[Channel, Gateway]
    clock: Clock
    public_url: str = ""
    """Where technicians' telephones reach us; without it letters carry no link."""
    jitter: Callable[[], float] = random.random
    send_s: float = SEND_S
    at_once: int = AT_ONCE
    _tasks: dict[int, asyncio.Task[None]] = field(default_factory=dict)
    _alarm: Alarm = field(default_factory=lambda: Alarm(0, 0, None))
    _looked: datetime | None = None

    async def deliver(self, now: datetime) -> int:
        """Starts on the letters that are due; gives how many. `idle` waits for their outcome.

        Raises:
            StoreFull: the store refuses to write; nothing was taken.
        """
        free = self.at_once - len(self._tasks)
        if free <= 0:
            return 0
        lease = secrets.token_hex(8)
        taken = await asyncio.to_thread(self._take, lease, now, free)
        started = 0
        for posted in taken:
            if sending(posted):
                self._tasks[posted.id] = asyncio.create_task(self._send(posted, lease))
                started += 1
            else:
                mourn(posted, posted.standing)
        return started

    async def idle(self) -> None:
        """Waits until the letters that were started on have their outcome."""
        while self._tasks:
            await asyncio.gather(*self._tasks.values())

    async def close(self) -> None:
        """Gives letters on their way a moment to arrive, and ends the connections.

        One that takes longer is sent again when its lease has ended.
        """
        tasks = list(self._tasks.values())
        if tasks:
            await asyncio.wait(tasks, timeout=CLOSE_S)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for gateway in self.gateways.values():
            await gateway.close()

    def _take(self, lease: str, now: datetime, limit: int) -> tuple[Posted, ...]:
        ways, held = tuple(self.gateways), tuple(self._tasks)
        with self.database.read() as connection:
            self._look(connection, now)
            if not outbox.waiting(connection, ways, now, held):
                return ()
        with self.database.write() as connection:
            taken = outbox.claim(connection, ways, lease, now, limit=limit, held=held)
            return tuple(self._linked(connection, posted, now) for posted in taken)

    def _look(self, connection: Connection, now: datetime) -> None:
        """Says that letters lie undelivered when they begin to, and when they become more."""
        if self._looked and abs(now - self._looked) < LOOK_AGAIN:
            return
        self._looked, before = now, self._alarm
        self._alarm = alarm(connection, now)
        if self._alarm.failed > before.failed or self._alarm.late > before.late:
            missing = ", ".join(way for way in Channel if way not in self.gateways)
            log.error(
                "letters: %d given up, %d late (voicebot outbox list); no gateway for: %s",
                self._alarm.failed,
                self._alarm.late,
                missing or "none is missing",
            )

    def _linked(self, connection: Connection, posted: Posted, now: datetime) -> Posted:
        """The letter with its words as they leave."""
        letter, link = self._coded(connection, posted, now), ""
        wanted = LINK in letter.text or LINK in (letter.html or "")
        if wanted and letter.technician and self.public_url and sending(posted):
            made = links.make(connection, letter.client, letter.technician, letter.alert_id, now)
            link = f"{self.public_url}/l/{made}"
        return replace(posted, letter=ready(letter, link))

    def _coded(self, connection: Connection, posted: Posted, now: datetime) -> Letter:
        """The letter with a code in its place, drawn now: the store keeps its hash alone."""
        letter = posted.letter
        if CODE not in letter.text or not letter.technician or not sending(posted):
            return letter
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        contacts.ask(connection, letter.client, (letter.technician, letter.address), code, now)
        return replace(letter, text=letter.text.replace(CODE, spaced(code)))

    async def _send(self, posted: Posted, lease: str) -> None:
        gateway = self.gateways[posted.letter.way]
        try:
            outcome = await self._try(gateway, posted)
            await self._settle(posted, lease, outcome, gateway.name)
        finally:
            self._tasks.pop(posted.id, None)

    async def _try(self, gateway: Gateway, posted: Posted) -> Outcome:
        try:
            async with asyncio.timeout(self.send_s):
                became = await self._became(gateway, posted) if posted.in_doubt else None
                return became or await gateway.send(posted.letter)
        except TimeoutError:
            return Trouble("timeout")
        except Exception as error:  # noqa: BLE001  one letter's fault must not stop the others
            # Its text may hold an address, so only its kind is logged.
            log.error("letter %d: %s raised %s", posted.id, gateway.name, type(error).__name__)
            return Trouble("unforeseen", type(error).__name__)

    async def _became(self, gateway: Gateway, posted: Posted) -> Outcome | None:
        """What came of an attempt before this one; None when the letter has to be sent."""
        address = posted.letter.address
        known = await asyncio.to_thread(self._references, gateway.name, address)
        became = await gateway.became(posted.letter, known)
        if isinstance(became, Trouble):
            # Its own code would say that the letter certainly did not go.
            return Trouble(IN_DOUBT, f"{became.code} {became.why}".strip(), became.wait)
        return became

    def _references(self, gateway: str, address: str) -> frozenset[str]:
        with self.database.read() as connection:
            return outbox.references(connection, gateway, address)

    async def _settle(self, posted: Posted, lease: str, outcome: Outcome, gateway: str) -> None:
        """Writes the outcome; again while the store refuses, or a sent letter would go twice."""
        for left in reversed(range(SETTLE_TRIES)):
            try:
                standing = await asyncio.to_thread(self._write, posted, lease, outcome, gateway)
            except VoicebotError as error:
                log.error("letter %d: its outcome cannot be written: %s", posted.id, error)
                if left:
                    await asyncio.sleep(SETTLE_WAIT_S)
            else:
                if standing.state is State.FAILED:
                    mourn(posted, standing)
                return

    def _write(self, posted: Posted, lease: str, outcome: Outcome, gateway: str) -> Standing:
        now, jitter = self.clock.now(), self.jitter()
        with self.database.write() as connection:
            return outbox.settle(connection, posted.id, lease, outcome, gateway, now, jitter)


def sending(posted: Posted) -> bool:
    """Whether the claim gave it to us; one whose time had passed was given up instead."""
    return posted.standing.state is State.SENDING


def mourn(posted: Posted, standing: Standing) -> None:
    """Says that a letter will not arrive; to whom and what is in the store only."""
    if standing.dismissed_at:
        return  # withdrawn meanwhile: nothing went wrong
    letter = posted.letter
    log.error(
        "letter %d by %s of client %s was given up: %s (voicebot outbox list)",
        posted.id,
        letter.way,
        letter.client,
        standing.code,
    )
