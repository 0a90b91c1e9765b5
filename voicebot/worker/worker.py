"""The worker: does what is due, and then waits for the next thing that is."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from voicebot.calls.live import Live
from voicebot.clock import Clock
from voicebot.errors import VoicebotError
from voicebot.worker.escalator import Escalator
from voicebot.worker.ringer import Ringer

log = logging.getLogger(__name__)

Chore = Callable[[datetime], Awaitable[object]]
"""Something else that is done when it is due: letters, confirmations of shifts."""
POLL_S = 0.5
"""How long something that is due may wait when nobody told the worker of it."""


@dataclass(eq=False)
class Worker:
    """Escalates, rings, delivers, reminds. Any number of them may work on one store."""

    escalator: Escalator
    ringer: Ringer
    clock: Clock
    chores: Sequence[Chore] = ()
    poll_s: float = POLL_S
    closes: Sequence[Callable[[], Awaitable[None]]] = ()
    """What is ended with it: the postman's connections."""
    _woken: asyncio.Event = field(default_factory=asyncio.Event)
    _looked: float = 0.0

    def __post_init__(self) -> None:
        self.ringer.ended = self.wake
        self._looked = self.clock.monotonic()

    @property
    def idle_s(self) -> float:
        """For how long it has not looked for what is due; from any thread."""
        return self.clock.monotonic() - self._looked

    def wake(self) -> None:
        """Something is due now; from the worker's own loop."""
        self._woken.set()

    async def tick(self, now: datetime) -> int:
        """Does what is due at `now`, and gives how much that was. What fails is tried again.

        The alerts come first: whatever else there is to do can wait for a ring.
        """
        done, self._looked = 0, self.clock.monotonic()
        alerts: Sequence[Chore] = (at_once(self.escalator.tick), at_once(self.ringer.tick))
        for chore in (*alerts, *self.chores):
            try:
                found = await chore(now)
                done += found if isinstance(found, int) else 0
            except VoicebotError as error:
                log.error("the worker tries again: %s", error)
            except Exception:  # one chore's fault must not stop the others
                log.exception("the worker tries again")
        return done

    async def run(self, live: Live | None = None) -> None:
        """Works until it is cancelled.

        Args:
            live: what happens in the calls of this process: an alert raised there wakes the
                worker at once, others are found within `poll_s`.
        """
        listening = asyncio.create_task(self._listen(live)) if live else None
        try:
            while True:
                self._woken.clear()
                if await self.tick(self.clock.now()):
                    await asyncio.sleep(0)  # what was begun goes on, and there may be more
                    continue
                with contextlib.suppress(TimeoutError):
                    # Not wait_for: woken and cancelled at once, it would forget the cancelling.
                    async with asyncio.timeout(self.poll_s):
                        await self._woken.wait()
        finally:
            if listening:
                listening.cancel()
            await self.ringer.close()
            for close in self.closes:
                await close()

    async def _listen(self, live: Live) -> None:
        with live.watch() as events:
            while True:
                _, entry = await events.get()
                if entry.kind == "alert":
                    self.wake()


def at_once(work: Callable[[datetime], object]) -> Chore:
    """A chore that is done without waiting for anything but the store."""

    async def chore(now: datetime) -> object:
        return work(now)

    return chore
