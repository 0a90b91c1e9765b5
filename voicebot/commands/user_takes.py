"""`voicebot user takes`: which calls an operator is rung for."""

from __future__ import annotations

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
    from voicebot.commands.serve import make_data
    from voicebot.handoff.presence import Operator
    from voicebot.store import presence, users
    from voicebot.store.database import Database
    from voicebot.store.schema import migrate

    settings = read_settings()
    make_data(settings.data)
    database = Database(settings.store_url)
    migrate(database)
    now = SystemClock().now()
    with database.write() as connection:
        account = users.by_login(connection, login)
        skills, languages = frozenset(skill or ()), frozenset(language or ("fr",))
        try:
            Operator(account.id, account.name, skills, languages, at_once)
        except ValueError as error:
            raise BadInput(str(error)) from error
        presence.describe(
            connection,
            account.id,
            name=account.name,
            at=now,
            skills=skills,
            languages=languages,
            at_once=at_once,
        )
    able = f"; skills: {', '.join(sorted(skills))}" if skills else ""
    typer.echo(f"{account.name}: {', '.join(sorted(languages))}, {at_once} at once{able}")
