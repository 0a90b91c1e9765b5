"""What was changed in the rotas: overrides and temporary schedules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from voicebot.oncall.override import Change, Override, OverrideKind, TemporarySchedule
from voicebot.oncall.shift import Shift
from voicebot.store import escalations
from voicebot.store.escalation_tables import escalations as escalations_table
from voicebot.store.rota_tables import rota_changes

TEMPORARY = "temporary"


@dataclass(frozen=True)
class Kept:
    """A change, with who made it and when."""

    id: int
    change: Change
    by: str
    at: datetime
    """When it was made, and the people it concerns were told."""
    exceptional: bool = False
    """Made in exceptional circumstances: shorter notice is allowed."""
    swap: int | None = None
    """The swap that it came of."""


def add(
    connection: Connection,
    client: str,
    change: Change,
    *,
    by: str,
    at: datetime,
    exceptional: bool = False,
    swap: int | None = None,
) -> int:
    """Keeps a change; gives its number.

    Escalations of that client are looked at now: whom a change takes off the rota is not rung on.
    """
    override = change if isinstance(change, Override) else None
    row = {
        "client": client,
        "rota": change.rota,
        "kind": override.kind.value if override else TEMPORARY,
        "start": change.start,
        "end": change.end,
        "add": override.add if override else None,
        "remove": override.remove if override else None,
        "level": override.level if override else 1,
        "shifts": _written(change),
        "reason": change.reason,
        "exceptional": exceptional,
        "swap_id": swap,
        "made_by": by,
        "made_at": at,
    }
    _look(connection, client, at)
    made = insert(rota_changes).returning(rota_changes.c.id)
    return int(connection.execute(made, row).scalar_one())


def withdraw(connection: Connection, client: str, id: int, *, by: str, at: datetime) -> bool:
    """Takes a change back; False when there is none such, or it was taken back before."""
    mine = (rota_changes.c.id == id) & (rota_changes.c.client == client)
    standing = mine & rota_changes.c.withdrawn_at.is_(None)
    taken = update(rota_changes).where(standing).values(withdrawn_by=by, withdrawn_at=at)
    if connection.execute(taken).rowcount == 0:
        return False
    _look(connection, client, at)
    return True


def kept(
    connection: Connection,
    client: str,
    start: datetime | None = None,
    end: datetime | None = None,
) -> tuple[Kept, ...]:
    """The changes that touch a period, in the order in which they were made."""
    query = (
        select(rota_changes)
        .where(rota_changes.c.client == client, rota_changes.c.withdrawn_at.is_(None))
        .order_by(rota_changes.c.id)
    )
    if start is not None:
        query = query.where(rota_changes.c.end > start)
    if end is not None:
        query = query.where(rota_changes.c.start < end)
    return tuple(map(_read, connection.execute(query)))


def by_client(connection: Connection, since: datetime) -> dict[str, tuple[Kept, ...]]:
    """Every client's changes that end after `since`, in one look."""
    query = (
        select(rota_changes)
        .where(rota_changes.c.end > since, rota_changes.c.withdrawn_at.is_(None))
        .order_by(rota_changes.c.id)
    )
    found: dict[str, tuple[Kept, ...]] = {}
    for row in connection.execute(query):
        found[row.client] = (*found.get(row.client, ()), _read(row))
    return found


def changes(
    connection: Connection,
    client: str,
    start: datetime | None = None,
    end: datetime | None = None,
) -> tuple[Change, ...]:
    """The same, as `on_call` and `shifts` take them."""
    return tuple(one.change for one in kept(connection, client, start, end))


def changes_at(connection: Connection, client: str, at: datetime) -> tuple[Change, ...]:
    """The changes that hold at one instant."""
    found = changes(connection, client, at)
    return tuple(change for change in found if change.start <= at)


def _look(connection: Connection, client: str, at: datetime) -> None:
    escalations.look(connection, at, escalations_table.c.client == client)


def _written(change: Change) -> list[dict[str, Any]] | None:
    if isinstance(change, Override):
        return None
    return [
        {
            "technician": shift.technician,
            "start": shift.start.isoformat(),
            "end": shift.end.isoformat(),
            "level": shift.level,
        }
        for shift in change.shifts
    ]


def _read(row: Row[Any]) -> Kept:
    change: Change
    if row.kind == TEMPORARY:
        shifts = tuple(
            Shift(
                one["technician"],
                datetime.fromisoformat(one["start"]),
                datetime.fromisoformat(one["end"]),
                one["level"],
            )
            for one in row.shifts
        )
        change = TemporarySchedule(row.rota, row.start, row.end, shifts, row.reason)
    else:
        change = Override(
            row.rota,
            OverrideKind(row.kind),
            row.start,
            row.end,
            row.add,
            row.remove,
            row.level,
            row.reason,
        )
    return Kept(row.id, change, row.made_by, row.made_at, row.exceptional, row.swap_id)
