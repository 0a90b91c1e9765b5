"""A worker beside the calls, in a thread and an event loop of its own: audio never waits."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from collections.abc import Iterator

from voicebot.calls.live import Live
from voicebot.worker.worker import Worker

log = logging.getLogger(__name__)

STOP_S = 10.0


@contextlib.contextmanager
def beside(worker: Worker, live: Live | None = None) -> Iterator[None]:
    """Runs the worker until the block ends."""
    thread = _Beside(worker, live)
    thread.start()
    try:
        yield
    finally:
        thread.stop()


class _Beside(threading.Thread):
    def __init__(self, worker: Worker, live: Live | None) -> None:
        super().__init__(name="worker", daemon=True)
        self._worker = worker
        self._live = live
        self._loop = asyncio.new_event_loop()
        self._task: asyncio.Task[None] | None = None

    def run(self) -> None:
        """The thread's work."""
        asyncio.set_event_loop(self._loop)
        self._task = self._loop.create_task(self._worker.run(self._live))
        with contextlib.suppress(asyncio.CancelledError):
            self._loop.run_until_complete(self._task)
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()

    def stop(self) -> None:
        """Ends it; a ring that goes on is hung up, and is settled by the next worker."""
        if self._task is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._task.cancel)
        self.join(STOP_S)
        if self.is_alive():
            log.error("the worker did not stop in %d s", STOP_S)
