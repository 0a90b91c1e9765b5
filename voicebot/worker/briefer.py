"""What is said to somebody who is rung, and how his yes is kept before he is thanked for it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection

from voicebot.clients.client import Client
from voicebot.clock import Clock
from voicebot.delivery.letter import Channel, Letter
from voicebot.errors import StoreFull
from voicebot.handoff.announcing import to_person
from voicebot.handoff.briefing import spoken
from voicebot.handoff.matter import Matter, briefing, details, letter, subject
from voicebot.handoff.order import ToPerson
from voicebot.handoff.telephone import HungUp, Line, Sleep
from voicebot.handoff.waiting import Taker, Waiting
from voicebot.oncall.alert import By
from voicebot.oncall.technician import Technician, Way
from voicebot.store import alerts, outbox
from voicebot.store.attempts import Ring
from voicebot.store.database import Database
from voicebot.worker.matter import matter_of

RETRY_S = 0.5
TRIES = 20
"""How often a yes is tried to be kept, in a store that refuses, while the person waits."""


@dataclass(eq=False)
class Briefer:
    """The briefing of one ring; see `voicebot.handoff.leg.Briefing`."""

    database: Database
    clients: Mapping[str, Client]
    clock: Clock
    ring: Ring
    sleep: Sleep = asyncio.sleep
    waiting: Waiting = field(default_factory=Waiting)
    taken: bool = False
    """Whether he has said yes: nobody hangs up on him from then on."""
    waits: bool = False
    """Whether the caller was on the line when he was briefed: he hears all, and is joined."""

    async def text(self) -> str:
        """What it is about, with what came in since the ring was decided."""
        with self.database.read() as connection:
            matter = matter_of(connection, self.ring.alert_id, self.clients)
            self.waits = self.waiting.waits(alerts.calls_of(connection, self.ring.alert_id))
        if self.waits:
            return spoken(matter, self.ring.language)
        return briefing(matter, self.ring.name, self.ring.language)

    async def handed(self, line: Line) -> bool:
        """Joins him with the caller who waits, or is about to; tells him where that fails."""
        ring = self.ring
        with self.database.read() as connection:
            calls = alerts.calls_of(connection, ring.alert_id)
            facts = spoken(matter_of(connection, ring.alert_id, self.clients), ring.language)
        held = f"{to_person(ToPerson.HELD, ring.language)} {facts}"
        taker = Taker(ring.name, line, held, ring.language, promised=self.waits)
        if await self.waiting.give(calls, taker):
            return True
        if taker.promised:
            there = any(call in self.waiting.ongoing for call in calls)
            why = ToPerson.NOT_JOINED if there else ToPerson.CALLER_LEFT
            with contextlib.suppress(HungUp):  # his all the same
                await line.say(to_person(why, ring.language), ring.language)
        return False

    async def accepted(self) -> str | None:
        """Keeps that he takes it; None when somebody else has it.

        Raises:
            StoreFull: it could not be kept, so it is not his.
        """
        self.taken = True
        for left in reversed(range(TRIES)):
            try:
                with self.database.write() as connection:
                    return self.take(connection)
            except StoreFull:
                if not left:
                    raise
                await self.sleep(RETRY_S)
        return None

    def take(self, connection: Connection) -> str | None:
        """The alert is his, with what he needs to go there in writing."""
        ring, now = self.ring, self.clock.now()
        mine = alerts.acknowledge(
            connection,
            ring.alert_id,
            who=ring.person,
            by=By.RING,
            at=now,
            name=ring.name,
            ring=ring.id,
        )
        if not mine and alerts.find(connection, ring.alert_id).acknowledged_by != ring.person:
            return None
        matter = matter_of(connection, ring.alert_id, self.clients)
        for written in self._letters(matter):
            outbox.post(connection, written)
        return details(matter, ring.language)

    def _letters(self, matter: Matter) -> list[Letter]:
        """The address in writing: whoever was asleep forgets what he was told."""
        ring, person = self.ring, self._person()
        way = next((w for w in (Way.SMS, Way.EMAIL) if person and person.by(w)), None)
        if person is None or way is None:
            return []
        return [
            Letter(
                way=Channel(way.value),
                address=person.by(way)[0].address,
                subject=subject(matter, ring.language),
                text=letter(matter, ring.language, taken=True),
                key=f"{ring.key}-taken",
                client=ring.client,
                at=self.clock.now(),
                alert_id=ring.alert_id,
                technician=ring.person,
            )
        ]

    def _person(self) -> Technician | None:
        client = self.clients.get(self.ring.client)
        on_call = client.on_call if client else None
        return on_call.technicians.get(self.ring.person) if on_call else None
