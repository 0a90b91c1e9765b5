"""The attempts to reach somebody: rings that wait, ring and end; letters that were posted."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, and_, exists, func, insert, select, update

from voicebot.oncall.alert import AlertChange, By, Happening
from voicebot.oncall.escalation import Attempt
from voicebot.oncall.technician import Technician, Way
from voicebot.store.alert_changes import note
from voicebot.store.escalation_tables import attempts, escalations

REFUSED_S = (1, 2, 4, 8, 15)
"""How long a ring waits after the exchange refused it once, twice …"""


class State(StrEnum):
    """How far an attempt is."""

    PENDING = "pending"
    """A ring that must be made."""
    RINGING = "ringing"
    """A worker makes it, or died over it."""
    WRITTEN = "written"
    """A letter was posted."""
    ENDED = "ended"


@dataclass(frozen=True)
class Ring:
    """A ring that a worker makes."""

    id: int
    alert_id: int
    client: str
    key: str
    """The ring's own: known before it is made, so that the exchange can be asked about it."""
    person: str
    name: str
    language: str
    address: str
    ring_s: int
    owner: str
    beat: int
    """How often its worker said that it still rings."""
    taken_back: bool


def add(
    connection: Connection,
    escalation_id: int,
    attempt: Attempt,
    person: Technician,
    now: datetime,
    ring_for: timedelta,
) -> str:
    """Keeps a new attempt, and gives its key. The table refuses the same attempt twice."""
    place = f"{'p' if attempt.procedure else 's'}{attempt.step}"
    key = f"{secrets.token_hex(6)}-{escalation_id}-{place}-{attempt.way}"
    ring = attempt.way is Way.RING
    values = {
        "escalation_id": escalation_id,
        "key": key,
        "procedure": attempt.procedure,
        "step": attempt.step,
        "person": person.id,
        "name": person.name,
        "language": person.language,
        "way": attempt.way.value,
        "address": attempt.address,
        "ring_s": round(ring_for.total_seconds()),
        "state": (State.PENDING if ring else State.WRITTEN).value,
        "posted_at": now,
        "due_at": now,
    }
    connection.execute(insert(attempts).values(values))
    return key


def waiting(connection: Connection, now: datetime) -> bool:
    """Whether there is a ring to be made: a look that writes nothing and holds nothing."""
    pending = and_(attempts.c.state == State.PENDING.value, attempts.c.due_at <= now)
    return connection.execute(select(attempts.c.id).where(pending).limit(1)).first() is not None


def next_due(connection: Connection) -> datetime | None:
    """When the next ring must be made; None when none waits."""
    pending = attempts.c.state == State.PENDING.value
    return connection.execute(select(func.min(attempts.c.due_at)).where(pending)).scalar()


def claim(connection: Connection, owner: str, now: datetime, most: int = 50) -> tuple[Ring, ...]:
    """Takes the rings that must be made; they are this worker's from the commit on.

    A telephone that rings for another alert is not rung a second time meanwhile.
    """
    other = attempts.alias()
    engaged = exists().where(
        other.c.state == State.RINGING.value, other.c.address == attempts.c.address
    )
    pending = and_(attempts.c.state == State.PENDING.value, attempts.c.due_at <= now)
    query = select(attempts.c.id, attempts.c.address).where(pending, ~engaged)
    query = query.order_by(attempts.c.due_at, attempts.c.id).limit(most)
    rows = connection.execute(query.with_for_update(skip_locked=True)).all()
    first = {row.address: row.id for row in reversed(rows)}
    ids = sorted(first.values())
    begun = {"state": State.RINGING.value, "owner": owner, "started_at": now, "beat": 0}
    connection.execute(update(attempts).where(attempts.c.id.in_(ids)).values(begun))
    rings = _rings(connection, ids)
    for ring in rings:
        note(connection, ring.alert_id, _line(ring, Happening.RUNG, now, {"key": ring.key}))
    return rings


