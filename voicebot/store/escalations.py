"""The escalations: one for each alert that must reach somebody, each with the instant it is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, insert, or_, select, update

from voicebot.oncall.escalation import Attempt, Escalation, Phase
from voicebot.oncall.technician import Way
from voicebot.store.escalation_tables import attempts, escalations

__all__ = ["Due", "Phase", "claim", "decline", "look", "postpone", "read", "save", "start", "stop"]

LATE = timedelta(seconds=45)
"""A worker looks twice a second, and puts off for 30 s what it cannot work on."""
OPEN = ("pending", "ringing", "written")
"""States of an attempt that somebody may still answer."""


@dataclass(frozen=True)
class Due:
    """An escalation that must be looked at, its row held until the transaction ends."""

    id: int
    alert_id: int
    client: str
    state: Escalation
    rows: Mapping[Attempt, int]
    """Which row each attempt stands in."""


def start(
    connection: Connection, alert_id: int, client: str, at: datetime, *, procedure: bool = False
) -> None:
    """Begins the escalation of an alert, or its procedure alone: due at once."""
    values = {"phase": Phase.RUNNING.value, "step": 0, "procedure": procedure, "due_at": at}
    connection.execute(insert(escalations).values(alert_id=alert_id, client=client, **values))


def claim(connection: Connection, now: datetime, most: int = 20) -> tuple[Due, ...]:
    """The escalations to look at now, new ones first, each kept from other workers.

    A step that began in the future was begun before the clock went back: it is due too.
    """
    begun = escalations.c.since.is_not(None)
    query = _due(now).order_by(begun, escalations.c.due_at).limit(most)
    rows = connection.execute(query.with_for_update(skip_locked=True)).all()
    found = []
    for row in rows:
        kept = _attempts(connection, row.id)
        state = Escalation(
            row.step, row.procedure, row.since, row.due_at, Phase(row.phase), tuple(kept)
        )
        found.append(Due(row.id, row.alert_id, row.client, state, kept))
    return tuple(found)


def next_due(connection: Connection) -> datetime | None:
    """When the next escalation must be looked at; None when none runs."""
    running = escalations.c.phase == Phase.RUNNING.value
    return connection.execute(select(func.min(escalations.c.due_at)).where(running)).scalar()


def waiting(connection: Connection, now: datetime) -> bool:
    """Whether anything is due: a look that writes nothing and holds nothing."""
    return connection.execute(_due(now).limit(1)).first() is not None


def overdue(connection: Connection, now: datetime) -> int:
    """How many should have been looked at by now: no worker works, or none can."""
    running = escalations.c.phase == Phase.RUNNING.value
    late = escalations.c.due_at <= now - LATE
    query = select(func.count()).select_from(escalations).where(running, late)
    return int(connection.execute(query).scalar_one())


def save(connection: Connection, due: Due, after: Escalation) -> None:
    """Keeps how far it is; its attempts are kept by `voicebot.store.attempts`."""
    values = {
        "phase": after.phase.value,
        "step": after.step,
        "procedure": after.procedure,
        "since": after.since,
        "due_at": after.due,
    }
    connection.execute(update(escalations).where(escalations.c.id == due.id).values(values))


def postpone(connection: Connection, due: Due, until: datetime) -> None:
    """Leaves it as it stands, and has it looked at later."""
    later = update(escalations).where(escalations.c.id == due.id).values(due_at=until)
    connection.execute(later)


def stop(connection: Connection, alert_id: int, at: datetime, *, but: int | None = None) -> None:
    """Ends it because the alert was taken or closed; what rings is taken back, `but` that one."""
    mine = escalations.c.alert_id == alert_id
    over = {"phase": Phase.TAKEN.value, "due_at": None}
    connection.execute(update(escalations).where(mine).values(over))
    of_mine = attempts.c.escalation_id.in_(select(escalations.c.id).where(mine))
    others = of_mine if but is None else and_(of_mine, attempts.c.id != but)
    take_back(connection, others, at)


def take_back(connection: Connection, which: ColumnElement[bool], at: datetime) -> None:
    """Takes rings back: those that have not begun end here, their worker hangs up the others."""
    not_begun = attempts.c.state == "pending"
    never = {"state": "ended", "outcome": "caller_left", "taken_back_at": at, "ended_at": at}
    connection.execute(update(attempts).where(which, not_begun).values(never))
    going_on = and_(attempts.c.state == "ringing", attempts.c.taken_back_at.is_(None))
    connection.execute(update(attempts).where(which, going_on).values(taken_back_at=at))


def decline(connection: Connection, alert_id: int, person: str, at: datetime) -> None:
    """A person will not come: his letters wait no more, his telephone stops, and it is due now."""
    mine = select(escalations.c.id).where(escalations.c.alert_id == alert_id)
    his = and_(attempts.c.escalation_id.in_(mine), attempts.c.person == person)
    take_back(connection, his, at)
    written = and_(his, attempts.c.state == "written")
    ended = {"state": "ended", "outcome": "declined", "ended_at": at}
    connection.execute(update(attempts).where(written).values(ended))
    look(connection, at, escalations.c.alert_id == alert_id)


def look(connection: Connection, at: datetime, which: ColumnElement[bool] | None = None) -> None:
    """Has running escalations looked at now, because something changed for them."""
    running = escalations.c.phase == Phase.RUNNING.value
    chosen = () if which is None else (which,)
    connection.execute(update(escalations).where(running, *chosen).values(due_at=at))


def skip(connection: Connection, alert_id: int, step: int, at: datetime) -> None:
    """Has a running policy go on at a later step now; past its last one its procedure begins."""
    policy = and_(
        escalations.c.alert_id == alert_id,
        escalations.c.phase == Phase.RUNNING.value,
        escalations.c.procedure.is_(False),
    )
    values = {"step": step, "since": None, "due_at": at}
    connection.execute(update(escalations).where(policy).values(values))


def read(connection: Connection, alert_id: int) -> Escalation | None:
    """How far the alert's escalation is; None when nobody is escalated to."""
    query = select(escalations).where(escalations.c.alert_id == alert_id)
    row = connection.execute(query).first()
    if row is None:
        return None
    kept = tuple(_attempts(connection, row.id))
    return Escalation(row.step, row.procedure, row.since, row.due_at, Phase(row.phase), kept)


def _due(now: datetime) -> Select[Any]:
    later = or_(escalations.c.due_at <= now, escalations.c.since > now)
    running = escalations.c.phase == Phase.RUNNING.value
    return select(escalations).where(running, later)


def _attempts(connection: Connection, escalation_id: int) -> dict[Attempt, int]:
    query = select(attempts).where(attempts.c.escalation_id == escalation_id)
    rows = connection.execute(query.order_by(attempts.c.id)).all()
    return {
        Attempt(
            row.step,
            row.procedure,
            row.person,
            Way(row.way),
            row.address,
            row.state in OPEN,
            row.outcome,
            row.taken_back_at is not None,
        ): row.id
        for row in rows
    }
