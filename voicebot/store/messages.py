"""The message of a call, as far as it was given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from voicebot.store.entry import Entry
from voicebot.store.tables import messages


@dataclass(frozen=True)
class Message:
    """What the caller leaves; a later one of the same call replaces it."""

    fields: Mapping[str, Any]
    complete: bool
    """Whether the caller got to its end."""
    at: datetime
    updated_at: datetime


def keep(connection: Connection, call_id: str, entry: Entry) -> None:
    """Makes the call's message, or replaces what was kept of it."""
    values = {
        "fields": dict(entry.data.get("fields") or {}),
        "complete": bool(entry.data.get("complete", False)),
        "updated_at": entry.at,
    }
    changed = update(messages).where(messages.c.call_id == call_id).values(values)
    if connection.execute(changed).rowcount == 0:
        connection.execute(insert(messages).values(call_id=call_id, at=entry.at, **values))


def read(connection: Connection, call_id: str) -> Message | None:
    """The call's message, if it has one."""
    row = connection.execute(select(messages).where(messages.c.call_id == call_id)).first()
    return Message(row.fields, row.complete, row.at, row.updated_at) if row else None
