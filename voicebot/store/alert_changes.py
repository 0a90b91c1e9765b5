"""The time line of an alert: every change dated, with who and by which way. Only ever added to."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select

from voicebot.oncall.alert import AlertChange, By, Happening
from voicebot.store.escalation_tables import alert_changes


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
    return tuple(
        AlertChange(Happening(row.kind), row.at, By(row.way), row.who, row.data)
        for row in connection.execute(query.order_by(alert_changes.c.id))
    )
