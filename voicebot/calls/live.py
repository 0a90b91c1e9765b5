"""Live events: what happens in calls now, for whoever watches. Nothing is kept."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator

from voicebot.calls.journal import Entry

BACKLOG = 500
"""Events kept for a watcher that is slow; older ones are dropped for it alone."""


class Live:
    """Hands each event of a call to those who watch it. Use from one event loop."""

    def __init__(self) -> None:
        self._watchers: dict[asyncio.Queue[tuple[str, Entry]], str | None] = {}

    def publish(self, call_id: str, entry: Entry) -> None:
        """Tells the watchers; `hearing` (text) is a kind that only lives here: partial text."""
        for queue, wanted in list(self._watchers.items()):
            if wanted in (None, call_id):
                if queue.full():
                    queue.get_nowait()
                queue.put_nowait((call_id, entry))

    @contextlib.contextmanager
    def watch(self, call_id: str | None = None) -> Iterator[asyncio.Queue[tuple[str, Entry]]]:
        """A queue of (call id, entry) of one call, or of all."""
        queue: asyncio.Queue[tuple[str, Entry]] = asyncio.Queue(BACKLOG)
        self._watchers[queue] = call_id
        try:
            yield queue
        finally:
            del self._watchers[queue]
