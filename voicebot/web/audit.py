"""The log of who saw and did what, for the administrator."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from voicebot.accounts.trace import Seen
from voicebot.errors import BadInput
from voicebot.store import audit, users
from voicebot.store.audit import Wanted
from voicebot.web.account_words import HOUSE, SEEN
from voicebot.web.page import render
from voicebot.web.parts import Parts
from voicebot.web.tongue import N_, _

LISTS = {
    "/calls": N_("Appels"),
    "/alerts": N_("Alertes"),
    "/console": N_("Console"),
}
"""What many names and words are shown on at once."""
Number = Annotated[int, Query(ge=1, le=100_000)]


def router(parts: Parts) -> APIRouter:
    """The route of `/audit`."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/audit")
    def shown(
        request: Request,
        who: str = "",
        kind: str = "",
        client: str = "",
        since: str = "",
        until: str = "",
        page: Number = 1,
    ) -> Response:
        """The lines that are wanted, the latest first."""
        given = {"who": who, "kind": kind, "client": client, "since": since, "until": until}
        end = _day(until)
        wanted = Wanted(
            who,
            kind if kind in tuple(Seen) else "",
            client,
            _day(since),
            end + timedelta(days=1) if end else None,
        )
        with parts.database.read() as connection:
            found = audit.page(connection, wanted, page)
            accounts = users.listed(connection)
        query = {name: value for name, value in given.items() if value}
        return render(
            request,
            "audit.html",
            page=found,
            wanted=given,
            filtered=bool(query),
            kinds=SEEN,
            accounts=accounts,
            clients=sorted(parts.clients.values(), key=lambda one: one.company),
            company=parts.company,
            link=lambda number: "/audit?" + urlencode({**query, "page": number}),
            about=_about,
        )

    return routes


def _about(text: str) -> tuple[str, str]:
    """What a line is about, in words, and where it is shown."""
    kind, *rest = text.split(" ", 1)
    name = "".join(rest)
    match kind:
        case "list":
            return _(LISTS[name]) if name in LISTS else name, name
        case "call":
            return _("Appel"), f"/calls/{name}"
        case "alert":
            return _("Alerte %(number)s", number=name), f"/alerts/{name}"
        case "account":
            return _("Compte %(name)s", name=name), ""
        case "letter":
            return _("Envoi %(number)s", number=name), ""
    return "", ""


def _day(text: str) -> datetime | None:
    """The beginning of a day.

    Raises:
        BadInput: it is none.
    """
    if not text:
        return None
    try:
        return datetime.combine(date.fromisoformat(text), time(), HOUSE).astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadInput(f"{text!r} is not a day") from None
