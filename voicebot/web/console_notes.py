"""What an operator writes down: notes while a call goes on, and the form behind it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from voicebot.errors import BadInput
from voicebot.handoff.presence import Presence
from voicebot.store import notes
from voicebot.store.calls import Call
from voicebot.store.entry import Entry
from voicebot.store.notes import Note
from voicebot.web import permitted
from voicebot.web.page import render
from voicebot.web.parts import Parts
from voicebot.web.rights import Who, who
from voicebot.web.tongue import N_

LONGEST = 4000
OUTCOMES: Mapping[str, str] = MappingProxyType(
    {
        "settled": N_("Réglé"),
        "call_back": N_("À rappeler"),
        "on_call": N_("Transmis à l'astreinte"),
        "message": N_("Message transmis"),
        "unwanted": N_("Appel indésirable"),
    }
)
"""What may have become of the matter."""
NOTED = "noted"
"""The live event of a new note, with `client`; it is not in the journal."""
DONE = 204
Asking = Annotated[Who, Depends(who)]
Text = Annotated[str, Form(max_length=LONGEST)]


def router(parts: Parts) -> APIRouter:
    """The routes of a call's notes."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/console/calls/{call_id}/notes")
    def shown(request: Request, asking: Asking, call_id: str) -> Response:
        """The notes of a call, to be put into the page."""
        call = permitted.call(parts, asking, call_id)
        return render(request, "console_notes.html", **values(parts, call))

    @routes.post("/api/console/calls/{call_id}/notes")
    def add(asking: Asking, call_id: str, text: Text) -> Response:
        """Adds a note; one without words is none."""
        call = permitted.call(parts, asking, call_id)
        if text.strip():
            _keep(parts, asking, call, text)
        return Response(status_code=DONE)

    @routes.post("/api/console/calls/{call_id}/after")
    async def after(
        asking: Asking,
        call_id: str,
        text: Text = "",
        outcome: Annotated[str, Form(max_length=32)] = "",
        presence: Annotated[Presence, Form()] = Presence.AVAILABLE,
    ) -> Response:
        """Keeps what became of the matter; then she is what she chose."""
        call = await run_in_threadpool(permitted.call, parts, asking, call_id)
        if outcome and outcome not in OUTCOMES:
            raise BadInput(f"no outcome {outcome!r}", todo=f"one of: {', '.join(OUTCOMES)}")
        if text.strip() or outcome:
            await run_in_threadpool(_keep, parts, asking, call, text, outcome or None)
        parts.operators.turn(asking.id, presence)
        return Response(status_code=DONE)

    return routes


def values(parts: Parts, call: Call) -> dict[str, Any]:
    """What the template of the notes shows."""
    with parts.database.read() as connection:
        found = notes.read(connection, call.id)
    return {"call": call, "zone": parts.zone(call.client), "notes": found, "outcomes": OUTCOMES}


def _keep(parts: Parts, asking: Who, call: Call, text: str, outcome: str | None = None) -> None:
    now = parts.clock.now()
    with parts.database.write() as connection:
        note = Note(call.id, now, asking.id, asking.name, text.strip(), outcome)
        notes.add(connection, note)
    parts.live.publish(call.id, Entry(NOTED, now, {"client": call.client}))
