"""A worker beside the calls, in a thread and an event loop of its own: audio never waits."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from collections.abc import Callable
from enum import StrEnum
from types import TracebackType

from voicebot.calls.live import Live
from voicebot.worker.worker import Worker

log = logging.getLogger(__name__)

STOP_S = 10.0
FIRST_WAIT_S = 1.0
LONGEST_WAIT_S = 60.0
"""How long a worker that broke stays away: a second at first, twice as long each time."""
CALM_S = 300.0
"""A worker that lasted so long had not broken because of how it began."""
STUCK_S = 60.0
"""A worker that should have looked so long ago is held up by something: nobody is rung."""


class Condition(StrEnum):
    """How the worker is."""

    WORKING = "working"
    RESTARTING = "restarting"
    """It broke, and begins anew in a while."""
    STUCK = "stuck"


class Beside:
    """Runs a worker while a block lasts; one that breaks is followed by another.

    A ring that goes on when it stops or breaks is hung up, and settled by the next worker.
    """

    def __init__(
        self,
        hire: Callable[[], Worker],
        live: Live | None = None,
        *,
        first_wait_s: float = FIRST_WAIT_S,
    ) -> None:
        """Hires the first worker.

        Args:
            hire: makes a worker; what is wrong with the settings is raised here, at once.
            live: what happens in the calls of this process.
            first_wait_s: how long a worker that broke stays away, the first time.
        """
        self.restarts = 0
        """How many workers broke."""
        self._hire, self._live, self._first_wait_s = hire, live, first_wait_s
        self._worker: Worker | None = hire()
        self._thread = threading.Thread(target=self._work, name="worker", daemon=True)

    def __enter__(self) -> Beside:
        """Starts."""
        self._loop = asyncio.new_event_loop()
        # Made before the thread runs, so that a stop which comes at once finds it.
        self._task = self._loop.create_task(self._run())
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stops."""
        with contextlib.suppress(RuntimeError):  # its loop is closed: it has ended by itself
            self._loop.call_soon_threadsafe(self._task.cancel)
        self._thread.join(STOP_S)
        if self._thread.is_alive():
            log.error("the worker did not stop in %d s", STOP_S)

    @property
    def condition(self) -> Condition:
        """How the worker is; from any thread."""
        worker = self._worker
        if worker is None:
            return Condition.RESTARTING
        stuck = worker.idle_s > worker.poll_s + STUCK_S
        return Condition.STUCK if stuck else Condition.WORKING

    def _work(self) -> None:
        """The thread's work."""
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._task)
        except asyncio.CancelledError:
            pass  # it was stopped
        finally:
            self._loop.run_until_complete(self._loop.shutdown_default_executor())
            self._loop.close()

    async def _run(self) -> None:
        """One worker after the other: a mistake of one must end neither the calls nor the rings."""
        wait = self._first_wait_s
        while True:
            began = self._loop.time()
            try:
                self._worker = self._worker or self._hire()
                await self._worker.run(self._live)
            except Exception:
                log.exception("the worker broke: nobody is rung until the next one begins")
            self._worker = None
            self.restarts += 1
            if self._loop.time() - began > CALM_S:
                wait = self._first_wait_s
            await asyncio.sleep(wait)
            wait = min(2 * wait, LONGEST_WAIT_S)
