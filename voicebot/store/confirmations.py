"""Shift starts: asked, confirmed, missed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from voicebot.oncall.confirmation import Confirmation, ShiftKey, Task
from voicebot.store.rota_tables import confirmations


def ask(connection: Connection, client: str, task: Task, at: datetime) -> bool:
    """Keeps that a technician is asked; False when he was before, by whichever process."""
    rota, technician, start = task.key
    row = {
        "client": client,
        "rota": rota,
        "technician": technician,
        "shift_start": start,
        "shift_end": task.shift.end,
        "asked_at": at,
    }
    try:
        with connection.begin_nested():
            connection.execute(insert(confirmations), row)
    except IntegrityError:
        return False
    return True


def miss(connection: Connection, client: str, task: Task, at: datetime) -> bool:
    """Keeps that nobody answered in time; False when somebody has, or the alarm was given."""
    rota, technician, start = task.key
    changed = update(confirmations).where(
        confirmations.c.client == client,
        confirmations.c.rota == rota,
        confirmations.c.technician == technician,
        confirmations.c.shift_start == start,
        confirmations.c.confirmed_at.is_(None),
        confirmations.c.missed_at.is_(None),
    )
    return connection.execute(changed.values(missed_at=at)).rowcount == 1


def confirm(connection: Connection, client: str, technician: str, *, by: str, at: datetime) -> int:
    """The technician is there: confirms every shift that he was asked for and that still runs.

    An answer that comes after the alarm counts too, and both instants stay.

    Returns:
        How many shifts were confirmed; 0 when he had said so before, or was not asked.
    """
    changed = update(confirmations).where(
        confirmations.c.client == client,
        confirmations.c.technician == technician,
        confirmations.c.shift_end > at,
        confirmations.c.confirmed_at.is_(None),
    )
    return connection.execute(changed.values(confirmed_at=at, confirmed_by=by)).rowcount


def known(connection: Connection, client: str, since: datetime) -> dict[ShiftKey, Confirmation]:
    """What is kept of the shifts that end after `since`."""
    return by_client(connection, since, confirmations.c.client == client).get(client, {})


def by_client(
    connection: Connection, since: datetime, which: ColumnElement[bool] | None = None
) -> dict[str, dict[ShiftKey, Confirmation]]:
    """The same of every client, or of `which`, in one look."""
    chosen = () if which is None else (which,)
    query = select(confirmations).where(confirmations.c.shift_end > since, *chosen)
    found: dict[str, dict[ShiftKey, Confirmation]] = {}
    for row in connection.execute(query):
        key = (row.rota, row.technician, row.shift_start)
        kept = Confirmation(row.asked_at, row.confirmed_at, row.missed_at)
        found.setdefault(row.client, {})[key] = kept
    return found
