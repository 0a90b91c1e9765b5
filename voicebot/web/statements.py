"""The monthly statements: what each technician did on call, as a page to print and as CSV."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

from fastapi import APIRouter, Request
from sqlalchemy import Connection
from starlette.responses import Response

from voicebot.clients.client import Client
from voicebot.errors import BadInput
from voicebot.oncall.holiday import holiday_name
from voicebot.oncall.statement import Statement, following, month_of
from voicebot.oncall.statement_csv import days_csv, facts_csv
from voicebot.store.statements import statements
from voicebot.web import oncall_labels, people
from voicebot.web.page import render
from voicebot.web.parts import Parts
from voicebot.web.tongue import spoken

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""By it a spreadsheet knows that the file is UTF-8."""


def router(parts: Parts) -> APIRouter:
    """The routes of `/statements/{client}`."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/statements/{name}")
    def shown(request: Request, name: str, month: str = "") -> Response:
        """The month's statements, one after the other."""
        client = parts.client(name)
        first, now = _first(month, client, parts), parts.clock.now()
        with parts.database.read() as connection:
            found = _found(connection, client, first, now)
        return render(
            request,
            "statements.html",
            client=name,
            company=client.company,
            zone=client.timezone,
            names=people.names(client),
            statements=found,
            month=first,
            before=_before(first),
            after=following(first),
            over=bool(found) and all(one.until < now for one in found),
            now=now,
            holiday=partial(_holiday, client),
            outcome_of=oncall_labels.asked,
        )

    @routes.get("/statements/{name}/{month}-faits.csv")
    def facts(name: str, month: str) -> Response:
        """A line for each period on call, ring and intervention."""
        client = parts.client(name)
        first = _first(month, client, parts)
        with parts.database.read() as connection:
            found = _found(connection, client, first, parts.clock.now())
        text = facts_csv(found, client.timezone, people.names(client))
        return _csv(text, f"astreintes-{name}-{month}-faits.csv")

    @routes.get("/statements/{name}/{month}.csv")
    def days(name: str, month: str) -> Response:
        """A line for each technician and day."""
        client = parts.client(name)
        first = _first(month, client, parts)
        with parts.database.read() as connection:
            found = _found(connection, client, first, parts.clock.now())
        return _csv(days_csv(found, people.names(client)), f"astreintes-{name}-{month}.csv")

    return routes


def _found(
    connection: Connection, client: Client, month: date, now: datetime
) -> tuple[Statement, ...]:
    on_call = people.on_call_of(client)
    return statements(connection, client.name, on_call, client.hours, month, now)


def _holiday(client: Client, day: date) -> str:
    """The holiday in the reader's language; the statement itself has it in French, for payrolls."""
    return holiday_name(client.hours.country, client.hours.region, day, spoken()) or ""


def _first(month: str, client: Client, parts: Parts) -> date:
    """The first day of the month that an address names; of the last one that is over by default.

    Raises:
        BadInput: it is not a month.
    """
    if not month:
        return _before(parts.clock.now().astimezone(client.timezone).date().replace(day=1))
    try:
        return month_of(month)
    except ValueError as error:
        raise BadInput(str(error)) from None


def _before(first: date) -> date:
    year, month = divmod(first.year * 12 + first.month - 2, 12)
    return date(year, month + 1, 1)


def _csv(text: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(BOM + text, media_type="text/csv; charset=utf-8", headers=headers)
