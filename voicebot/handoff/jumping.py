"""A clock that jumps to the next instant at which something is awaited: no real time goes by."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from datetime import UTC, datetime

from voicebot.clock import FakeClock

SETTLED = 25
"""Turns of the event loop after which whatever could happen at this instant has happened."""


class JumpingClock(FakeClock):
    """A fake clock that one can also sleep on; tests and the demo move it."""

    def __init__(self, start: datetime = datetime(2026, 1, 14, 21, 30, tzinfo=UTC)) -> None:
        super().__init__(start)
        self._timers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._count = itertools.count()

    async def sleep(self, seconds: float) -> None:
        """Waits until the clock has been moved on by so much."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._timers, (self.monotonic() + seconds, next(self._count), done))
        await done

    def next_in(self) -> float | None:
        """Seconds to the next instant at which somebody awakes; None when nobody sleeps."""
        while self._timers and self._timers[0][2].done():
            heapq.heappop(self._timers)
        return max(0.0, self._timers[0][0] - self.monotonic()) if self._timers else None

    async def move(self, seconds: float) -> None:
        """Moves on, no further than to the next awakening if there is one, and lets it happen."""
        ahead = self.next_in()
        self.advance(seconds if ahead is None else min(seconds, ahead))
        while self._timers and self._timers[0][0] <= self.monotonic():
            done = heapq.heappop(self._timers)[2]
            if not done.done():
                done.set_result(None)
        await self.settle()

    async def settle(self) -> None:
        """Lets everything happen that happens without time going by."""
        for _ in range(SETTLED):
            await asyncio.sleep(0)
