"""What the server does first: closes the calls that a crash left open."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from voicebot.store.database import Database
from voicebot.store.entry import Entry
from voicebot.store.journal import append, last
from voicebot.store.tables import calls

INTERRUPTED = "interrupted"


def recover(database: Database, now: datetime) -> tuple[str, ...]:
    """Marks every call without an end as interrupted, and gives their ids, the oldest first.

    Nothing else changes: the turns, the alerts and the message stay as far as they were given.
    Call it while holding the store (`voicebot.store.hold`), so that the calls of a server which
    is alive are never mistaken for those of one that died.
    """
    unended = select(calls.c.id).where(calls.c.ended_at.is_(None)).order_by(calls.c.started_at)
    with database.write() as connection:
        ids = tuple(connection.execute(unended).scalars())
        for call_id in ids:
            entry = Entry("ended", now, {"outcome": INTERRUPTED, "cause": INTERRUPTED})
            append(connection, call_id, [entry], after=last(connection, call_id))
    return ids
