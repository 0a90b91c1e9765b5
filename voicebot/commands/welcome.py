"""The links that open once, as the command line prints them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from voicebot.settings import Settings
    from voicebot.store.database import Database

EVERYWHERE = ("0.0.0.0", "::")
"""Addresses that mean "all of this machine's", and that no browser can open."""


def address(settings: Settings, token: str) -> str:
    """Where the link leads: the server as the world knows it, or as this machine does."""
    if settings.public_url:
        return f"{str(settings.public_url).rstrip('/')}/welcome/{token}"
    host = "127.0.0.1" if settings.host in EVERYWHERE else settings.host
    named = f"[{host}]" if ":" in host else host
    return f"http://{named}:{settings.port}/welcome/{token}"


def first_administrator(database: Database, settings: Settings, now: datetime) -> str | None:
    """The link that makes the first administrator; None where there is an account already."""
    from voicebot.store import invitations, users

    with database.write() as connection:
        if not users.none_yet(connection):
            return None
        return address(settings, invitations.make(connection, None, now))
