"""Makes the rings that wait: each is this worker's from a commit on, before the telephone rings."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from voicebot.clients.client import Client
from voicebot.clock import Clock
from voicebot.errors import StoreFull
from voicebot.handoff.leg import LegDown, Legs, LegTarget, Outcome
from voicebot.handoff.telephone import Sleep
from voicebot.handoff.waiting import Waiting
from voicebot.store import attempts
from voicebot.store.attempts import Ring
from voicebot.store.database import Database
from voicebot.worker.briefer import Briefer
from voicebot.worker.owner import me, surely_dead

log = logging.getLogger(__name__)

BEAT_S = 2.0
"""How often a worker says that its rings go on."""
SILENT_S = 10.0
"""A worker that has not said so for this long is taken for dead."""
ORPHANS = 50
"""Rings of dead workers taken over at one look."""
RETRY_S = 0.5
"""How soon a store or an exchange that refused is asked again."""


@dataclass(eq=False)
class _Going:
    """A ring of this worker's that goes on."""

    briefer: Briefer
    task: asyncio.Task[None] | None = None


@dataclass(eq=False)
class Ringer:
    """Rings people, and settles what workers that died left in doubt (docs/adr/0004)."""

    database: Database
    clients: Mapping[str, Client]
    legs: Legs
    clock: Clock
    sleep: Sleep = asyncio.sleep
    waiting: Waiting = field(default_factory=Waiting)
    """Callers on the line in this process: who takes their alert is joined with them."""
    owner: str = field(default_factory=me)
    ended: Callable[[], None] = lambda: None
    """Called when a ring has ended: its escalation is due."""
    _going: dict[int, _Going] = field(default_factory=dict)
    _seen: dict[int, tuple[str, int, float]] = field(default_factory=dict)
    _beaten: float = 0.0
    _closing: bool = False

    @property
    def busy(self) -> int:
        """How many rings go on."""
        return len(self._going)

    def tick(self, now: datetime) -> int:
        """Starts what must be rung, hangs up what was taken back; gives how many it started.

        From inside the event loop in which the rings go on.

        Raises:
            StoreFull: the store refuses to write; what was not started stays due.
        """
        self._hang_up()
        self._beat()
        self._inherit()
        with self.database.read() as connection:
            if not attempts.waiting(connection, now):
                return 0
        with self.database.write() as connection:
            rings = attempts.claim(connection, self.owner, now)
        for ring in rings:
            self._start(ring, self._ring)
        return len(rings)

    async def close(self) -> None:
        """Hangs up. What rang is in doubt then, and the next worker settles it."""
        self._closing = True
        tasks = [going.task for going in self._going.values() if going.task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _start(
        self, ring: Ring, work: Callable[[Ring, Briefer], Coroutine[Any, Any, None]]
    ) -> None:
        briefer = Briefer(self.database, self.clients, self.clock, ring, self.sleep, self.waiting)
        self._going[ring.id] = going = _Going(briefer)
        going.task = asyncio.get_running_loop().create_task(work(ring, briefer))
        going.task.add_done_callback(lambda _: self._over(ring))

    def _over(self, ring: Ring) -> None:
        self._going.pop(ring.id, None)
        self.ended()

    async def _ring(self, ring: Ring, briefer: Briefer) -> None:
        """Makes one ring and keeps its one outcome."""
        target = LegTarget(
            ring.person, ring.name, ring.address, ring.key, ring.ring_s, ring.language
        )
        try:
            outcome = await self.legs.ring(target, briefer)
        except LegDown as error:
            log.warning("ring %d is not made yet: %s", ring.id, error)
            await self._keep(lambda connection, now: attempts.again(connection, ring, now))
            return
        except asyncio.CancelledError:
            if self._closing:
                raise
            outcome = Outcome.CALLER_LEFT
        except Exception:
            log.exception("ring %d broke", ring.id)
            outcome = Outcome.FAILED
        await self._end(ring, outcome)

    async def _settle(self, ring: Ring, briefer: Briefer) -> None:
        """A ring in doubt: what the exchange knows of it counts, and it never rings twice."""
        became = await self._asked(ring)
        if became is Outcome.ACCEPTED:
            await self._keep(lambda connection, now: briefer.take(connection))
        if became is None:
            await self._keep(lambda connection, now: attempts.again(connection, ring, now))
        else:
            await self._end(ring, became)

    async def _asked(self, ring: Ring) -> Outcome | None:
        """What the exchange knows, however long it takes to answer: guessing would ring twice."""
        while True:
            try:
                return await self.legs.became(ring.key)
            except LegDown:
                await self.sleep(RETRY_S)
            except asyncio.CancelledError:
                if self._closing:
                    raise
                return Outcome.CALLER_LEFT

    async def _end(self, ring: Ring, outcome: Outcome) -> None:
        await self._keep(lambda connection, now: attempts.end(connection, ring, outcome, now))

    async def _keep(self, write: Callable[[Connection, datetime], object]) -> None:
        """Writes, again and again while the store refuses: an outcome that is lost rings twice."""
        while True:
            try:
                with self.database.write() as connection:
                    write(connection, self.clock.now())
                return
            except StoreFull as error:
                log.warning("an outcome is not kept yet: %s", error)
                await self.sleep(RETRY_S)

    def _hang_up(self) -> None:
        """Hangs up what was taken back, but never on somebody who has said yes."""
        ids = [id for id, going in self._going.items() if not going.briefer.taken]
        if not ids:
            return
        with self.database.read() as connection:
            gone = attempts.taken_back(connection, ids)
        for id in gone:
            if task := self._going[id].task:
                task.cancel()

    def _beat(self) -> None:
        """Says that the rings go on."""
        if not self._going or self.clock.monotonic() - self._beaten < BEAT_S:
            return
        with self.database.write() as connection:
            attempts.beat(connection, self.owner, tuple(self._going))
        self._beaten = self.clock.monotonic()

    def _inherit(self) -> None:
        """Takes over the rings of workers that died."""
        with self.database.read() as connection:
            others = attempts.ringing(connection, self.owner)
        self._seen = {ring.id: self._first_seen(ring) for ring in others}
        gone = {owner for owner in {r.owner for r in others} if surely_dead(owner, self.owner)}
        silent = self.clock.monotonic() - SILENT_S
        orphans = [r for r in others if r.owner in gone or self._seen[r.id][2] <= silent]
        if not orphans:
            return
        # Together, since a storm leaves hundreds; and not all of them, since settling takes time
        # and this worker may be killed too.
        with self.database.write() as connection:
            taken = [attempts.inherit(connection, r, self.owner) for r in orphans[:ORPHANS]]
        for mine in taken:
            if mine is not None:
                self._start(mine, self._settle)

    def _first_seen(self, ring: Ring) -> tuple[str, int, float]:
        """Since when its worker has said nothing new, on this worker's own steady clock."""
        seen = self._seen.get(ring.id)
        if seen is not None and seen[:2] == (ring.owner, ring.beat):
            return seen
        return (ring.owner, ring.beat, self.clock.monotonic())
