"""The operators' console: the calls in progress, and the one that is chosen."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response, StreamingResponse

from voicebot.store.calls import Call
from voicebot.web import console_feed, console_notes, console_talk, permitted
from voicebot.web.console_place import Place
from voicebot.web.console_view import View
from voicebot.web.page import render
from voicebot.web.parts import Parts
from voicebot.web.rights import Who, who
from voicebot.web.tongue import N_

SEE_OTHER = 303
SHORTCUTS = (
    (("A",), N_("Prendre l'appel qui sonne")),
    (("D",), N_("Décliner l'appel qui sonne")),
    (("E",), N_("Réécouter le résumé")),
    (("J", "↓"), N_("Appel suivant")),
    (("K", "↑"), N_("Appel précédent")),
    ((N_("Échap"),), N_("Revenir à la liste")),
    (("P",), N_("Prendre l'appel choisi")),
    (("F",), N_("Faire dire quelque chose à l'assistant")),
    (("N",), N_("Écrire une note")),
    (("M",), N_("Couper ou rouvrir mon micro")),
    (("G",), N_("Mettre en garde, reprendre")),
    (("R",), N_("Rendre l'appel à l'assistant")),
    (("X",), N_("Raccrocher")),
    (("1", "2", "3"), N_("Disponible, en pause, après-appel")),
    (("?",), N_("Montrer ces raccourcis")),
)
"""The keys, and what each does."""

Asking = Annotated[Who, Depends(who)]


def router(parts: Parts) -> APIRouter:
    """The routes of `/console`, and the stream that keeps it up to date."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/console")
    async def page(request: Request, asking: Asking, call: str = "") -> Response:
        """The whole page."""
        view = View(parts, asking)
        return await run_in_threadpool(whole, request, view, view.place(), call)

    @routes.get("/console/calls/{call_id}")
    def pane(request: Request, asking: Asking, call_id: str) -> Response:
        """One call, to be put into the page; the whole page for who follows the link."""
        call = permitted.call(parts, asking, call_id)
        if request.headers.get("HX-Request") != "true":
            return RedirectResponse(f"/console?call={call.id}", SEE_OTHER)
        return render(request, "console_call.html", **_pane(parts, call))

    @routes.get("/api/calls/{call_id}/lines")
    def lines(
        asking: Asking, call_id: str, after: Annotated[int, Query(ge=0)] = 0
    ) -> dict[str, Any]:
        """What was said in one call, but the first lines, which the page has."""
        return console_talk.lines(parts, permitted.call(parts, asking, call_id), after)

    @routes.get("/api/console/events")
    def events(asking: Asking) -> StreamingResponse:
        """The regions of the page, each as it changes."""
        return console_feed.stream(View(parts, asking))

    return routes


def whole(request: Request, view: View, here: Place, chosen: str) -> Response:
    """The page as it stands, with the call that is chosen."""
    view.open()
    parts = view.parts
    values = {**view.values(here), "call": None, "shortcuts": SHORTCUTS}
    if chosen:
        values |= _pane(parts, permitted.call(parts, view.asking, chosen))
    return render(request, "console.html", **values)


def _pane(parts: Parts, call: Call) -> dict[str, Any]:
    return {"company": parts.company(call.client), **console_notes.values(parts, call)}