def beat(connection: Connection, owner: str, ids: Collection[int]) -> None:
    """Says that these rings go on."""
    mine = and_(attempts.c.id.in_(ids), attempts.c.owner == owner)
    connection.execute(update(attempts).where(mine).values(beat=attempts.c.beat + 1))


def taken_back(connection: Connection, ids: Collection[int]) -> frozenset[int]:
    """Those of these rings that are to be hung up, or are another worker's by now."""
    query = select(attempts.c.id).where(
        attempts.c.id.in_(ids),
        (attempts.c.taken_back_at.is_not(None)) | (attempts.c.state != State.RINGING.value),
    )
    return frozenset(connection.execute(query).scalars())


def ringing(connection: Connection, but: str) -> tuple[Ring, ...]:
    """The rings of other workers than `but`: alive, or in doubt."""
    query = select(attempts.c.id).where(
        attempts.c.state == State.RINGING.value, attempts.c.owner != but
    )
    return _rings(connection, list(connection.execute(query).scalars()))


def inherit(connection: Connection, ring: Ring, owner: str) -> Ring | None:
    """Takes over a ring in doubt; None when its worker showed up, or another one took it."""
    same = and_(_still(ring), attempts.c.beat == ring.beat)
    taken = update(attempts).where(same).values(owner=owner, beat=0)
    if connection.execute(taken).rowcount == 0:
        return None
    return replace(ring, owner=owner, beat=0)


def again(connection: Connection, ring: Ring, now: datetime) -> bool:
    """The ring was not made, and has to be: it waits, longer each time."""
    row = connection.execute(select(attempts).where(attempts.c.id == ring.id)).one()
    if row.taken_back_at is not None:
        return end(connection, ring, "caller_left", now)
    wait = REFUSED_S[min(row.refused, len(REFUSED_S) - 1)]
    values = {
        "state": State.PENDING.value,
        "owner": None,
        "refused": row.refused + 1,
        "due_at": now + timedelta(seconds=wait),
    }
    return connection.execute(update(attempts).where(_still(ring)).values(values)).rowcount == 1


def end(connection: Connection, ring: Ring, outcome: str, now: datetime) -> bool:
    """How the ring ended; its escalation is due. False when it is not this worker's any more."""
    values = {"state": State.ENDED.value, "outcome": outcome, "ended_at": now}
    if connection.execute(update(attempts).where(_still(ring)).values(values)).rowcount == 0:
        return False
    data = {"key": ring.key, "outcome": outcome}
    note(connection, ring.alert_id, _line(ring, Happening.RING_ENDED, now, data))
    mine = select(attempts.c.escalation_id).where(attempts.c.id == ring.id).scalar_subquery()
    due = and_(escalations.c.id == mine, escalations.c.phase == "running")
    connection.execute(update(escalations).where(due).values(due_at=now))
    return True


def of_alert(connection: Connection, alert_id: int) -> tuple[Row[Any], ...]:
    """The alert's attempts, as they stand in the table, the first first."""
    query = select(attempts).join(escalations).where(escalations.c.alert_id == alert_id)
    return tuple(connection.execute(query.order_by(attempts.c.id)).all())


def _still(ring: Ring) -> Any:
    return and_(
        attempts.c.id == ring.id,
        attempts.c.state == State.RINGING.value,
        attempts.c.owner == ring.owner,
    )


def _line(ring: Ring, kind: Happening, at: datetime, data: Mapping[str, Any]) -> AlertChange:
    return AlertChange(kind, at, By.WORKER, ring.person, {"name": ring.name, **data})


def _rings(connection: Connection, ids: Collection[int]) -> tuple[Ring, ...]:
    row, other = attempts.c, escalations.c
    query = (
        select(attempts, other.alert_id, other.client)
        .join(escalations, other.id == row.escalation_id)
        .where(row.id.in_(ids))
        .order_by(row.id)
    )
    return tuple(
        Ring(
            found.id,
            found.alert_id,
            found.client,
            found.key,
            found.person,
            found.name,
            found.language,
            found.address,
            found.ring_s,
            found.owner,
            found.beat,
            found.taken_back_at is not None,
        )
        for found in connection.execute(query)
    )
