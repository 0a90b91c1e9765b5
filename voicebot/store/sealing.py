"""The secrets of second factors, sealed: who reads the store, or a backup of it, makes no codes."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from voicebot.accounts.keyring import KeyLost, Keyring, is_sealed
from voicebot.store.accounts_tables import users


@dataclass(frozen=True)
class Sealing:
    """What was found, and done."""

    anew: int
    """Secrets that were sealed now: by the newest key, or for the first time."""
    lost: tuple[str, ...]
    """Logins whose secret no key opens."""


def about(user_id: int) -> str:
    """What a sealed secret is, and whose."""
    return f"the second factor of account {user_id}"


def seal_all(connection: Connection, ring: Keyring) -> Sealing:
    """Seals what was kept as it is, or sealed with a key before the newest."""
    if connection.dialect.name == "sqlite":
        # What stood there is overwritten, and not only let go.
        connection.exec_driver_sql("PRAGMA secure_delete = ON")
    anew, lost = 0, []
    query = select(users.c.id, users.c.login, users.c.secret).where(users.c.secret.is_not(None))
    for row in connection.execute(query.order_by(users.c.login)).all():
        if ring.newest(row.secret):
            continue
        try:
            plain = ring.open(row.secret, about(row.id)) if is_sealed(row.secret) else row.secret
        except KeyLost:
            lost.append(row.login)
            continue
        sealed = ring.seal(plain, about(row.id))
        connection.execute(update(users).where(users.c.id == row.id).values(secret=sealed))
        anew += 1
    return Sealing(anew, tuple(lost))


def behind(connection: Connection, ring: Keyring) -> int:
    """How many secrets the newest key does not open."""
    query = select(users.c.secret).where(users.c.secret.is_not(None))
    return sum(not ring.newest(row.secret) for row in connection.execute(query))
