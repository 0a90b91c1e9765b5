"""The recovery codes of an account: of each its hash, and whether it was used."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from voicebot.accounts.recovery import kept
from voicebot.store.accounts_tables import recovery_codes


def replace(connection: Connection, user_id: int, codes: Iterable[str]) -> None:
    """Keeps these, and none of those before them."""
    connection.execute(delete(recovery_codes).where(recovery_codes.c.user_id == user_id))
    rows = [{"user_id": user_id, "digest": kept(code)} for code in codes]
    if rows:
        connection.execute(insert(recovery_codes), rows)


def use(connection: Connection, user_id: int, code: str, now: datetime) -> bool:
    """Uses one up; False when it is none of his, or was used before."""
    fresh = (
        (recovery_codes.c.user_id == user_id)
        & (recovery_codes.c.digest == kept(code))
        & recovery_codes.c.used_at.is_(None)
    )
    return connection.execute(update(recovery_codes).where(fresh).values(used_at=now)).rowcount == 1


def left(connection: Connection, user_id: int) -> int:
    """How many are left."""
    unused = (recovery_codes.c.user_id == user_id) & recovery_codes.c.used_at.is_(None)
    return connection.execute(
        select(func.count()).select_from(recovery_codes).where(unused)
    ).scalar_one()
