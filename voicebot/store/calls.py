"""The calls: one row each, changed by the journal, read by the pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, update

from voicebot.store.entry import CallStart, Entry
from voicebot.store.fold import fold
from voicebot.store.tables import calls


@dataclass(frozen=True)
class Call:
    """What is known of a call at a glance."""

    id: str
    client: str
    caller_number: str | None
    called: str | None
    language: str
    situation: str | None
    """open, lunch, closed, holiday or closure, when it was picked up."""
    started_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    outcome: str | None
    cause: str | None
    """caller, bot, lost, shutdown or interrupted."""
    urgency: str | None
    rule: str | None
    """The client's rule that decided the urgency."""
    because: str | None
    words: tuple[str, ...]
    """The caller's words it fired on; none when what was understood made it fire."""

    @property
    def seconds(self) -> float | None:
        """How long it lasted; None while it goes on."""
        return (self.ended_at - self.started_at).total_seconds() if self.ended_at else None


COLUMNS = tuple(column for column in calls.c if column.name != "search")
"""What a `Call` is read from."""


def read(row: Sequence[Any]) -> Call:
    """The call in a row of `COLUMNS`."""
    values = {column.name: value for column, value in zip(COLUMNS, row, strict=True)}
    return Call(**{**values, "words": tuple(values["words"] or ())})


def start(connection: Connection, call: CallStart) -> None:
    """Makes the call's row."""
    connection.execute(
        insert(calls).values(
            id=call.id,
            client=call.client,
            caller_number=call.caller_number,
            called=call.called,
            language=call.language,
            started_at=call.at,
            search=fold(call.caller_number or ""),
        )
    )


def answered(connection: Connection, call_id: str, entry: Entry) -> None:
    """The call was picked up."""
    change(connection, call_id, answered_at=entry.at, situation=entry.data.get("situation"))


def decided(connection: Connection, call_id: str, entry: Entry) -> None:
    """The client's rules decided how urgent it is; the session never lets it get milder."""
    data = entry.data
    change(
        connection,
        call_id,
        urgency=data["urgency"],
        rule=data["rule"],
        because=data.get("because"),
        words=list(data.get("words") or ()),
    )


def ended(connection: Connection, call_id: str, entry: Entry) -> None:
    """The call is over."""
    data = entry.data
    change(connection, call_id, ended_at=entry.at, outcome=data["outcome"], cause=data["cause"])


def searchable(connection: Connection, call_id: str, entry: Entry) -> None:
    """Makes the call findable by what was said or understood in this entry."""
    data = entry.data
    found = [data.get("text"), data.get("value"), *(data.get("fields") or {}).values()]
    words = fold(" ".join(text for text in found if isinstance(text, str)))
    if words:
        change(connection, call_id, search=calls.c.search + " " + words)


def change(connection: Connection, call_id: str, **values: Any) -> None:
    """Changes the call's row."""
    connection.execute(update(calls).where(calls.c.id == call_id).values(**values))
