"""The alerts of a call: somebody must be told now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from voicebot.store.entry import Entry
from voicebot.store.tables import alerts

TRIGGERED = "triggered"


@dataclass(frozen=True)
class Alert:
    """One rule of the client's that fired in a call, to be acknowledged by a person."""

    urgency: str
    rule: str
    because: str
    fields: Mapping[str, Any]
    state: str
    """triggered, then acknowledged, then closed."""
    at: datetime
    updated_at: datetime


def trigger(connection: Connection, call_id: str, entry: Entry) -> None:
    """Raises an alert; the same rule in the same call only brings its facts up to date.

    Its state stays: what somebody has acknowledged must not ring again.
    """
    rule = str(entry.data["rule"])
    values = {
        "urgency": entry.data["urgency"],
        "because": entry.data.get("because") or "",
        "fields": dict(entry.data.get("fields") or {}),
        "updated_at": entry.at,
    }
    same = (alerts.c.call_id == call_id) & (alerts.c.rule == rule)
    if connection.execute(update(alerts).where(same).values(values)).rowcount == 0:
        row = {"call_id": call_id, "rule": rule, "at": entry.at, "state": TRIGGERED, **values}
        connection.execute(insert(alerts).values(row))


def read(connection: Connection, call_id: str) -> tuple[Alert, ...]:
    """The call's alerts, the first raised first."""
    query = select(alerts).where(alerts.c.call_id == call_id).order_by(alerts.c.id)
    return tuple(
        Alert(row.urgency, row.rule, row.because, row.fields, row.state, row.at, row.updated_at)
        for row in connection.execute(query)
    )
