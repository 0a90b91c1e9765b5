"""Reading the calls: a list by page, or one of them whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from voicebot.errors import NotFound
from voicebot.store import alerts, journal, messages, notes, transfers
from voicebot.store.alerts import Alert
from voicebot.store.calls import COLUMNS, Call
from voicebot.store.calls import read as read_call
from voicebot.store.database import Database
from voicebot.store.entry import Entry
from voicebot.store.messages import Message
from voicebot.store.notes import Note
from voicebot.store.sought import Filter
from voicebot.store.tables import calls
from voicebot.store.tables import messages as messages_table
from voicebot.store.transfers import KeptTransfer

PAGE_SIZE = 25


@dataclass(frozen=True)
class Listed:
    """A call in the list, with the message it left."""

    call: Call
    message: Message | None


@dataclass(frozen=True)
class Page:
    """One page of the list, the latest call first."""

    calls: tuple[Listed, ...]
    number: int
    """Counted from 1."""
    size: int
    total: int
    """Calls that the filter lets through, on all pages."""

    @property
    def pages(self) -> int:
        """How many pages there are; one when there is nothing."""
        return max(1, -(-self.total // self.size))


@dataclass(frozen=True)
class WholeCall:
    """A call with everything that is kept of it, seen at one moment."""

    call: Call
    entries: tuple[Entry, ...]
    message: Message | None
    alerts: tuple[Alert, ...]
    transfers: tuple[KeptTransfer, ...] = ()
    notes: tuple[Note, ...] = ()


class Archive:
    """The calls that were taken."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def page(self, wanted: Filter | None = None, number: int = 1, size: int = PAGE_SIZE) -> Page:
        """One page of the calls that are wanted, the latest first."""
        condition = (wanted or Filter()).condition()
        with self._database.read() as connection:
            rows = connection.execute(_listed(condition, number, size)).all()
            total = len(rows)
            # A search that reads every call does it once, where what was found says it all.
            if number > 1 or total == size:
                count = select(func.count()).select_from(calls).where(condition)
                total = connection.execute(count).scalar_one()
        return Page(tuple(_row(row) for row in rows), number, size, total)

    def call(self, call_id: str) -> Call:
        """One call.

        Raises:
            NotFound: there is no such call.
        """
        with self._database.read() as connection:
            row = connection.execute(select(*COLUMNS).where(calls.c.id == call_id)).first()
        if row is None:
            raise NotFound(f"no call {call_id} in the store")
        return read_call(row)

    def whole(self, call_id: str) -> WholeCall:
        """One call, whole.

        Raises:
            NotFound: there is no such call.
        """
        with self._database.read() as connection:
            row = connection.execute(select(*COLUMNS).where(calls.c.id == call_id)).first()
            if row is None:
                raise NotFound(f"no call {call_id} in the store")
            return WholeCall(
                read_call(row),
                journal.read(connection, call_id),
                messages.read(connection, call_id),
                alerts.read(connection, call_id),
                transfers.read(connection, call_id),
                notes.read(connection, call_id),
            )

    def entries(self, call_id: str) -> tuple[Entry, ...]:
        """What is written of a call so far; nothing for one that is not known yet."""
        with self._database.read() as connection:
            return journal.read(connection, call_id)


def _listed(condition: ColumnElement[bool], number: int, size: int) -> Select[Any]:
    left = messages_table.c
    return (
        select(*COLUMNS, left.fields, left.complete, left.at, left.updated_at)
        .select_from(calls.outerjoin(messages_table))
        .where(condition)
        .order_by(calls.c.started_at.desc(), calls.c.id)
        .limit(size)
        .offset((number - 1) * size)
    )


def _row(row: Sequence[Any]) -> Listed:
    width = len(COLUMNS)
    fields, complete, at, updated_at = row[width:]
    message = Message(fields, complete, at, updated_at) if at else None
    return Listed(read_call(row[:width]), message)
