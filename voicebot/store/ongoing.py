"""The calls that go on now: picked up, and not ended."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, select

from voicebot.store.calls import COLUMNS, Call, read
from voicebot.store.tables import calls


def ongoing(connection: Connection, clients: Collection[str] | None = None) -> tuple[Call, ...]:
    """The calls in progress, the oldest first.

    Args:
        connection: to the store.
        clients: the slugs whose calls are wanted; None wants them all.
    """
    wanted = select(*COLUMNS).where(calls.c.ended_at.is_(None))
    if clients is not None:
        wanted = wanted.where(calls.c.client.in_(sorted(clients)))
    rows = connection.execute(wanted.order_by(calls.c.started_at, calls.c.id))
    return tuple(read(row) for row in rows)
