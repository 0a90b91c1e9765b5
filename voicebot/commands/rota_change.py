"""`voicebot rota override`: somebody more, somebody less, somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from voicebot.clock import SystemClock
from voicebot.commands.moments import moment, shown
from voicebot.commands.options import Json, print_json
from voicebot.commands.rota_client import clients_of, open_store, rota_of, technician_of
from voicebot.errors import BadInput, NotFound

if TYPE_CHECKING:
    from voicebot.clients.client import Client
    from voicebot.oncall.override import Override
    from voicebot.store.overrides import Kept


def override(
    client: Annotated[str, typer.Argument(help="The client: its folder's name.")],
    add: Annotated[str | None, typer.Option(help="Who is put on call.")] = None,
    remove: Annotated[str | None, typer.Option(help="Who is not; with --add, replaced.")] = None,
    start: Annotated[str, typer.Option("--from", help='"2026-01-05 18:00".')] = "",
    end: Annotated[str, typer.Option("--to", help='"2026-01-06 8:00".')] = "",
    rota: Annotated[str | None, typer.Option(help="Which rota, where there are several.")] = None,
    level: Annotated[int, typer.Option(min=1, help="The level that --add means.")] = 1,
    reason: Annotated[str, typer.Option(help="Why, for people.")] = "",
    exceptional: Annotated[
        bool, typer.Option("--exceptional", help="Exceptional circumstances: shorter notice.")
    ] = False,
    by: Annotated[str, typer.Option(help="Who decides it, for the record.")] = "command line",
    withdraw: Annotated[int | None, typer.Option(help="Takes change N back.")] = None,
    as_json: Json = False,
) -> None:
    """Changes a rota for some hours; with a client alone, lists what is changed."""
    (one,) = clients_of(client)
    now = SystemClock().now()
    if withdraw is not None:
        from voicebot.store import overrides

        with open_store().write() as connection:
            taken = overrides.withdraw(connection, one.name, withdraw, by=by, at=now)
        if not taken:
            raise NotFound(f"{one.name} has no change {withdraw}, or it was taken back before")
        typer.echo(f"change {withdraw} taken back")
    elif add or remove:
        change = _change(one, rota, add, remove, start, end, level, reason)
        _keep(one, change, by, exceptional, as_json)
    else:
        _list(one, as_json)


def _change(
    client: Client,
    rota: str | None,
    add: str | None,
    remove: str | None,
    start: str,
    end: str,
    level: int,
    reason: str,
) -> Override:
    from voicebot.oncall.override import Override, OverrideKind

    for person in filter(None, (add, remove)):
        technician_of(client, person)
    if not (start and end):
        raise BadInput("from when, and to when?", todo='--from "2026-01-05 18:00" --to …')
    kind = OverrideKind.REMOVE if not add else OverrideKind.REPLACE if remove else OverrideKind.ADD
    opens, closes = (moment(text, client.timezone) for text in (start, end))
    try:
        which = rota_of(client, rota).id
        return Override(which, kind, opens, closes, add, remove, level, reason)
    except ValueError as wrong:
        raise BadInput(str(wrong)) from None


def _keep(client: Client, change: Override, by: str, exceptional: bool, as_json: bool) -> None:
    from voicebot.oncall.notice import Made, notice_findings
    from voicebot.store import overrides

    now = SystemClock().now()
    with open_store().write() as connection:
        id = overrides.add(connection, client.name, change, by=by, at=now, exceptional=exceptional)
    assert client.on_call is not None
    late = [
        str(found)
        for found in notice_findings(client.on_call, [Made(id, change, now, exceptional)], now)
        if found.where is None
    ]
    if as_json:
        print_json({"id": id, "notice": late})
        return
    typer.echo(f"change {id} of rota {change.rota} kept")
    for line in late:
        typer.secho(line, fg="yellow", err=True)


def _list(client: Client, as_json: bool) -> None:
    from voicebot.store import overrides

    with open_store().read() as connection:
        kept = overrides.kept(connection, client.name, SystemClock().now())
    if as_json:
        print_json({"changes": [_plain(one) for one in kept]})
        return
    for one in kept:
        change = one.change
        times = " → ".join(shown(at, client.timezone) for at in (change.start, change.end))
        typer.echo(f"{one.id:5}  {change.rota}  {times}  {_said(one)}  ({one.by})")


def _said(kept: Kept) -> str:
    from voicebot.oncall.override import Override

    change = kept.change
    if not isinstance(change, Override):
        return f"{len(change.shifts)} temporary shifts"
    people = {"add": change.add, "remove": change.remove}
    return " ".join(f"{name} {who}" for name, who in people.items() if who)


def _plain(kept: Kept) -> dict[str, Any]:
    from voicebot.oncall.override import Override

    change = kept.change
    own = change if isinstance(change, Override) else None
    return {
        "id": kept.id,
        "rota": change.rota,
        "kind": own.kind.value if own else "temporary",
        "start": change.start,
        "end": change.end,
        "add": own.add if own else None,
        "remove": own.remove if own else None,
        "reason": change.reason,
        "by": kept.by,
        "at": kept.at,
        "exceptional": kept.exceptional,
    }
