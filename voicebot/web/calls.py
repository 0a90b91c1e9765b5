"""The calls that were taken: their list and the search through it, and each of them whole."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from voicebot.store.archive import Listed, Page
from voicebot.web import labels, permitted
from voicebot.web.call_view import values
from voicebot.web.page import render
from voicebot.web.parts import Parts
from voicebot.web.rights import Who, who
from voicebot.web.search import Search
from voicebot.web.times import day

Asking = Annotated[Who, Depends(who)]


def router(parts: Parts) -> APIRouter:
    """The routes of `/calls` and `/calls/{call_id}`."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/calls")
    def listed(request: Request, search: Annotated[Search, Query()], asking: Asking) -> Response:
        """The list, searched, by page."""
        found = parts.archive.page(search.filter(parts, asking), search.page)
        seen = [client for client in parts.clients.values() if asking.may_see(client.name)]
        return render(
            request,
            "calls.html",
            page=found,
            search=search,
            clients=sorted(seen, key=lambda known: known.company),
            urgencies=labels.URGENCIES,
            outcomes=labels.SOUGHT_OUTCOMES,
            days=_days(parts, found),
            summary=summary,
            company=parts.company,
            zone=parts.zone,
            language=parts.language,
        )

    @routes.get("/calls/{call_id}")
    def one(request: Request, call_id: str, asking: Asking) -> Response:
        """One call, whole."""
        whole = permitted.whole(parts, asking, call_id)
        return render(request, "call.html", **values(parts, asking, whole))

    return routes


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
