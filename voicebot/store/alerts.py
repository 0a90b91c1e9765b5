"""The alerts: raised by calls, taken by people, closed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, or_, select, update

from voicebot.errors import NotFound
from voicebot.oncall.alert import AlertChange, AlertState, By, Happening
from voicebot.store import escalations
from voicebot.store.alert_changes import note
from voicebot.store.escalation_tables import alert_calls
from voicebot.store.tables import alerts

OPEN = (AlertState.TRIGGERED.value, AlertState.ACKNOWLEDGED.value)


@dataclass(frozen=True)
class Alert:
    """One rule of the client's that fired, to be acknowledged by a person."""

    id: int
    call_id: str | None
    """The call that raised it; others may have joined. None where no call did."""
    client: str
    urgency: str
    rule: str
    because: str
    fields: Mapping[str, Any]
    state: str
    """triggered, then acknowledged, then closed."""
    at: datetime
    updated_at: datetime
    flagged_at: datetime | None = None
    """When the whole policy had reached nobody."""
    acknowledged_at: datetime | None = None
    acknowledged_by: str | None = None
    """A technician's id, or an operator's name."""
    closed_at: datetime | None = None


COLUMNS = tuple(alerts.c[name] for name in Alert.__dataclass_fields__)


def read(connection: Connection, call_id: str) -> tuple[Alert, ...]:
    """The call's alerts, those that it joined among them, the first raised first."""
    query = select(*COLUMNS).where(of_call(call_id)).order_by(alerts.c.id)
    return tuple(_alert(row) for row in connection.execute(query))


def find(connection: Connection, alert_id: int) -> Alert:
    """One alert.

    Raises:
        NotFound: there is no such alert.
    """
    row = connection.execute(select(*COLUMNS).where(alerts.c.id == alert_id)).first()
    if row is None:
        raise NotFound(f"no alert {alert_id} in the store")
    return _alert(row)


def listed(
    connection: Connection,
    client: str | None = None,
    *,
    all_states: bool = False,
    rule: str | None = None,
    most: int | None = 100,
    among: Collection[str] | None = None,
) -> tuple[Alert, ...]:
    """The alerts that are not closed, or all, the latest first; of one rule where it is given.

    `among` are the clients that may be shown; None for all.
    """
    wanted: list[ColumnElement[bool]] = [] if all_states else [alerts.c.state.in_(OPEN)]
    if client:
        wanted.append(alerts.c.client == client)
    if among is not None:
        wanted.append(alerts.c.client.in_(sorted(among)))
    if rule:
        wanted.append(alerts.c.rule == rule)
    query = select(*COLUMNS).where(and_(True, *wanted))
    rows = connection.execute(query.order_by(alerts.c.at.desc(), alerts.c.id.desc()).limit(most))
    return tuple(_alert(row) for row in rows)


def calls_of(connection: Connection, alert_id: int) -> tuple[str, ...]:
    """The calls about this alert, the one that raised it first."""
    first = select(alerts.c.call_id).where(alerts.c.id == alert_id, alerts.c.call_id.is_not(None))
    others = select(alert_calls.c.call_id).where(alert_calls.c.alert_id == alert_id)
    joined = connection.execute(others.order_by(alert_calls.c.at)).scalars()
    return (*connection.execute(first).scalars(), *joined)


def acknowledge(
    connection: Connection,
    alert_id: int,
    *,
    who: str,
    by: By,
    at: datetime,
    name: str = "",
    ring: int | None = None,
) -> bool:
    """Somebody takes the alert: its escalation stops. False when it was taken or closed before.

    Args:
        connection: in a transaction that writes.
        alert_id: which alert.
        who: a technician's id, or an operator's name.
        by: which way.
        at: when.
        name: the person's name, where `who` is not in the client's files.
        ring: the attempt on which he said so: it goes on while the others are taken back.
    """
    taken = alerts.c.state == AlertState.TRIGGERED.value
    values = {"state": AlertState.ACKNOWLEDGED.value, "acknowledged_at": at, "acknowledged_by": who}
    if not _change(connection, alert_id, taken, {**values, "updated_at": at}):
        return False
    data = {"name": name} if name else {}
    note(connection, alert_id, AlertChange(Happening.ACKNOWLEDGED, at, by, who, data))
    escalations.stop(connection, alert_id, at, but=ring)
    return True


def close(connection: Connection, alert_id: int, *, who: str, by: By, at: datetime) -> bool:
    """The matter is settled: its escalation stops too. False when it was closed before."""
    values = {"state": AlertState.CLOSED.value, "closed_at": at, "updated_at": at}
    if not _change(connection, alert_id, alerts.c.state.in_(OPEN), values):
        return False
    note(connection, alert_id, AlertChange(Happening.CLOSED, at, by, who))
    escalations.stop(connection, alert_id, at)
    return True


def decline(connection: Connection, alert_id: int, *, who: str, by: By, at: datetime) -> bool:
    """A person will not come: the escalation need not wait for him. False when nobody waits."""
    if find(connection, alert_id).state != AlertState.TRIGGERED.value:
        return False
    note(connection, alert_id, AlertChange(Happening.DECLINED, at, by, who))
    escalations.decline(connection, alert_id, who, at)
    return True


def flag(connection: Connection, alert_id: int, at: datetime) -> None:
    """Marks that the whole policy reached nobody."""
    values = {"flagged_at": at, "updated_at": at}
    connection.execute(update(alerts).where(alerts.c.id == alert_id).values(values))


def of_call(call_id: str) -> ColumnElement[bool]:
    """That an alert is the call's own, or one that it joined."""
    joined = select(alert_calls.c.alert_id).where(alert_calls.c.call_id == call_id)
    return or_(alerts.c.call_id == call_id, alerts.c.id.in_(joined))


def _change(
    connection: Connection, alert_id: int, before: ColumnElement[bool], values: Mapping[str, Any]
) -> bool:
    """Changes an alert that is still in that state, and says whether it was."""
    changed = update(alerts).where(alerts.c.id == alert_id, before).values(**values)
    return connection.execute(changed).rowcount == 1


def _alert(row: Row[Any]) -> Alert:
    return Alert(**row._mapping)
