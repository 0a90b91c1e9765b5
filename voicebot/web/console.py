"""The operators' console: the calls in progress, and the one that is chosen."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from voicebot.errors import NotFound
from voicebot.store.calls import Call
from voicebot.web import console_feed
from voicebot.web.console_board import Board
from voicebot.web.page import render
from voicebot.web.parts import Parts
from voicebot.web.rights import Who, who

SEE_OTHER = 303
SHORTCUTS = (
    (("J", "↓"), "Appel suivant"),
    (("K", "↑"), "Appel précédent"),
    (("Échap",), "Revenir à la liste"),
    (("?",), "Montrer ces raccourcis"),
)
"""The keys, and what each does."""

Asking = Annotated[Who, Depends(who)]


def router(parts: Parts) -> APIRouter:
    """The routes of `/console`, and the stream that keeps it up to date."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/console")
    def page(request: Request, asking: Asking, call: str = "") -> Response:
        """The whole page."""
        board = Board(parts, asking.may_see)
        board.open()
        chosen = _pane(parts, seen(parts, asking, call)) if call else {"call": None}
        lists = {"cards": board.listed(), "count": len(board.cards) or "", "zone_of": parts.zone}
        return render(
            request,
            "console.html",
            **lists,
            **chosen,
            shortcuts=SHORTCUTS,
            company_of=parts.company,
        )

    @routes.get("/console/calls/{call_id}")
    def pane(request: Request, asking: Asking, call_id: str) -> Response:
        """One call, to be put into the page; the whole page for who follows the link."""
        call = seen(parts, asking, call_id)
        if request.headers.get("HX-Request") != "true":
            return RedirectResponse(f"/console?call={call.id}", SEE_OTHER)
        return render(request, "console_call.html", **_pane(parts, call))

    @routes.get("/api/console/events")
    def events(asking: Asking) -> StreamingResponse:
        """The regions of the page, each as it changes."""
        return console_feed.stream(Board(parts, asking.may_see))

    return routes


def seen(parts: Parts, asking: Who, call_id: str) -> Call:
    """A call that he may see.

    Raises:
        NotFound: there is none, or it is not his business: he is not told which.
    """
    call = parts.archive.call(call_id)
    if not asking.may_see(call.client):
        raise NotFound(f"no call {call_id} in the store")
    return call


def _pane(parts: Parts, call: Call) -> dict[str, Any]:
    return {"call": call, "company": parts.company(call.client), "zone": parts.zone(call.client)}
