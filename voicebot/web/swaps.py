"""Swaps between technicians, asked and answered at the console on their behalf."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from voicebot.clients.client import Client
from voicebot.errors import BadInput
from voicebot.oncall.swap import Swap
from voicebot.store import swaps
from voicebot.web import people
from voicebot.web.parts import Parts
from voicebot.web.rota import back
from voicebot.web.week import local

Text = Annotated[str, Form(max_length=200)]


def router(parts: Parts) -> APIRouter:
    """The routes of `/rota/{client}/swaps`."""
    routes = APIRouter(include_in_schema=False)

    @routes.post("/rota/{name}/swaps")
    def ask(
        name: str,
        week: Text,
        rota: Text,
        remove: Text,
        asked: Text,
        start: Text,
        end: Text,
        back_start: Text = "",
        back_end: Text = "",
    ) -> Response:
        """Writes down that a technician asks another for a swap."""
        client = parts.client(name)
        try:
            swap = _swap(client, rota, remove, asked, (start, end), (back_start, back_end))
        except (ValueError, OverflowError):
            return back(client, week, refused="hours")
        try:
            with parts.database.write() as connection:
                found = people.rota_of(client, rota)
                swaps.ask(connection, name, swap, found, parts.clock.now())
        except BadInput:
            return back(client, week, refused="swap")
        return back(client, week)

    @routes.post("/rota/{name}/swaps/{id}")
    def settle(
        name: str,
        id: int,
        answer: Annotated[str, Form(pattern="accepted|declined|withdrawn")],
        week: Text = "",
    ) -> Response:
        """Writes down what the technician answered, and changes the rota when he accepts."""
        client = parts.client(name)
        try:
            with parts.database.write() as connection:
                kept = swaps.read(connection, name, id)
                swaps.settle(
                    connection,
                    name,
                    id,
                    people.rota_of(client, kept.swap.rota),
                    by=kept.swap.asker if answer == "withdrawn" else kept.swap.asked,
                    accepted=answer == "accepted",
                    at=parts.clock.now(),
                )
        except BadInput:
            return back(client, week, refused="swap")
        return back(client, week)

    return routes


def _swap(
    client: Client,
    rota: str,
    asker: str,
    asked: str,
    given: tuple[str, str],
    returned: tuple[str, str],
) -> Swap:
    for id in (asker, asked):
        people.technician_of(client, id)
    zone = client.timezone
    span = None
    if returned[0] and returned[1]:
        span = local(returned[0], zone), local(returned[1], zone)
    return Swap(rota, asker, asked, local(given[0], zone), local(given[1], zone), span)
