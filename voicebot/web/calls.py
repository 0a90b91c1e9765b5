"""The calls that were taken: their list, and each of them whole."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from voicebot.store.archive import Filter, Listed, Page, WholeCall
from voicebot.store.messages import Message
from voicebot.web import labels
from voicebot.web.page import render
from voicebot.web.parts import Parts
from voicebot.web.times import day
from voicebot.web.turns import Transcript, facts
from voicebot.web.wave import drawing

Number = Annotated[int, Query(ge=1, le=100_000)]
Words = Annotated[str, Query(max_length=200)]


def router(parts: Parts) -> APIRouter:
    """The routes of `/calls` and `/calls/{call_id}`."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/calls")
    def listed(
        request: Request, client: str = "", urgency: str = "", words: Words = "", page: Number = 1
    ) -> Response:
        """The list, filtered, by page."""
        wanted = Filter(client or None, urgency or None, words)
        found = parts.archive.page(wanted, page)
        return render(
            request,
            "calls.html",
            page=found,
            wanted=wanted,
            clients=sorted(parts.clients.values(), key=lambda known: known.company),
            urgencies=labels.URGENCIES,
            days=_days(parts, found),
            summary=summary,
            company=parts.company,
            zone=parts.zone,
            link=lambda number: _link(wanted, number),
        )

    @routes.get("/calls/{call_id}")
    def one(request: Request, call_id: str) -> Response:
        """One call, whole."""
        return render(request, "call.html", **values(parts, parts.archive.whole(call_id)))

    return routes


def values(parts: Parts, whole: WholeCall) -> dict[str, Any]:
    """What the page of a call shows."""
    call = whole.call
    recording = parts.recording(call.id)
    began = call.answered_at or call.started_at
    hidden = parts.hidden(call.client)
    return {
        "call": call,
        "company": parts.company(call.client),
        "zone": parts.zone(call.client),
        "turns": Transcript(began if recording else None, hidden).lines(whole.entries),
        "facts": _beside(facts(whole.entries, hidden), whole.message),
        "message": whole.message,
        "alerts": whole.alerts,
        "entries": whole.entries,
        "wave": drawing(recording) if recording else None,
        "recording": f"/recordings/{call.id}.wav" if recording else None,
    }


def _beside(found: dict[str, Any], message: Message | None) -> dict[str, Any]:
    """The facts that the message does not show already."""
    shown = message.fields if message else {}
    return {name: value for name, value in found.items() if shown.get(name) != value}


def summary(row: Listed) -> str:
    """A call in a line: what is wanted and by whom; why it is urgent when nothing was left."""
    fields = row.message.fields if row.message else {}
    reason = labels.intent(str(fields["reason"])) if fields.get("reason") else ""
    why = row.call.because if row.call.rule != "default" else None
    wanted = fields.get("request") or reason or why
    name = fields.get("caller_name")
    return " · ".join(str(part) for part in (name, wanted) if part)


def _days(parts: Parts, page: Page) -> list[tuple[str, list[Listed]]]:
    """The page's calls, day by day, each in its client's own zone."""
    now = parts.clock.now()
    grouped = groupby(
        page.calls, key=lambda row: day(row.call.started_at, parts.zone(row.call.client), now)
    )
    return [(name, list(rows)) for name, rows in grouped]


def _link(wanted: Filter, number: int) -> str:
    """The address of another page of the same list."""
    kept = {"client": wanted.client, "urgency": wanted.urgency, "words": wanted.words}
    query = {name: value for name, value in kept.items() if value}
    return "/calls?" + urlencode({**query, "page": number})
