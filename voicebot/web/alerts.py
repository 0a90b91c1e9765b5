"""The alerts: their list, each with its time line, and what an operator does about them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from voicebot.oncall.alert import AlertChange, By, Happening
from voicebot.store import alert_changes, alerts
from voicebot.web import people
from voicebot.web.alerts_view import List, Whole
from voicebot.web.page import render
from voicebot.web.parts import Parts
from voicebot.web.rights import Who, who
from voicebot.web.tongue import N_, _
from voicebot.web.watching import watched
from voicebot.web.week import local

Asking = Annotated[Who, Depends(who)]
SEE_OTHER = 303
AHEAD = timedelta(minutes=5)
"""How far a clock may be ahead when somebody writes down that something has happened."""
REFUSED = {
    "time": N_("Cette heure est à venir, ou n'en est pas une. Rien n'a été noté."),
    "taken": N_("Cette alerte est déjà prise en charge ou close."),
    "person": N_("Choisissez la personne qui intervient."),
}
"""What is said when something could not be done."""


def router(parts: Parts) -> APIRouter:
    """The routes of `/alerts`."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/alerts")
    def listed(request: Request, asking: Asking, client: str = "", all: bool = False) -> Response:
        """The alerts that are open, or all; and the letters that did not arrive."""
        view = List(parts, asking, client if client in parts.clients else "", all)
        known = asking.among(parts.clients)
        return render(request, "alerts.html", **view.values(), clients=known)

    @routes.get("/api/alerts/events")
    def list_events(asking: Asking, client: str = "", all: bool = False) -> StreamingResponse:
        """The list, sent again whenever it changes."""
        return watched(List(parts, asking, client if client in parts.clients else "", all).regions)

    @routes.get("/alerts/{alert_id}")
    def one(request: Request, asking: Asking, alert_id: int, refused: str = "") -> Response:
        """One alert, whole."""
        values = Whole(parts, alert_id, asking).values()
        told = _(REFUSED[refused]) if refused in REFUSED else ""
        return render(request, "alert.html", **values, refused=told)

    @routes.get("/api/alerts/{alert_id}/events")
    def events(asking: Asking, alert_id: int) -> StreamingResponse:
        """The alert's parts, sent again whenever they change."""
        whole = Whole(parts, alert_id, asking)
        whole.values()  # an alert that does not exist is told as an error, not in the stream
        return watched(whole.regions)

    _changing(routes, parts)
    return routes


def _changing(routes: APIRouter, parts: Parts) -> None:
    """What an operator does about an alert."""

    @routes.post("/alerts/{alert_id}/acknowledge")
    def acknowledge(asking: Asking, alert_id: int) -> Response:
        """The operator takes it: nobody is woken any more."""
        now = parts.clock.now()
        with parts.database.write() as connection:
            alerts.find(connection, alert_id)
            done = alerts.acknowledge(connection, alert_id, who=asking.name, by=By.PAGE, at=now)
        return _back(alert_id, "" if done else "taken")

    @routes.post("/alerts/{alert_id}/close")
    def close(asking: Asking, alert_id: int) -> Response:
        """The matter is settled."""
        now = parts.clock.now()
        with parts.database.write() as connection:
            alerts.find(connection, alert_id)
            done = alerts.close(connection, alert_id, who=asking.name, by=By.PAGE, at=now)
        return _back(alert_id, "" if done else "taken")

    @routes.post("/alerts/{alert_id}/intervention")
    def intervention(
        asking: Asking,
        alert_id: int,
        what: Annotated[str, Form(pattern="started|ended")],
        at: Annotated[str, Form(max_length=40)],
        technician: Annotated[str, Form(max_length=64)] = "",
    ) -> Response:
        """Writes down when a technician's work began or ended."""
        with parts.database.write() as connection:
            client = alerts.find(connection, alert_id).client
            when = _past(at, parts, client)
            if when is None:
                return _back(alert_id, "time")
            if technician not in people.on_call_of(parts.clients.get(client)).technicians:
                return _back(alert_id, "person")
            by = {"noted_by": asking.name}
            change = AlertChange(Happening(what), when, By.PAGE, technician, by)
            alert_changes.note(connection, alert_id, change)
        return _back(alert_id)


def _back(alert_id: int, refused: str = "") -> Response:
    return RedirectResponse(
        f"/alerts/{alert_id}" + (f"?refused={refused}" if refused else ""), SEE_OTHER
    )


def _past(text: str, parts: Parts, client: str) -> datetime | None:
    """The instant that a form means, unless it lies ahead."""
    try:
        found = local(text, parts.zone(client))
    except (ValueError, OverflowError):
        return None
    return found if found <= parts.clock.now() + AHEAD else None
