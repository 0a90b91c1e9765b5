"""Tries to sign in that failed: too many, and the next one waits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from voicebot.accounts import lockout
from voicebot.accounts.lockout import Bound, Step
from voicebot.accounts.token import digest
from voicebot.store.accounts_tables import failures

Counted = Mapping[str, Bound]
"""What a try counts for, each with how much is too much."""


def limits(step: Step, login: str, address: str, device: str = "") -> Counted:
    """What a try counts for.

    A login is kept as its hash, whether it exists or not: people type passwords there.

    Args:
        step: what is tried.
        login: as typed.
        address: where the try comes from.
        device: the name of a browser on which the owner of this account is known.
    """
    if device:
        return {f"device:{step}:{digest(device)}": lockout.DEVICE}
    account, network = login.strip().lower(), lockout.network(address)[:64]
    return {
        f"pair:{step}:{digest(f'{network} {account}')}": lockout.PAIR,
        f"account:{step}:{digest(account)}": lockout.ANYWHERE[step],
        f"network:{network}": lockout.NETWORK,
    }


def free_at(connection: Connection, counted: Counted, now: datetime) -> datetime | None:
    """When the next try is allowed; None for now."""
    waits = (
        bound.free_at(_failed(connection, about, now - bound.within), now)
        for about, bound in counted.items()
    )
    return max((wait for wait in waits if wait), default=None)


def add(connection: Connection, counted: Counted, now: datetime) -> None:
    """Counts a try before it is known to have failed, so that many at once do not slip through."""
    connection.execute(delete(failures).where(failures.c.at < now - lockout.LONGEST))
    connection.execute(insert(failures), [{"about": about, "at": now} for about in counted])


def forgive(connection: Connection, counted: Counted, at: datetime) -> None:
    """A try was right: what failed there before counts no more; elsewhere this one alone.

    Strangers' tries for the account stay, or each time that its owner signs in they would begin
    anew; so do those of the network, or who has one account could guess at the others without end.
    """
    for about in counted:
        mine = failures.c.about == about
        if about.startswith(("account:", "network:")):
            mine &= failures.c.at == at
        connection.execute(delete(failures).where(mine))


def _failed(connection: Connection, about: str, since: datetime) -> list[datetime]:
    query = select(failures.c.at).where(failures.c.about == about, failures.c.at > since)
    return [row.at for row in connection.execute(query)]
