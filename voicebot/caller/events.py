"""What the server tells about a call as it happens."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import aiohttp

from voicebot.errors import VoicebotError


@dataclass(frozen=True)
class Event:
    """An entry of the call's journal, or `hearing`: the text so far."""

    kind: str
    at: datetime | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


async def follow(http: aiohttp.ClientSession, server: str, call_id: str) -> AsyncIterator[Event]:
    """Each event of a call, from its beginning to its end."""
    url = f"{server}/api/calls/{call_id}/events"
    timeout = aiohttp.ClientTimeout(total=None, sock_read=60)
    async with http.get(url, timeout=timeout) as response:
        if response.status != 200:
            raise VoicebotError(f"{url}: the server answers {response.status}")
        async for raw in response.content:
            line = raw.decode().strip()
            if line.startswith("data:"):
                event = parse(line[5:])
                yield event
                if event.kind in ("ended", "gone"):
                    return


def parse(text: str) -> Event:
    """Reads one event as the server writes it."""
    body = json.loads(text)
    at = body.get("at")
    return Event(body["kind"], datetime.fromisoformat(at) if at else None, body.get("data") or {})


class Told:
    """The events of one call so far, and the next ones as they come."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._news = asyncio.Event()
        self._watchers: list[Callable[[Event], None]] = []

    def watch(self, watcher: Callable[[Event], None]) -> None:
        """Calls `watcher` with each event to come."""
        self._watchers.append(watcher)

    def add(self, event: Event) -> None:
        """Takes one more."""
        self.events.append(event)
        for watcher in self._watchers:
            watcher(event)
        self._news.set()

    def of(self, *kinds: str, since: int = 0) -> list[Event]:
        """Those of some kinds, from the `since`-th event on."""
        return [event for event in self.events[since:] if event.kind in kinds]

    @property
    def ended(self) -> Event | None:
        """The last event of the call, once it is over."""
        found = self.of("ended", "gone")
        return found[0] if found else None

    async def wait(self, timeout_s: float) -> None:
        """Until something more is told, or the time is over."""
        self._news.clear()
        try:
            await asyncio.wait_for(self._news.wait(), timeout_s)
        except TimeoutError:
            return
