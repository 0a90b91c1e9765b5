"""`voicebot rota swap`: asked by one technician, answered by another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from voicebot.clock import SystemClock
from voicebot.commands.moments import moment, shown
from voicebot.commands.options import Json, print_json
from voicebot.commands.rota_client import (
    clients_of,
    on_call_of,
    open_store,
    rota_of,
    technician_of,
)
from voicebot.errors import BadInput, NotFound

if TYPE_CHECKING:
    from voicebot.clients.client import Client
    from voicebot.oncall.swap import Swap
    from voicebot.store.swaps import KeptSwap


def swap(
    client: Annotated[str, typer.Argument(help="The client: its folder's name.")],
    asker: Annotated[str, typer.Option("--from", help="Who gives hours away.")] = "",
    asked: Annotated[str, typer.Option("--to", help="Who is asked to take them.")] = "",
    give: Annotated[
        tuple[str, str], typer.Option(help='The hours: "2026-01-05 18:00" "2026-01-06 8:00".')
    ] = ("", ""),
    back: Annotated[tuple[str, str], typer.Option(help="The hours taken in return.")] = ("", ""),
    rota: Annotated[str | None, typer.Option(help="Which rota, where there are several.")] = None,
    accept: Annotated[int | None, typer.Option(help="Accepts swap N.")] = None,
    decline: Annotated[int | None, typer.Option(help="Declines swap N, or takes it back.")] = None,
    by: Annotated[str, typer.Option("--as", help="The technician who answers.")] = "",
    as_json: Json = False,
) -> None:
    """Asks for a swap, or answers one; with a client alone, lists them."""
    (one,) = clients_of(client)
    number = accept if accept is not None else decline
    if number is not None:
        _answer(one, number, by, accepted=accept is not None)
    elif asker or asked:
        _ask(one, _swap(one, rota, asker, asked, give, back), as_json)
    else:
        _list(one, as_json)


def _swap(
    client: Client,
    rota: str | None,
    asker: str,
    asked: str,
    give: tuple[str, str],
    back: tuple[str, str],
) -> Swap:
    from voicebot.oncall.swap import Swap

    for person in (asker, asked):
        technician_of(client, person)
    start, end = (moment(text, client.timezone) for text in give)
    returned = tuple(moment(text, client.timezone) for text in back if text)
    try:
        which = rota_of(client, rota).id
        taken = (returned[0], returned[1]) if returned else None
        return Swap(which, asker, asked, start, end, taken)
    except ValueError as wrong:
        raise BadInput(str(wrong)) from None


def _ask(client: Client, swap: Swap, as_json: bool) -> None:
    from voicebot.store import swaps

    with open_store().write() as connection:
        whose = on_call_of(client).rotas[swap.rota]
        id = swaps.ask(connection, client.name, swap, whose, SystemClock().now())
    if as_json:
        print_json({"id": id})
    else:
        typer.echo(f"swap {id}: {swap.asked} is asked")


def _answer(client: Client, id: int, by: str, *, accepted: bool) -> None:
    from voicebot.store import swaps

    technician_of(client, by)
    with open_store().write() as connection:
        kept = swaps.read(connection, client.name, id)
        whose = on_call_of(client).rotas.get(kept.swap.rota)
        if whose is None:
            raise NotFound(f"the rota {kept.swap.rota} of swap {id} is not there any more")
        settled = swaps.settle(
            connection,
            client.name,
            id,
            whose,
            by=by,
            accepted=accepted,
            at=SystemClock().now(),
        )
    typer.echo(f"swap {id}: {settled.state}")


def _list(client: Client, as_json: bool) -> None:
    from voicebot.store import swaps

    with open_store().read() as connection:
        kept = swaps.list_swaps(connection, client.name)
    if as_json:
        print_json({"swaps": [_plain(one) for one in kept]})
        return
    for one in kept:
        swap = one.swap
        times = " → ".join(shown(at, client.timezone) for at in (swap.start, swap.end))
        typer.echo(f"{one.id:5}  {swap.state:9}  {swap.asker} → {swap.asked}  {times}")


def _plain(kept: KeptSwap) -> dict[str, Any]:
    swap = kept.swap
    return {
        "id": kept.id,
        "rota": swap.rota,
        "from": swap.asker,
        "to": swap.asked,
        "start": swap.start,
        "end": swap.end,
        "back": swap.back,
        "state": swap.state.value,
        "asked_at": kept.asked_at,
        "answered_at": kept.answered_at,
    }
