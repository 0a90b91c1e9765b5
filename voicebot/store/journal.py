"""The journal in the database, and what each entry changes in the rows that pages read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import Connection, func, insert, select
from sqlalchemy.exc import IntegrityError

from voicebot.errors import BadInput, NotFound
from voicebot.store import calls, messages, raising, transfers
from voicebot.store.database import Database
from voicebot.store.entry import CallStart, Entry
from voicebot.store.tables import calls as calls_table
from voicebot.store.tables import journal

CHANGES: Mapping[str, Sequence[Callable[[Connection, str, Entry], None]]] = {
    "answered": (calls.answered,),
    "heard": (calls.searchable,),
    "slot": (calls.searchable,),
    "decided": (calls.decided,),
    "message": (messages.keep, calls.searchable),
    "alert": (raising.trigger,),
    "transfer": (transfers.began,),
    "leg": (transfers.leg,),
    "joined": (transfers.joined,),
    "transferred": (transfers.over,),
    "overheard": (calls.searchable,),
    "ended": (calls.ended, transfers.cut),
}
"""For each kind of entry, the rows it changes, in the entry's own transaction."""


class StoredJournal:
    """Writes calls to the database; each method is one transaction, committed when it returns.

    Raises:
        StoreFull: from any method, when the disk or the store refuses to write.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self, call: CallStart, entries: Sequence[Entry]) -> None:
        """Makes the call's record, before the bot says its first word."""
        with self._database.write() as connection:
            try:
                calls.start(connection, call)
            except IntegrityError as error:
                raise BadInput(f"there is already a call {call.id}") from error
            append(connection, call.id, entries, after=0)

    def write(self, call_id: str, entries: Sequence[Entry]) -> None:
        """Adds entries, all or none.

        Raises:
            NotFound: the call was never opened.
        """
        with self._database.write() as connection:
            append(connection, call_id, entries, after=last(connection, call_id))


def append(connection: Connection, call_id: str, entries: Sequence[Entry], *, after: int) -> None:
    """Adds the entries behind number `after`, and changes the rows that follow from them."""
    rows = [
        {"call_id": call_id, "seq": seq, "at": entry.at, "kind": entry.kind, "data": {**entry.data}}
        for seq, entry in enumerate(entries, start=after + 1)
    ]
    if rows:
        connection.execute(insert(journal), rows)
    for entry in entries:
        for change in CHANGES.get(entry.kind, ()):
            change(connection, call_id, entry)


def last(connection: Connection, call_id: str) -> int:
    """The number of the call's last entry; 0 when it has none.

    Raises:
        NotFound: there is no such call.
    """
    # The call's row is the lock that keeps two writers of one call from the same number
    # where the database allows several writers at once.
    known = select(calls_table.c.id).where(calls_table.c.id == call_id).with_for_update()
    if connection.execute(known).first() is None:
        raise NotFound(f"no call {call_id} in the store")
    highest = select(func.max(journal.c.seq)).where(journal.c.call_id == call_id)
    return connection.execute(highest).scalar() or 0


def read(connection: Connection, call_id: str) -> tuple[Entry, ...]:
    """The call's entries, in order."""
    query = select(journal.c.kind, journal.c.at, journal.c.data)
    rows = connection.execute(query.where(journal.c.call_id == call_id).order_by(journal.c.seq))
    return tuple(Entry(row.kind, row.at, row.data) for row in rows)
