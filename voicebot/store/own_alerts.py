"""The alerts that concern one technician."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, or_, select

from voicebot.store.alerts import COLUMNS, Alert
from voicebot.store.escalation_tables import attempts, escalations
from voicebot.store.tables import alerts


def asked(
    connection: Connection, technician: str, clients: Collection[str], since: datetime
) -> tuple[Alert, ...]:
    """The alerts of these clients that he took, or for which he was tried; the latest first."""
    tried = (
        select(escalations.c.alert_id)
        .join(attempts, attempts.c.escalation_id == escalations.c.id)
        .where(attempts.c.person == technician)
    )
    his = or_(alerts.c.acknowledged_by == technician, alerts.c.id.in_(tried))
    query = (
        select(*COLUMNS)
        .where(his, alerts.c.client.in_(sorted(clients)), alerts.c.at >= since)
        .order_by(alerts.c.at.desc(), alerts.c.id.desc())
    )
    return tuple(Alert(**dict(row._mapping)) for row in connection.execute(query))
