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
        self._loop = asyncio.new_event_loop()
        # Made before the thread runs, so that a stop which comes at once finds it.
        self._task = self._loop.create_task(worker.run(live))

    def run(self) -> None:
        """The thread's work."""
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._task)
        except asyncio.CancelledError:
            pass  # it was stopped
        except Exception:  # a mistake of the worker's must not end the calls
            log.exception("the worker has ended: nobody is rung until the server is started again")
        finally:
            self._loop.run_until_complete(self._loop.shutdown_default_executor())
            self._loop.close()

    def stop(self) -> None:
        """Ends it; a ring that goes on is hung up, and is settled by the next worker."""
        with contextlib.suppress(RuntimeError):  # its loop is closed: it has ended by itself
            self._loop.call_soon_threadsafe(self._task.cancel)
        self.join(STOP_S)
        if self.is_alive():
            log.error("the worker did not stop in %d s", STOP_S)
