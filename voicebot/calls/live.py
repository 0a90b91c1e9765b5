"""Live events: what happens in calls now, for whoever watches. Nothing is kept."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass

from voicebot.calls.journal import Entry

BACKLOG = 500
"""Events kept for a watcher that is slow; older ones are dropped for it alone."""

Events = asyncio.Queue[tuple[str, Entry]]


@dataclass(frozen=True, eq=False)
class _Watcher:
    queue: Events
    loop: asyncio.AbstractEventLoop
    call_id: str | None

    def put(self, call_id: str, entry: Entry) -> None:
        if self.queue.full():
            self.queue.get_nowait()
        self.queue.put_nowait((call_id, entry))


class Live:
    """Hands each event of a call to those who watch it; publish from any thread."""

    def __init__(self) -> None:
        self._watchers: frozenset[_Watcher] = frozenset()
        # Pages and the worker watch from event loops of their own; publishing needs no lock.
        self._changing = threading.Lock()

    def publish(self, call_id: str, entry: Entry) -> None:
        """Tells the watchers. `hearing` (text) is a kind that lives only here: partial text."""
        for watcher in self._watchers:
            if watcher.call_id not in (None, call_id):
                continue
            try:
                watcher.loop.call_soon_threadsafe(watcher.put, call_id, entry)
            except RuntimeError:
                if not watcher.loop.is_closed():  # else its thread has ended: nobody watches there
                    raise

    @contextlib.contextmanager
    def watch(self, call_id: str | None = None) -> Iterator[Events]:
        """A queue of (call id, entry) of one call, or of all; from inside an event loop."""
        watcher = _Watcher(asyncio.Queue(BACKLOG), asyncio.get_running_loop(), call_id)
        with self._changing:
            self._watchers |= {watcher}
        try:
            yield watcher.queue
        finally:
            with self._changing:
                self._watchers -= {watcher}
