"""A client's week on call: drawn, and changed by two presses."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from voicebot.clients.client import Client
from voicebot.errors import BadInput
from voicebot.oncall.override import Override, OverrideKind
from voicebot.store import overrides, rota_history
from voicebot.web import people
from voicebot.web.page import render
from voicebot.web.parts import Parts
from voicebot.web.rights import Who, who
from voicebot.web.rota_facts import facts_of
from voicebot.web.rota_view import Roster
from voicebot.web.rota_warnings import warnings
from voicebot.web.tongue import N_, _
from voicebot.web.week import local, monday

SEE_OTHER = 303
Text = Annotated[str, Form(max_length=200)]
Asking = Annotated[Who, Depends(who)]


def router(parts: Parts) -> APIRouter:
    """The routes of `/rota/{client}`."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/rota/{name}")
    def shown(
        request: Request,
        name: str,
        week: str = "",
        rota: str = "",
        shift: str = "",
        day: str = "",
        done: int = 0,
        refused: str = "",
    ) -> Response:
        """One week, with the shift that was chosen."""
        client = parts.client(name)
        now = parts.clock.now()
        roster = Roster(parts, client, first_day(week, client, parts))
        with parts.database.read() as connection:
            made = rota_history.find(connection, name, done) if done else None
            findings = warnings(client, now, facts_of(connection, name, now))
        return render(
            request,
            "rota.html",
            **roster.values(shift, rota, day),
            done=roster.told(made) if made else None,
            refused=_(REFUSED[refused]) if refused in REFUSED else "",
            findings=findings,
        )

    @routes.post("/rota/{name}/overrides")
    def override(
        asking: Asking,
        name: str,
        week: Text,
        rota: Text,
        start: Text,
        end: Text,
        level: Annotated[int, Form(ge=1, le=99)] = 1,
        add: Text = "",
        remove: Text = "",
    ) -> Response:
        """Puts somebody in a shift's place, adds him to a gap, or takes somebody off."""
        client = parts.client(name)
        people.rota_of(client, rota)
        for id in filter(None, (add, remove)):
            people.technician_of(client, id)
        try:
            change = _override(client, rota, start, end, add, remove, level)
        except (ValueError, OverflowError):
            return back(client, week, refused="hours")
        with parts.database.write() as connection:
            made = overrides.add(connection, name, change, by=asking.name, at=parts.clock.now())
        return back(client, week, done=made)

    @routes.post("/rota/{name}/overrides/{id}/undo")
    def undo(asking: Asking, name: str, id: int, week: Text = "") -> Response:
        """Takes a change back; it stays in the list, struck out."""
        client = parts.client(name)
        with parts.database.write() as connection:
            made = rota_history.find(connection, name, id)
            if made is None or made.swap_id is not None:
                raise BadInput(f"{name} has no change {id} that can be taken back")
            overrides.withdraw(connection, name, id, by=asking.name, at=parts.clock.now())
        return back(client, week, done=id)

    return routes


REFUSED = {
    "hours": N_("Ces heures ne vont pas : la fin doit suivre le début. Rien n'a été changé."),
    "swap": N_("Cet échange n'est plus possible : le planning a changé, ou il a déjà été traité."),
}
"""What is said when a change could not be made."""


def first_day(text: str, client: Client, parts: Parts) -> date:
    """The Monday of the week that an address names; of this one when it names none.

    Raises:
        BadInput: it is not a day, or no calendar has the weeks around it.
    """
    today = parts.clock.now().astimezone(client.timezone).date()
    try:
        day = date.fromisoformat(text) if text else today
    except ValueError:
        raise BadInput(f"{text!r} is not a day") from None
    if abs((day - today).days) > 366 * 20:
        raise BadInput(f"{text} is too far away")
    return monday(day)


def _override(
    client: Client, rota: str, start: str, end: str, add: str, remove: str, level: int
) -> Override:
    if add and remove:
        kind = OverrideKind.REPLACE
    elif add:
        kind = OverrideKind.ADD
    else:
        kind = OverrideKind.REMOVE
    zone = client.timezone
    return Override(
        rota,
        kind,
        local(start, zone),
        local(end, zone),
        add=add or None,
        remove=remove or None,
        level=level,
    )


def back(client: Client, week: str, done: int = 0, refused: str = "") -> Response:
    """To the week that was shown, saying what was done or why not."""
    try:
        first = monday(date.fromisoformat(week)).isoformat() if week else ""
    except ValueError:
        first = ""
    told = {"week": first, "done": str(done or ""), "refused": refused}
    query = urlencode({name: value for name, value in told.items() if value})
    return RedirectResponse(f"/rota/{client.name}?{query}#done", SEE_OTHER)
