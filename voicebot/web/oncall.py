"""Who is on call now, at every client, on one page."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from voicebot.store import alerts, dead_letters
from voicebot.web import people
from voicebot.web.alerts_view import waiting
from voicebot.web.oncall_view import teams
from voicebot.web.page import render
from voicebot.web.parts import Parts
from voicebot.web.rights import Who, who
from voicebot.web.rota_facts import facts_of_all
from voicebot.web.rota_warnings import NIGHTS, warnings


def router(parts: Parts) -> APIRouter:
    """The route of `/oncall`."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/oncall")
    def now(request: Request, asking: Annotated[Who, Depends(who)]) -> Response:
        """All clients: level by level, until when, who is next."""
        at = parts.clock.now()
        known = asking.among(parts.clients)
        with parts.database.read() as connection:
            facts = facts_of_all(connection, at)
            found = alerts.listed(connection, among=asking.clients)
            alarm = dead_letters.alarm(connection, at, among=asking.clients)
        shown = [(one, teams(one, at, facts[one.name])) for one in known]
        return render(
            request,
            "oncall.html",
            clients=[
                (one, team, warnings(one, at, facts[one.name], NIGHTS))
                for one, team in shown
                if team
            ],
            without=[client for client in known if not people.on_call_of(client).rotas],
            waiting=waiting(found),
            alarm=alarm,
            now=at,
        )

    return routes
