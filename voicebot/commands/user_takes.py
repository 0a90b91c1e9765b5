"""`voicebot user takes`: which calls an operator is rung for."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from voicebot.clock import SystemClock
from voicebot.commands.options import read_settings
from voicebot.errors import BadInput


def takes(
    login: Annotated[str, typer.Argument(help="Whose: claire.martin.")],
    skill: Annotated[
        list[str] | None, typer.Option(help="What clients may ask for: chauffage; again for more.")
    ] = None,
    language: Annotated[
        list[str] | None, typer.Option(help="What she speaks; French when none is given.")
    ] = None,
    at_once: Annotated[int, typer.Option(help="How many calls she has at once.")] = 1,
) -> None:
    """Says what an operator can take; it counts from the next time she opens her console."""
    from voicebot.accounts.grant import Deed, allows
    from voicebot.accounts.takes import FRENCH, takes_of
    from voicebot.accounts.trace import Seen, Trace
    from voicebot.commands.data import open_store
    from voicebot.store import audit, presence, users

    settings = read_settings()
    database = open_store(settings)
    takes, now = takes_of(skill or (), language or (FRENCH,), at_once), SystemClock().now()
    with database.write() as connection:
        account = users.by_login(connection, login)
        if not allows(account.role, Deed.TAKE_CALLS):
            todo = f"make an operator of {account.login}: voicebot user role"
            raise BadInput(f"a {account.role} takes no calls", todo=todo)
        presence.describe(connection, account.id, name=account.name, at=now, **takes.values)
        trace = Trace(now, Seen.ACCOUNT_CHANGED, "voicebot user", about=f"account {account.login}")
        audit.note(connection, replace(trace, detail=f"takes {takes}"))
    typer.echo(f"{account.name}: {takes}")
