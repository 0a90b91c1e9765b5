"""What people on call were asked and did in a period: the matter of their monthly statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from voicebot.oncall.alert import AlertChange, By, Happening
from voicebot.oncall.statement import Intervention, Ring
from voicebot.store.escalation_tables import alert_changes
from voicebot.store.tables import alerts

ASKED = (
    *(Happening.RING_ENDED, Happening.WRITTEN),
    *(Happening.DECLINED, Happening.ACKNOWLEDGED),
)
"""What of a time line is somebody being asked, or answering."""
WORK = (Happening.STARTED, Happening.ENDED)
PEOPLE = (By.RING, By.SMS, By.EMAIL, By.LINK, By.WORKER)
"""Ways of technicians; who acts at the console may be an operator."""
LONGEST = timedelta(days=7)
"""An intervention that began longer ago than this before the period is not looked for."""


@dataclass(frozen=True)
class Done:
    """A line of an alert's time line, about one person."""

    alert_id: int
    change: AlertChange


def done(connection: Connection, client: str, start: datetime, end: datetime) -> tuple[Done, ...]:
    """The lines about people of that client's alerts, from `start` (and interventions begun
    shortly before it) up to `end`, in order.
    """
    kinds = [kind.value for kind in (*ASKED, *WORK)]
    query = (
        select(alert_changes)
        .join(alerts)
        .where(
            alerts.c.client == client,
            alert_changes.c.at >= start - LONGEST,
            alert_changes.c.at < end + LONGEST,
            alert_changes.c.kind.in_(kinds),
            alert_changes.c.who != "",
        )
        .order_by(alert_changes.c.at, alert_changes.c.id)
    )
    return tuple(
        Done(
            row.alert_id,
            AlertChange(Happening(row.kind), row.at, By(row.way), row.who, row.data),
        )
        for row in connection.execute(query)
    )


def rings(lines: Sequence[Done], technician: str) -> tuple[Ring, ...]:
    """What that technician was asked, and how it ended."""
    return tuple(
        _ring(line)
        for line in lines
        if line.change.who == technician and line.change.kind in ASKED and not _twice(line)
    )


def _twice(line: Done) -> bool:
    """Whether the end of a ring tells the same: it was accepted or declined there."""
    return line.change.by is By.RING and line.change.kind is not Happening.RING_ENDED


def _ring(line: Done) -> Ring:
    change = line.change
    way, outcome = change.by.value, change.kind.value
    if change.kind is Happening.RING_ENDED:
        way, outcome = "ring", str(change.data.get("outcome"))
    return Ring(change.at, way, outcome, str(line.alert_id))


def interventions(lines: Sequence[Done], technician: str) -> tuple[Intervention, ...]:
    """That technician's interventions, each alert's begins and ends paired in order."""
    found: list[Intervention] = []
    open_since: dict[int, datetime] = {}
    for line in lines:
        change, alert_id = line.change, line.alert_id
        if change.who != technician or change.kind not in WORK:
            continue
        if change.kind is Happening.STARTED:
            # Said twice (by the link and at the console), it began once.
            open_since.setdefault(alert_id, change.at)
        elif alert_id in open_since:
            found.append(Intervention(open_since.pop(alert_id), change.at, str(alert_id)))
    found += [Intervention(at, None, str(alert_id)) for alert_id, at in open_since.items()]
    return tuple(sorted(found, key=lambda one: one.start))
