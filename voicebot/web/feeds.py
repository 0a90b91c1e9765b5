"""Calendar feeds: a technician's shifts, or a client's, subscribed to by their address."""

from __future__ import annotations

import hashlib
from datetime import datetime

from fastapi import APIRouter, Request
from starlette.responses import Response

from voicebot.clients.client import Client
from voicebot.errors import NotFound
from voicebot.oncall.calendar_feed import Entry, client_feed, feed_period, technician_feed
from voicebot.oncall.rota import shifts
from voicebot.store import overrides
from voicebot.web import people
from voicebot.web.feed_token import opens, token
from voicebot.web.page import render
from voicebot.web.parts import Parts
from voicebot.web.tongue import _

TYPE = "text/calendar; charset=utf-8"


def router(parts: Parts) -> APIRouter:
    """The routes of `/calendar` and of the page that lists the addresses."""
    routes = APIRouter(include_in_schema=False)

    @routes.api_route("/calendar/{client}/{secret}.ics", methods=["GET", "HEAD"])
    def of_client(request: Request, client: str, secret: str) -> Response:
        """Everybody's shifts at that client."""
        found = _found(parts, client, "", secret)
        now = _day(parts.clock.now())
        known = people.on_call_of(found).technicians
        text = client_feed(client, found.company, _entries(parts, found, now), known, now)
        return _feed(request, text, f"astreintes-{client}")

    @routes.api_route("/calendar/{client}/{technician}/{secret}.ics", methods=["GET", "HEAD"])
    def of_technician(request: Request, client: str, technician: str, secret: str) -> Response:
        """One technician's shifts at that client."""
        found = _found(parts, client, technician, secret)
        now = _day(parts.clock.now())
        person = people.technician_of(found, technician)
        entries = _entries(parts, found, now)
        text = technician_feed(client, found.company, person, entries, now)
        return _feed(request, text, f"astreintes-{client}-{technician}")

    @routes.get("/rota/{name}/feeds")
    def listed(request: Request, name: str) -> Response:
        """The addresses, to be given to those whom they are for."""
        client, key = parts.client(name), parts.feed_key
        base = str(request.base_url).rstrip("/")
        persons = [
            (person.name, f"{base}/calendar/{name}/{person.id}/{token(key, name, person.id)}.ics")
            for person in people.on_call_of(client).technicians.values()
        ]
        whole = f"{base}/calendar/{name}/{token(key, name)}.ics"
        return render(
            request,
            "feeds.html",
            client=name,
            company=client.company,
            feeds=[(_("Toute l'équipe de %(company)s", company=client.company), whole), *persons],
            webcal=lambda address: "webcal://" + address.partition("://")[2],
        )

    return routes


def _found(parts: Parts, client: str, technician: str, secret: str) -> Client:
    """The client of a feed whose token is right.

    Raises:
        NotFound: whatever is wrong, so that guessing tells nothing.
    """
    found = parts.clients.get(client)
    known = not technician or technician in people.on_call_of(found).technicians
    if found is None or not known or not opens(parts.feed_key, secret, client, technician):
        raise NotFound("no such calendar")
    return found


def _entries(parts: Parts, client: Client, now: datetime) -> list[Entry]:
    start, end = feed_period(now)
    with parts.database.read() as connection:
        changes = overrides.changes(connection, client.name, start, end)
    rotas = people.on_call_of(client).rotas.values()
    return [
        (rota, shift) for rota in rotas for shift in shifts(rota, start, end, changes, whole=True)
    ]


def _day(now: datetime) -> datetime:
    """A feed made twice on one day is the same one, unless a shift has changed."""
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


def _feed(request: Request, text: str, name: str) -> Response:
    """The feed, or word that whoever asks has it already."""
    tag = f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
    headers = {
        "ETag": tag,
        # Kept by the calendar, and asked for anew each time: that is what the tag is for.
        "Cache-Control": "private, no-cache",
        "Content-Disposition": f'inline; filename="{name}.ics"',
        "X-Robots-Tag": "noindex, nofollow",
    }
    if _has(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=headers)
    return Response(text, media_type=TYPE, headers=headers)


def _has(header: str, tag: str) -> bool:
    """Whether the tag is among those that the asker has."""
    tags = {one.strip().removeprefix("W/") for one in header.split(",")}
    return tag in tags or "*" in tags
