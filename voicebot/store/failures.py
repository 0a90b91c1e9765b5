"""Tries to sign in that failed, per account and per address: too many, and the next one waits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from voicebot.accounts import lockout
from voicebot.accounts.lockout import Limit
from voicebot.accounts.token import digest
from voicebot.store.accounts_tables import failures


def limits(login: str, address: str) -> Mapping[str, Limit]:
    """What a try counts for.

    A login is kept as its hash, whether it exists or not: people type passwords there.
    """
    account = f"account:{digest(login.strip().lower())}"
    return {account: lockout.ACCOUNT, f"address:{address[:64]}": lockout.ADDRESS}


def free_at(connection: Connection, counted: Mapping[str, Limit], now: datetime) -> datetime | None:
    """When the next try is allowed; None for now."""
    waits = (
        limit.free_at(_failed(connection, about, now - limit.within), now)
        for about, limit in counted.items()
    )
    return max((wait for wait in waits if wait), default=None)


def add(connection: Connection, counted: Mapping[str, Limit], now: datetime) -> None:
    """Counts a try before it is known to have failed, so that many at once do not slip through."""
    connection.execute(delete(failures).where(failures.c.at < now - lockout.LONGEST))
    connection.execute(insert(failures), [{"about": about, "at": now} for about in counted])


def forgive(connection: Connection, counted: Mapping[str, Limit], at: datetime) -> None:
    """A try was right: the account's failures count no more, of the address's this one.

    The address's others stay, or who has one account could guess at the others without end.
    """
    for about in counted:
        mine = failures.c.about == about
        if about.startswith("address:"):
            mine &= failures.c.at == at
        connection.execute(delete(failures).where(mine))


def _failed(connection: Connection, about: str, since: datetime) -> list[datetime]:
    query = select(failures.c.at).where(failures.c.about == about, failures.c.at > since)
    return [row.at for row in connection.execute(query)]
