"""The keys of an installation: read when a server starts, and renewed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from voicebot.commands.options import read_settings
from voicebot.errors import BadInput

if TYPE_CHECKING:
    from voicebot.accounts.keyring import Keyring
    from voicebot.settings import Settings
    from voicebot.store.database import Database

SHOWN = 5
"""Logins named in one line."""


def open_keyring(settings: Settings, database: Database) -> tuple[Keyring, str]:
    """The keys, with every second factor sealed by the newest; and what is to be told, if anything.

    A key that is lost stops nobody from starting: calls are answered, and who has no second factor,
    or a recovery code, signs in.
    """
    from voicebot.store.key_file import read_keyring
    from voicebot.store.sealing import seal_all

    ring = read_keyring(settings.key_file)
    with database.write() as connection:
        found = seal_all(connection, ring)
    if not found.lost:
        return ring, ""
    more = ", …" if len(found.lost) > SHOWN else ""
    return ring, (
        f"{settings.key_file} does not open the second factor of {', '.join(found.lost[:SHOWN])}"
        f"{more}. Put the file of before back and start again; if it is lost, each signs in with a "
        "recovery code, or has the administrator take the second factor away, and enrols anew "
        "(voicebot user password LOGIN --forget-second-factor)"
    )


def rotate_key() -> None:
    """Puts a new key before the one in use; the next start of the server seals everything anew."""
    from voicebot.commands.data import open_store
    from voicebot.store.key_file import add_key, read_keyring
    from voicebot.store.sealing import behind

    settings = read_settings()
    database = open_store(settings)
    ring = read_keyring(settings.key_file)
    with database.read() as connection:
        left = behind(connection, ring)
    if left:
        todo = "start the server once, which seals them anew; then rotate"
        raise BadInput(
            f"{left} second factors are not sealed with the newest key of {settings.key_file}",
            todo=todo,
        )
    add_key(settings.key_file)
    typer.echo(f"{settings.key_file} has a new key: keep a copy, and start the server again")
