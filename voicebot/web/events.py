"""What happens in a call, as it happens: server-sent events."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter
from starlette.responses import StreamingResponse

from voicebot.store.database import to_json
from voicebot.store.entry import Entry
from voicebot.web import labels
from voicebot.web.page import fragment
from voicebot.web.parts import Parts
from voicebot.web.tongue import spoken
from voicebot.web.turns import Transcript, Turn

BEAT_S = 15.0
"""A comment is sent when nothing happens for this long, so that no proxy hangs up."""
PATIENCE = 4
"""Beats that a call may take to begin before its watcher is told that there is none."""
BEAT = ": beat\n\n"


def router(parts: Parts) -> APIRouter:
    """The route of `/api/calls/{call_id}/events`."""
    routes = APIRouter(prefix="/api")

    @routes.get("/calls/{call_id}/events")
    async def events(call_id: str) -> StreamingResponse:
        """The call's entries from its beginning, then each as it happens, until it ends.

        Each is JSON with `kind`, `at`, `data`, `html` (its line of the transcript), `label` and
        `shown` for a fact, and `language` for a reason that is not in the page's. Besides the
        journal's kinds: `hearing`, what is being said so far, and `gone`, when no such call begins.
        """
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        feed = Feed(parts, call_id).events()
        return StreamingResponse(feed, media_type="text/event-stream", headers=headers)

    return routes


@dataclass
class Feed:
    """One watcher of one call."""

    parts: Parts
    call_id: str
    client: str = ""
    """Known once the call was answered; its zone is the one that times are shown in."""
    transcript: Transcript = field(default_factory=Transcript)

    async def events(self) -> AsyncIterator[str]:
        """The events as they are sent, up to the call's end."""
        # Watching starts before the journal is read, so nothing falls between the two; what was
        # written meanwhile comes twice, and is told apart by its kind and its instant.
        with self.parts.live.watch(self.call_id) as queue:
            past = self.parts.archive.entries(self.call_id)
            for entry in past:
                yield self.event(entry)
            seen = {(entry.kind, entry.at) for entry in past}
            ended = bool(past) and past[-1].kind == "ended"
            quiet = 0
            while not ended:
                coming = await _next(queue)
                if coming is None:
                    quiet += 1
                    if not self.client and quiet >= PATIENCE:
                        yield _sent({"kind": "gone"})
                        return
                    yield BEAT
                elif (coming.kind, coming.at) not in seen:
                    yield self.event(coming)
                    ended = coming.kind == "ended"

    def event(self, entry: Entry) -> str:
        """One entry as an event."""
        return _sent(self.told(entry))

    def told(self, entry: Entry) -> dict[str, Any]:
        """One entry as the page takes it."""
        line = self.line(entry)
        zone, language = self.parts.zone(self.client), self.parts.language(self.client)
        html = fragment("turn.html", turn=line, zone=zone, language=language) if line else ""
        sent = {"kind": entry.kind, "at": entry.at.isoformat(), "data": dict(entry.data)}
        named = _named(entry, self.transcript.hidden)
        if entry.kind == "decided" and language not in ("", spoken()):
            named["language"] = language
        return {**sent, "html": html, **named}

    def line(self, entry: Entry) -> Turn | None:
        """Its line of the transcript, where it has one; entries are taken in their order."""
        if entry.kind == "answered":
            self.client = str(entry.data.get("client", ""))
            self.transcript.hidden = self.parts.hidden(self.client)
        return self.transcript.line(entry)


async def _next(queue: asyncio.Queue[tuple[str, Entry]]) -> Entry | None:
    """The next entry; None when nothing happens for a beat."""
    try:
        _, entry = await asyncio.wait_for(queue.get(), BEAT_S)
    except TimeoutError:
        return None
    return entry


def _named(entry: Entry, hidden: Collection[str]) -> dict[str, str]:
    """What a fact or an urgency is called, and how its value is written."""
    data = entry.data
    if entry.kind == "decided":
        return {"label": labels.urgency(data.get("urgency"))}
    if entry.kind == "slot" and data.get("name") not in hidden:
        name = str(data.get("name"))
        return {"label": labels.slot(name), "shown": labels.shown(name, data.get("value"))}
    return {}


def _sent(what: dict[str, Any]) -> str:
    """One event as the protocol writes it: JSON holds no line break."""
    return f"data: {to_json(what)}\n\n"
