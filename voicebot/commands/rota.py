"""`voicebot rota`: who is on call, and whether the nights to come are covered."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from voicebot.clock import SystemClock
from voicebot.commands import rota_change, rota_statement, rota_swap, rota_verify
from voicebot.commands.moments import moment, shown
from voicebot.commands.options import Json, print_json
from voicebot.commands.rota_client import clients_of, on_call_of, open_store, rota_of

if TYPE_CHECKING:
    from datetime import datetime

    from voicebot.clients.client import Client
    from voicebot.oncall.override import Change
    from voicebot.oncall.rota import Rota
    from voicebot.oncall.shift import Shift
    from voicebot.oncall.trouble import Found
    from voicebot.store.database import Database

app = typer.Typer(no_args_is_help=True, help="Who is on call, and when.")
app.command("override")(rota_change.override)
app.command("statement")(rota_statement.statement)
app.command("swap")(rota_swap.swap)
app.command("verify")(rota_verify.verify)

Name = Annotated[str | None, typer.Argument(metavar="[CLIENT]", help="All clients without one.")]


@app.command()
def show(
    client: Name = None,
    at: Annotated[str | None, typer.Option(help='On call at "2026-01-05 18:00".')] = None,
    days: Annotated[int, typer.Option(min=0, max=400, help="Shifts of so many days.")] = 7,
    as_json: Json = False,
) -> None:
    """Shows who is on call, now or at an instant, and the shifts that follow."""
    store = open_store()
    found = [_shown(one, store, at, days) for one in clients_of(client)]
    if as_json:
        print_json({"clients": found})
        return
    for one in found:
        for rota in one["rotas"]:
            names = ", ".join(f"{p['name']} ({p['level']})" for p in rota["on_call"]) or "nobody"
            colour = None if rota["on_call"] else "red"
            typer.secho(f"{one['client']}  {rota['name']}: {names}", fg=colour, bold=True)
            for shift in rota["shifts"]:
                line = f"  {shift['from']} → {shift['to']}  {shift['level']}  {shift['name']}"
                typer.echo(line)


@app.command()
def lint(
    client: Name = None,
    days: Annotated[int, typer.Option(min=1, max=800, help="How far to look.")] = 90,
    as_json: Json = False,
) -> None:
    """Checks the nights to come; exit code 1 when somebody could be left unreached."""
    store, now = open_store(), SystemClock().now()
    found = [
        (one, trouble) for one in clients_of(client) for trouble in _lint(one, store, now, days)
    ]
    errors = sum(trouble.is_error for _, trouble in found)
    if as_json:
        print_json({"errors": errors, "findings": [_plain(one, trouble) for one, trouble in found]})
    else:
        for one, trouble in found:
            colour = "red" if trouble.is_error else "yellow"
            line = str(trouble) if trouble.where else f"{one.name}: {trouble}"
            typer.secho(line.replace("CLIENT", one.name), fg=colour)
        typer.echo(f"{errors} errors, {len(found) - errors} warnings")
    raise typer.Exit(1 if errors else 0)


@app.command("import")
def import_(
    client: Annotated[str, typer.Argument(help="The client: its folder's name.")],
    file: Annotated[Path, typer.Argument(help="An .ics file.", dir_okay=False)],
    rota: Annotated[str | None, typer.Option(help="Which rota, where there are several.")] = None,
    days: Annotated[int, typer.Option(min=1, max=800, help="Events of so many days.")] = 366,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be.")] = False,
    by: Annotated[str, typer.Option(help="Who imports it, for the record.")] = "command line",
    as_json: Json = False,
) -> None:
    """Imports shifts from a calendar; exit code 1 when an event is nobody's shift."""
    from voicebot.errors import BadInput, Place
    from voicebot.oncall.calendar_import import import_calendar
    from voicebot.store import overrides

    (one,) = clients_of(client)
    whose, now = rota_of(one, rota), SystemClock().now()
    people = on_call_of(one).technicians
    try:
        text = file.read_text(encoding="utf-8")
        found = import_calendar(text, whose, people, now, now + timedelta(days=days))
    except OSError as error:
        raise BadInput(f"cannot be read: {error.strerror}", where=Place(file)) from None
    except ValueError as error:
        raise BadInput(str(error), where=Place(file), todo="export it again as .ics") from None
    if not dry_run:
        with open_store().write() as connection:
            for schedule in found.schedules:
                overrides.add(connection, one.name, schedule, by=by, at=now)
    if as_json:
        kept = {"shifts": found.shifts, "schedules": len(found.schedules)}
        print_json({**kept, "left_out": found.left_out, "kept": not dry_run})
    else:
        for line in found.left_out:
            typer.secho(f"{file}: {line}", fg="yellow")
        done = "would be kept" if dry_run else "kept"
        typer.echo(f"{found.shifts} shifts {done}, {len(found.left_out)} events left out")
    raise typer.Exit(1 if found.left_out else 0)


def _shown(client: Client, store: Database, at: str | None, days: int) -> dict[str, Any]:
    from voicebot.store import overrides

    when = moment(at, client.timezone) if at else SystemClock().now()
    with store.read() as connection:
        changes = overrides.changes(connection, client.name, when, when + timedelta(days=days + 1))
    rotas = [_rota(client, rota, when, days, changes) for rota in on_call_of(client).rotas.values()]
    return {"client": client.name, "at": when, "rotas": rotas}


def _rota(
    client: Client, rota: Rota, at: datetime, days: int, changes: tuple[Change, ...]
) -> dict[str, Any]:
    from voicebot.oncall.rota import posts, shifts

    people = on_call_of(client).technicians

    def name(id: str) -> str:
        return people[id].name if id in people else f"{id} (not there any more)"

    def plain(shift: Shift) -> dict[str, Any]:
        return {
            "technician": shift.technician,
            "name": name(shift.technician),
            "level": shift.level,
            "start": shift.start,
            "end": shift.end,
            "from": shown(shift.start, rota.zone),
            "to": shown(shift.end, rota.zone),
        }

    until = at + timedelta(days=days)
    return {
        "rota": rota.id,
        "name": rota.name,
        "on_call": [
            {"technician": post.technician, "name": name(post.technician), "level": post.level}
            for post in posts(rota, at, changes)
        ],
        "shifts": [plain(s) for s in shifts(rota, at, until, changes, whole=True)] if days else [],
    }


def _lint(client: Client, store: Database, now: datetime, days: int) -> list[Found]:
    from voicebot.oncall.lint import lint_rotas
    from voicebot.oncall.notice import Made
    from voicebot.store import contacts, overrides

    with store.read() as connection:
        kept = overrides.kept(connection, client.name, now)
        verified = contacts.verified(connection, client.name)
    made = [
        Made(one.id, one.change, one.at, one.exceptional, agreed=one.swap is not None)
        for one in kept
    ]
    ahead = timedelta(days=days)
    return lint_rotas(
        on_call_of(client), client.hours, now, made=made, verified=verified, ahead=ahead
    )


def _plain(client: Client, trouble: Found) -> dict[str, Any]:
    return {
        "client": client.name,
        "kind": trouble.kind.value,
        "severity": "error" if trouble.is_error else "warning",
        "what": trouble.what,
        "file": str(trouble.where.file) if trouble.where else "",
        "line": trouble.where.line if trouble.where else None,
        "todo": trouble.todo.replace("CLIENT", client.name),
        "at": trouble.at,
    }
