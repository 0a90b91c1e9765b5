"""The ear passes of all calls, in a few threads: what ends a turn first, what only shows second."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from functools import partial
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Rank(IntEnum):
    """Which pass goes first."""

    FINAL = 0
    """The end of a turn may hang on it."""
    PARTIAL = 1
    """Text to show while somebody speaks; run when nothing else waits."""


@dataclass(order=True)
class _Job(Generic[T]):
    rank: Rank
    number: int
    owner: str = field(compare=False)
    work: Callable[[], T] = field(compare=False)
    loop: asyncio.AbstractEventLoop = field(compare=False)
    done: asyncio.Future[T | None] = field(compare=False)
    dropped: bool = field(default=False, compare=False)

    def run(self) -> None:
        try:
            self._tell(partial(self._give, self.work()))
        except Exception as error:  # noqa: BLE001  # it is raised again where it is awaited
            self._tell(partial(self._fail, error))

    def drop(self) -> None:
        self.dropped = True
        self._tell(lambda: self._give(None))

    def _tell(self, act: Callable[[], None]) -> None:
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(act)

    def _give(self, found: T | None) -> None:
        if not self.done.done():
            self.done.set_result(found)

    def _fail(self, error: Exception) -> None:
        if not self.done.done():
            self.done.set_exception(error)


class EarPool:
    """Runs work for callers in `threads` threads.

    A newer pass of a call replaces the ones of the same call that still wait; partial passes are
    refused while anything waits, so that many calls cost partial text and nothing else.
    """

    def __init__(self, threads: int) -> None:
        self._jobs: list[_Job[Any]] = []
        self._numbers = itertools.count()
        self._change = threading.Condition()
        self._closed = False
        self._busy = 0
        self._second: EarPool | None = None
        self._threads = [
            threading.Thread(target=self._serve, name=f"ear-{n}", daemon=True)
            for n in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def idle(self) -> bool:
        """Whether a thread has nothing to do."""
        with self._change:
            return not self._jobs and self._busy < len(self._threads)

    @property
    def second(self) -> EarPool:
        """The thread of the second ear, if there is one: no first pass waits behind its passes."""
        if self._second is None:
            self._second = EarPool(1)
        return self._second

    @property
    def waiting(self) -> int:
        """Passes that no thread has begun."""
        with self._change:
            return len(self._jobs)

    async def run(self, owner: str, rank: Rank, work: Callable[[], T]) -> T | None:
        """Does `work` in a thread.

        Returns:
            Its result, or None where it was replaced, withdrawn or refused.

        Raises:
            Exception: whatever `work` raises.
        """
        if rank is Rank.PARTIAL and not self.idle:
            return None
        loop = asyncio.get_running_loop()
        done: asyncio.Future[T | None] = loop.create_future()
        job = _Job(rank, next(self._numbers), owner, work, loop, done)
        with self._change:
            if self._closed:
                return None
            self._withdraw(owner)
            heapq.heappush(self._jobs, job)
            self._change.notify()
        return await done

    def withdraw(self, owner: str) -> None:
        """Forgets the passes of a call that no thread has begun."""
        with self._change:
            self._withdraw(owner)

    def close(self) -> None:
        """Drops what waits and ends the threads."""
        with self._change:
            self._closed = True
            for job in self._jobs:
                job.drop()
            self._jobs.clear()
            self._change.notify_all()
        for thread in self._threads:
            thread.join(timeout=5)
        if self._second is not None:
            self._second.close()

    def _withdraw(self, owner: str) -> None:
        stale = [job for job in self._jobs if job.owner == owner]
        if not stale:
            return
        for job in stale:
            job.drop()
        self._jobs = [job for job in self._jobs if not job.dropped]
        heapq.heapify(self._jobs)

    def _serve(self) -> None:
        while True:
            with self._change:
                while not self._jobs and not self._closed:
                    self._change.wait()
                if self._closed:
                    return
                job = heapq.heappop(self._jobs)
                self._busy += 1
            try:
                job.run()
            finally:
                with self._change:
                    self._busy -= 1
