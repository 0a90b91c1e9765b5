"""What operators write down about a call, while they talk and afterwards. Nothing is changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from voicebot.store.handoff_tables import call_notes


@dataclass(frozen=True)
class Note:
    """One note."""

    call_id: str
    at: datetime
    """UTC."""
    operator: int
    """The account's id."""
    name: str
    """Who wrote it, as people know her."""
    text: str
    outcome: str | None = None
    """What became of the matter, where the note was written behind the call."""


def add(connection: Connection, note: Note) -> None:
    """Keeps a note of a call that is in the store."""
    connection.execute(
        insert(call_notes).values(
            call_id=note.call_id,
            at=note.at,
            operator=note.operator,
            name=note.name,
            text=note.text,
            outcome=note.outcome,
        )
    )


def read(connection: Connection, call_id: str) -> tuple[Note, ...]:
    """The notes of a call, the first first."""
    wanted = select(call_notes).where(call_notes.c.call_id == call_id).order_by(call_notes.c.id)
    return tuple(
        Note(row.call_id, row.at, row.operator, row.name, row.text, row.outcome)
        for row in connection.execute(wanted)
    )
