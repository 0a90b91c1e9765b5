"""The sessions: rows of the store, so that one can be ended from elsewhere, at once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, update

from voicebot.accounts.session import IDLE, LIFE, Session
from voicebot.accounts.token import digest, new_token
from voicebot.store.accounts_tables import sessions, users

AGENT = 256
ADDRESS = 64


def begin(
    connection: Connection,
    user_id: int,
    now: datetime,
    *,
    halfway: bool = False,
    agent: str = "",
    address: str = "",
) -> str:
    """Begins a session; gives its token, which is kept nowhere."""
    over = (sessions.c.made_at < now - LIFE) | (sessions.c.seen_at < now - IDLE)
    connection.execute(delete(sessions).where(over))
    token = new_token()
    row = {
        "digest": digest(token),
        "user_id": user_id,
        "csrf": new_token(),
        "made_at": now,
        "seen_at": now,
        "halfway": halfway,
        "agent": agent[:AGENT],
        "address": address[:ADDRESS],
    }
    connection.execute(insert(sessions).values(row))
    return token


def find(connection: Connection, token: str, now: datetime) -> Session | None:
    """The session of a token; None when there is none, it is over, or its account is closed."""
    open_ = select(sessions).join(users).where(users.c.disabled_at.is_(None))
    row = connection.execute(open_.where(sessions.c.digest == digest(token))).first()
    found = _read(row) if row else None
    return found if found and not found.over(now) else None


def touch(connection: Connection, id: int, now: datetime) -> None:
    """Notes that it was used."""
    connection.execute(update(sessions).where(sessions.c.id == id).values(seen_at=now))


def of(connection: Connection, user_id: int, now: datetime) -> tuple[Session, ...]:
    """Where an account is signed in, the latest first."""
    query = select(sessions).where(sessions.c.user_id == user_id).order_by(sessions.c.id.desc())
    found = map(_read, connection.execute(query))
    return tuple(one for one in found if not one.over(now) and not one.halfway)


def end(connection: Connection, id: int) -> None:
    """Ends one."""
    _end(connection, sessions.c.id == id)


def end_all(connection: Connection, user_id: int, but: int | None = None) -> int:
    """Ends all of an account's sessions, or all but one; gives how many."""
    return _end(connection, (sessions.c.user_id == user_id) & (sessions.c.id != (but or 0)))


def _end(connection: Connection, which: ColumnElement[bool]) -> int:
    return connection.execute(delete(sessions).where(which)).rowcount


def _read(row: Row[tuple[object, ...]]) -> Session:
    return Session(
        id=row.id,
        user_id=row.user_id,
        csrf=row.csrf,
        made_at=row.made_at,
        seen_at=row.seen_at,
        halfway=row.halfway,
        agent=row.agent,
        address=row.address,
    )
