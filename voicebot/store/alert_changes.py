"""The time line of an alert: every change dated, with who and by which way. Only ever added to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, String, cast, exists, func, insert, literal, select

from voicebot.oncall.alert import AlertChange, By, Happening
from voicebot.store.escalation_tables import alert_changes
from voicebot.store.outbox_tables import outbox
from voicebot.store.tables import alerts

TOLD = "change-"


@dataclass(frozen=True)
class Untold:
    """A line that the client's own program does not know yet."""

    id: int
    alert_id: int
    client: str
    change: AlertChange


def note(connection: Connection, alert_id: int, change: AlertChange) -> None:
    """Adds a line."""
    connection.execute(
        insert(alert_changes).values(
            alert_id=alert_id,
            at=change.at,
            kind=change.kind.value,
            way=change.by.value,
            who=change.who,
            data=dict(change.data),
        )
    )


def read(connection: Connection, alert_id: int) -> tuple[AlertChange, ...]:
    """The alert's lines, in the order in which they happened."""
    query = select(alert_changes).where(alert_changes.c.alert_id == alert_id)
    return tuple(map(_change, connection.execute(query.order_by(alert_changes.c.id))))


def untold(
    connection: Connection,
    clients: Collection[str],
    after: int,
    since: datetime,
    most: int = 50,
) -> tuple[Untold, ...]:
    """Lines of those clients' alerts for which no letter stands in the outbox, the first first.

    Args:
        connection: that reads.
        clients: their slugs.
        after: lines up to this number are passed over.
        since: older lines are of no use any more.
        most: lines given at most.
    """
    key = literal(TOLD) + cast(alert_changes.c.id, String)
    query = (
        select(alert_changes, alerts.c.client)
        .join(alerts, alerts.c.id == alert_changes.c.alert_id)
        .where(alert_changes.c.id > after, alert_changes.c.at >= since)
        .where(alerts.c.client.in_(clients), ~exists().where(outbox.c.key == key))
        .order_by(alert_changes.c.id)
        .limit(most)
    )
    return tuple(
        Untold(row.id, row.alert_id, row.client, _change(row)) for row in connection.execute(query)
    )


def letter_key(line: int) -> str:
    """The key of the letter that tells of a line, and the webhook's id: a line is told once."""
    return f"{TOLD}{line}"


def last(connection: Connection) -> int:
    """The number of the last line; 0 when there is none."""
    return int(connection.execute(select(func.max(alert_changes.c.id))).scalar() or 0)


def _change(row: Row[Any]) -> AlertChange:
    return AlertChange(Happening(row.kind), row.at, By(row.way), row.who, row.data)
