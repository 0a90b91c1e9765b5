"""`voicebot outbox`: letters that wait, and letters that did not arrive."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from voicebot.clock import SystemClock
from voicebot.commands.options import Json, print_json, read_settings
from voicebot.errors import BadInput, NotFound

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from voicebot.store.database import Database
    from voicebot.store.outbox import Posted

app = typer.Typer(no_args_is_help=True, help="Letters: SMS, e-mail, webhooks.")

Ids = Annotated[list[int] | None, typer.Argument(help="Numbers of letters, as `list` shows them.")]
Every = Annotated[bool, typer.Option("--all", help="All letters that were given up.")]


@app.command("list")
def list_(
    all: Annotated[bool, typer.Option("--all", help="Those that arrived, too.")] = False,
    as_json: Json = False,
) -> None:
    """Shows letters that wait or were given up; exit code 1 when one needs a person."""
    from voicebot.delivery.standing import State
    from voicebot.store import dead_letters

    database, now = _store(), SystemClock().now()
    states = tuple(State) if all else (State.PENDING, State.SENDING, State.FAILED)
    with database.read() as connection:
        alarm = dead_letters.alarm(connection, now)
        found = dead_letters.listed(connection, states)
    kept = [one for one in found if all or not one.standing.dismissed_at]
    if as_json:
        counts = {"failed": alarm.failed, "late": alarm.late, "since": alarm.since}
        print_json({"alarm": counts, "letters": [_plain(posted) for posted in kept]})
    else:
        for posted in kept:
            typer.echo(_line(posted))
        if alarm:
            line = (
                f"{alarm.failed} given up, {alarm.late} late, the oldest of {alarm.since:%F %R} UTC"
            )
            typer.secho(line, fg="red", err=True)
    raise typer.Exit(int(bool(alarm)))


@app.command()
def retry(ids: Ids = None, all: Every = False) -> None:
    """Tries letters anew that were given up, for another day."""
    from voicebot.store import dead_letters

    _each(ids or [], all, dead_letters.retry, "tried anew")


@app.command()
def dismiss(ids: Ids = None, all: Every = False) -> None:
    """Takes note of letters that were given up: they alarm no more."""
    from voicebot.store import dead_letters

    _each(ids or [], all, dead_letters.dismiss, "noted")


@app.command()
def secret(client: Annotated[str, typer.Argument(help="The client: its folder's name.")]) -> None:
    """Prints what a client's program checks our webhooks with."""
    from voicebot.clients.loader import client_names
    from voicebot.delivery.signature import client_secret

    settings = read_settings()
    if client not in (names := client_names(settings.flows)):
        raise NotFound(f"no client is called {client!r}", todo=f"there are: {', '.join(names)}")
    ours = settings.webhook_secret.get_secret_value()
    if not ours:
        todo = "VOICEBOT_WEBHOOK_SECRET; docs/delivery.md says how one is made"
        raise BadInput("setting webhook_secret is empty: no webhook is sent", todo=todo)
    typer.echo(client_secret(ours, client))


def _each(
    ids: list[int], all: bool, do: Callable[[Connection, int, datetime], Posted], done: str
) -> None:
    from voicebot.store import dead_letters

    if bool(ids) is all:
        raise BadInput("give the numbers of letters, or --all")
    with _store().write() as connection:
        dead = {posted.id for posted in dead_letters.dead(connection, limit=100_000)}
        if unknown := sorted(set(ids) - dead):
            todo = "`voicebot outbox list` shows those that were"
            raise BadInput(f"letter {unknown[0]} was not given up", todo=todo)
        for letter_id in sorted(ids or dead):
            do(connection, letter_id, SystemClock().now())
    typer.echo(f"{len(ids or dead)} letters {done}")


def _store() -> Database:
    from voicebot.store.database import Database
    from voicebot.store.schema import migrate

    database = Database(read_settings().store_url)
    migrate(database)
    return database


def _line(posted: Posted) -> str:
    letter, standing = posted.letter, posted.standing
    parts = (
        f"{posted.id:6}  {letter.at:%F %R}  {standing.state:9}  {letter.way:7}  {letter.client}",
        f"  to {letter.technician}" if letter.technician else "",
        f"  alert {letter.alert_id}" if letter.alert_id else "",
        f"  {standing.attempts} attempts" if standing.attempts else "",
        f"  {standing.code}" if standing.code else "",
    )
    return "".join(parts)


def _plain(posted: Posted) -> dict[str, Any]:
    """A letter without its words and its address: what is printed ends in tickets and mails."""
    letter, standing = posted.letter, posted.standing
    return {
        "id": posted.id,
        "at": letter.at,
        "state": standing.state,
        "way": letter.way,
        "client": letter.client,
        "technician": letter.technician,
        "alert": letter.alert_id,
        "attempts": standing.attempts,
        "due_at": standing.due_at,
        "until": standing.until,
        "gateway": standing.gateway,
        "code": standing.code,
    }
