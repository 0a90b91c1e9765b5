"""A technician's own page: his shifts, and the alerts for which he was asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from sqlalchemy import Connection
from starlette.responses import Response

from voicebot.clients.client import Client
from voicebot.oncall.rota import Rota, shifts
from voicebot.oncall.shift import Shift
from voicebot.store import overrides
from voicebot.store.alerts import Alert
from voicebot.store.own_alerts import asked
from voicebot.web import people
from voicebot.web.page import render
from voicebot.web.parts import Parts
from voicebot.web.rights import Who, who

AHEAD = timedelta(days=35)
AGO = timedelta(days=60)


@dataclass(frozen=True)
class Turn:
    """One of his shifts."""

    client: Client
    rota: Rota
    shift: Shift


def router(parts: Parts) -> APIRouter:
    """The route of `/mine`."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/mine")
    def shown(request: Request, asking: Annotated[Who, Depends(who)]) -> Response:
        """His shifts of five weeks, his alerts of two months."""
        now = parts.clock.now()
        with parts.database.read() as connection:
            turns = _turns(connection, parts, asking)
            found = _alerts(connection, parts, asking)
        return render(
            request,
            "mine.html",
            turns=turns,
            present=[turn for turn in turns if turn.shift.holds(now)],
            alerts=found,
            company=parts.company,
            zone=parts.zone,
            language=parts.language,
            names=lambda client: people.names(parts.clients.get(client)),
            several=len(asking.clients or ()) > 1,
            now=now,
        )

    return routes


def _turns(connection: Connection, parts: Parts, asking: Who) -> list[Turn]:
    now = parts.clock.now()
    found = []
    for name in sorted(asking.clients or ()):
        client = parts.clients.get(name)
        if client is None:
            continue
        changes = overrides.changes(connection, name, now, now + AHEAD)
        for rota in people.on_call_of(client).rotas.values():
            found += [
                Turn(client, rota, shift)
                for shift in shifts(rota, now, now + AHEAD, changes, whole=True)
                if shift.technician == asking.technician
            ]
    return sorted(found, key=lambda turn: turn.shift.start)


def _alerts(connection: Connection, parts: Parts, asking: Who) -> tuple[Alert, ...]:
    since = parts.clock.now() - AGO
    return asked(connection, asking.technician, asking.clients or frozenset(), since)
