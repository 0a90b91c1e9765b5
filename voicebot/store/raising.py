"""How an entry of a call's journal becomes an alert, or joins one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, exists, insert, or_, select, update

from voicebot.oncall.alert import SHIFT_START, AlertChange, AlertState, By, Happening
from voicebot.store import escalations
from voicebot.store.alert_changes import note
from voicebot.store.alerts import OPEN, of_call
from voicebot.store.entry import Entry
from voicebot.store.escalation_tables import alert_calls
from voicebot.store.escalation_tables import escalations as escalations_table
from voicebot.store.fold import fold
from voicebot.store.tables import alerts, calls

GRAVER = ("urgent", "vital")
"""The later one takes the place of the earlier one."""


def trigger(connection: Connection, call_id: str, entry: Entry) -> None:
    """Raises an alert, or brings one up to date, in the transaction of the call's own entry.

    What one call says again only brings its alert's facts up to date, and its state stays: what
    somebody has acknowledged does not ring again. A call that turns out graver makes its alert
    graver while nobody has taken it, and raises another one afterwards. Another call of the
    same caller or site, with the same reason and within the client's time, joins the alert.
    """
    mine = connection.execute(select(alerts).where(of_call(call_id)).order_by(alerts.c.id)).all()
    known = _known(mine, call_id, entry)
    if known is not None:
        _renew(connection, known, call_id, entry)
        return
    other = _joinable(connection, call_id, entry)
    if other is not None:
        _join(connection, other, call_id, entry)
    else:
        _raise(connection, call_id, entry)


def miss_shift(
    connection: Connection,
    client: str,
    technician: str,
    because: str,
    at: datetime,
    *,
    procedure: bool,
    fields: Mapping[str, Any],
) -> int:
    """Raises the alert of a shift whose technician has not said that he is there.

    Args:
        connection: in a transaction that writes.
        client: the client's slug.
        technician: who should be there.
        because: one sentence for whoever is rung.
        at: now.
        procedure: whether the client's procedure begins at once; else its policy does.
        fields: which shift.
    """
    made = insert(alerts).returning(alerts.c.id)
    values = {
        "client": client,
        "rule": SHIFT_START,
        "urgency": "urgent",
        "because": because,
        "fields": dict(fields),
        "state": AlertState.TRIGGERED.value,
        "at": at,
        "updated_at": at,
    }
    alert_id = int(connection.execute(made, values).scalar_one())
    line = {"rule": SHIFT_START, "technician": technician}
    note(connection, alert_id, AlertChange(Happening.TRIGGERED, at, By.WORKER, "", line))
    escalations.start(connection, alert_id, client, at, procedure=procedure)
    return alert_id


def _known(mine: Any, call_id: str, entry: Entry) -> Row[Any] | None:
    """The alert of this call that the entry is about."""
    for row in mine:
        if row.rule == entry.data["rule"]:
            return row
    for row in mine:
        if row.call_id == call_id and row.state == AlertState.TRIGGERED.value:
            return row
    return None


def _renew(connection: Connection, row: Row[Any], call_id: str, entry: Entry) -> None:
    """Brings the facts up to date; and what it is about, when it got graver."""
    facts = dict(entry.data.get("fields") or {})
    own = row.call_id == call_id
    numbers = _numbers(connection, call_id, entry)
    values: dict[str, Any] = {
        "fields": facts if own else {**row.fields, **facts},
        "updated_at": entry.at,
        "caller": numbers[0] if own and numbers else row.caller,
        "site": _site(entry) or row.site,
    }
    rule, urgency = str(entry.data["rule"]), str(entry.data["urgency"])
    if row.rule == rule or _weight(urgency) > _weight(row.urgency):
        values |= {"urgency": urgency, "because": entry.data.get("because") or "", "rule": rule}
    connection.execute(update(alerts).where(alerts.c.id == row.id).values(values))
    if values.get("rule", row.rule) != row.rule:
        data = {"urgency": urgency, "rule": rule, "call_id": call_id}
        note(connection, row.id, AlertChange(Happening.WORSENED, entry.at, By.CALL, "", data))


def _joinable(connection: Connection, call_id: str, entry: Entry) -> Row[Any] | None:
    """An open alert about the same, raised within the client's time, that somebody works on.

    One whose whole escalation reached nobody is not joined: this call starts another.
    """
    within = entry.data.get("joins_within_s")
    numbers, site = _numbers(connection, call_id, entry), _site(entry)
    if within is None or not (numbers or site):
        return None
    alert, call = alerts.c, calls.c
    same: list[ColumnElement[bool]] = []
    if numbers:
        same = [alert.caller.in_(numbers), call.caller_number.in_(numbers)]
    if site:
        same.append(alert.site == site)
    given_up = exists().where(
        escalations_table.c.alert_id == alert.id,
        escalations_table.c.phase == escalations.Phase.EXHAUSTED.value,
    )
    query = (
        select(alerts)
        .join(calls, call.id == alert.call_id)
        .where(
            alert.client == _client(connection, call_id),
            alert.rule == str(entry.data["rule"]),
            alert.state.in_(OPEN),
            alert.at >= entry.at - timedelta(seconds=float(within)),
            or_(*same),
            ~given_up,
        )
        .order_by(alert.id.desc())
        .limit(1)
    )
    return connection.execute(query).first()


def _join(connection: Connection, row: Row[Any], call_id: str, entry: Entry) -> None:
    connection.execute(insert(alert_calls).values(alert_id=row.id, call_id=call_id, at=entry.at))
    data = {"call_id": call_id}
    note(connection, row.id, AlertChange(Happening.JOINED, entry.at, By.CALL, "", data))
    _renew(connection, row, call_id, entry)


def _raise(connection: Connection, call_id: str, entry: Entry) -> None:
    """A new alert, and in the same transaction the escalation that brings it to somebody."""
    data, client = entry.data, _client(connection, call_id)
    numbers = _numbers(connection, call_id, entry)
    made = insert(alerts).returning(alerts.c.id)
    values = {
        "call_id": call_id,
        "client": client,
        "rule": str(data["rule"]),
        "urgency": data["urgency"],
        "because": data.get("because") or "",
        "fields": dict(data.get("fields") or {}),
        "state": AlertState.TRIGGERED.value,
        "at": entry.at,
        "updated_at": entry.at,
        "caller": numbers[0] if numbers else None,
        "site": _site(entry),
    }
    alert_id = int(connection.execute(made, values).scalar_one())
    line = {"urgency": data["urgency"], "rule": values["rule"], "call_id": call_id}
    note(connection, alert_id, AlertChange(Happening.TRIGGERED, entry.at, By.CALL, "", line))
    if data.get("joins_within_s") is not None:
        escalations.start(connection, alert_id, client, entry.at)


def _numbers(connection: Connection, call_id: str, entry: Entry) -> list[str]:
    """The caller's numbers: where he wants to be rung back, then the one that he rings from."""
    given = (entry.data.get("fields") or {}).get("callback_number")
    shown = connection.execute(select(calls.c.caller_number).where(calls.c.id == call_id)).scalar()
    return [number for number in (given, shown) if isinstance(number, str) and number]


def _site(entry: Entry) -> str | None:
    site = entry.data.get("site") or (entry.data.get("fields") or {}).get("address")
    return fold(site) if isinstance(site, str) and site.strip() else None


def _client(connection: Connection, call_id: str) -> str:
    return str(connection.execute(select(calls.c.client).where(calls.c.id == call_id)).scalar())


def _weight(urgency: str) -> int:
    return GRAVER.index(urgency) if urgency in GRAVER else -1
