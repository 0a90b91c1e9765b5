"""The technician's page, opened by the link in his SMS: take it, decline, arrive, work, close.

Opening it changes nothing, because telephones fetch links to show what is behind them. Whoever has
the link is the technician: it is a secret of 128 bits, sent to his own number, for one alert.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Form, Request
from sqlalchemy import Connection
from starlette.responses import RedirectResponse, Response

from voicebot.errors import NotFound
from voicebot.oncall.alert import AlertChange, By, Happening
from voicebot.oncall.technician import Technician
from voicebot.store import alert_changes, alerts, confirmations, links
from voicebot.store.links import Link
from voicebot.web import link_words, tongue
from voicebot.web.language import COOKIE
from voicebot.web.link_view import View, person_of, standpoint
from voicebot.web.page import render
from voicebot.web.parts import Parts
from voicebot.web.rights import Who
from voicebot.web.throttle import Throttle

SEE_OTHER = 303
LATEST_ARRIVAL = timedelta(hours=12)
TOKEN = 64
"""Characters of the longest token that is looked for."""
Act = Literal["take", "decline", "arrive", "start", "end", "close", "present"]


TOO_MANY = (429, "many")


def router(parts: Parts) -> APIRouter:
    """The route of `/l/{token}`."""
    routes = APIRouter(include_in_schema=False)
    door = Door(parts)
    deeds = Throttle(parts.clock, burst=20, per_second=0.5)

    @routes.get("/l/{token}")
    def show(request: Request, token: str, refused: str = "") -> Response:
        """The page; changes nothing."""
        view = door.open(request, token)
        if isinstance(view, Response):
            return view
        with parts.database.read() as connection:
            values = view.values(connection)
        notice = link_words.refused(refused)
        return _private(render(request, "link.html", **values, notice=notice))

    @routes.post("/l/{token}")
    def act(
        request: Request,
        token: str,
        do: Annotated[Act, Form()],
        minutes: Annotated[int | None, Form(ge=0, le=720)] = None,
        at: Annotated[str, Form(max_length=8)] = "",
    ) -> Response:
        """Does what a button says, and shows how things stand then."""
        view = door.open(request, token)
        if isinstance(view, Response):
            return view
        if not deeds.allows(links.digest(token)):
            return _closed(request, *TOO_MANY)
        arrival = arrives(view.now, view.zone, minutes, at) if do == "arrive" else None
        if do == "arrive" and arrival is None:
            return RedirectResponse(f"/l/{token}?refused=time", SEE_OTHER)
        with parts.database.write() as connection:
            done = _do(connection, view.link, view.person, do, view.now, arrival)
        return RedirectResponse(f"/l/{token}" + ("" if done else "?refused=late"), SEE_OTHER)

    return routes


class Door:
    """Lets in who has a link that opens something."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        # Only links that do not exist are counted: behind a proxy all have the same address.
        self.misses = Throttle(parts.clock, burst=30, per_second=0.2)

    def open(self, request: Request, token: str) -> View | Response:
        """What the link shows, or the page that says why it shows nothing."""
        parts, now = self.parts, self.parts.clock.now()
        try:
            with parts.database.read() as connection:
                link = links.find(connection, token[:TOKEN])
        except NotFound:
            address = request.client.host if request.client else ""
            unknown = (404, "unknown") if self.misses.allows(address) else TOO_MANY
            return _closed(request, *unknown)
        if link.expired(now):
            return _closed(request, 410, "expired")
        person = person_of(parts, link)
        if person is None:
            return _closed(request, 410, "removed")
        if person.language in tongue.TONGUES:
            tongue.speak(person.language)
        return View(parts, link, person, now)


def arrives(now: datetime, zone: ZoneInfo, minutes: int | None, at: str) -> datetime | None:
    """When he says that he will be there: in so many minutes, or at 23:15, which is the next one.

    None when it is neither, or further off than anybody arrives.
    """
    if minutes is not None:
        return now + timedelta(minutes=minutes)
    try:
        wanted = datetime.strptime(at, "%H:%M").time()
    except ValueError:
        return None
    local = now.astimezone(zone)
    # In the hour that comes twice a year, what is meant is the same one of the two.
    then = datetime.combine(local.date(), wanted, zone).replace(fold=local.fold)
    if then <= local:
        then = datetime.combine(local.date() + timedelta(days=1), wanted, zone)
    there = then.astimezone(UTC)
    return there if there - now <= LATEST_ARRIVAL else None


def _do(
    connection: Connection,
    link: Link,
    person: Technician,
    do: Act,
    now: datetime,
    arrival: datetime | None,
) -> bool:
    """Does it, if it still can be done; a button pressed twice does it once."""
    if link.alert_id is None:
        if do != "present":
            return False
        return confirmations.confirm(connection, link.client, person.id, by=By.LINK, at=now) > 0
    who: dict[str, Any] = {"who": person.id, "by": By.LINK, "at": now}
    seen = standpoint(connection, link.alert_id, person.id)
    match do:
        case "take":
            done = alerts.acknowledge(connection, link.alert_id, **who, name=person.name)
            return done or seen.his(person.id)
        case "decline":
            return seen.declined or alerts.decline(connection, link.alert_id, **who)
        case "close":
            return seen.his(person.id) and alerts.close(connection, link.alert_id, **who)
        case "present":
            return False
    if not seen.his(person.id):
        return False
    if do == "arrive" and arrival:
        said = {"at": arrival.isoformat(), "name": person.name}
        line = AlertChange(Happening.ARRIVING, now, By.LINK, person.id, said)
    elif (do == "start") is not seen.working:
        kind = Happening.STARTED if do == "start" else Happening.ENDED
        line = AlertChange(kind, now, By.LINK, person.id, {"name": person.name})
    else:
        return True
    alert_changes.note(connection, link.alert_id, line)
    return True


def _closed(request: Request, status: int, why: str) -> Response:
    """A page that opens nothing, and says so."""
    _speak_to(request)
    title, todo = link_words.closed(why)
    return _private(render(request, "link.html", status, about="nothing", title=title, why=todo))


def _speak_to(request: Request) -> None:
    """The browser's own language, where none was ever chosen."""
    asking: Who | None = request.state.who
    chosen = COOKIE in request.cookies or (asking is not None and asking.language)
    asked = request.headers.get("accept-language", "")[:2].lower()
    if not chosen and asked in tongue.TONGUES:
        tongue.speak(asked)


def _private(response: Response) -> Response:
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
