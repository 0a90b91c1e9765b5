"""Letters that did not arrive: their list, their alarm, and what a person does about them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, func, or_, select, true

from voicebot.delivery.standing import State, dismissed, retried
from voicebot.store.outbox import Posted, changed, read
from voicebot.store.outbox_tables import outbox

LATE = timedelta(minutes=2)
"""A letter that has not left by then is somebody's business: no gateway, or none that works."""
WAITING = (State.PENDING, State.SENDING)


@dataclass(frozen=True)
class Alarm:
    """What a person has to look at."""

    failed: int
    """Letters that were given up, and that nobody has taken note of."""
    late: int
    """Letters that should have left and have not."""
    since: datetime | None
    """When the oldest of them was written."""

    def __bool__(self) -> bool:
        return bool(self.failed or self.late)


_FAILED = and_(outbox.c.state == State.FAILED, outbox.c.dismissed_at.is_(None))


def alarm(
    connection: Connection,
    now: datetime,
    client: str | None = None,
    among: Collection[str] | None = None,
) -> Alarm:
    """Whether letters lie undelivered, of one client, of some, or of all."""
    late = and_(outbox.c.state.in_(WAITING), outbox.c.posted_at <= now - LATE)
    whose = outbox.c.client == client if client else true()
    if among is not None:
        whose = and_(whose, outbox.c.client.in_(sorted(among)))
    counts = []
    for condition in (_FAILED, late):
        counted = select(func.count()).select_from(outbox).where(condition, whose)
        counts.append(connection.execute(counted).scalar_one())
    # Not MIN(): an aggregate would lose the type that knows the zone in some databases.
    oldest = select(outbox.c.posted_at).where(or_(_FAILED, late), whose)
    since = connection.execute(oldest.order_by(outbox.c.posted_at).limit(1)).scalar()
    return Alarm(counts[0], counts[1], since)


def dead(connection: Connection, limit: int = 200) -> tuple[Posted, ...]:
    """The letters that were given up and that nobody has taken note of, the latest first."""
    query = select(outbox).where(_FAILED).order_by(outbox.c.failed_at.desc()).limit(limit)
    return tuple(read(row) for row in connection.execute(query))


def listed(
    connection: Connection,
    states: Collection[State] = tuple(State),
    *,
    alert_id: int | None = None,
    limit: int = 200,
) -> tuple[Posted, ...]:
    """Letters in these states, the latest first; of one alert, or of all."""
    query = select(outbox).where(outbox.c.state.in_(states))
    if alert_id is not None:
        query = query.where(outbox.c.alert_id == alert_id)
    query = query.order_by(outbox.c.posted_at.desc(), outbox.c.id.desc()).limit(limit)
    return tuple(read(row) for row in connection.execute(query))


def retry(connection: Connection, letter_id: int, now: datetime) -> Posted:
    """Tries a letter that failed anew, from now; one that did not fail stays as it is.

    Raises:
        NotFound: there is no such letter.
    """
    return changed(connection, outbox.c.id == letter_id, lambda old: retried(old, now))


def dismiss(connection: Connection, letter_id: int, now: datetime) -> Posted:
    """Takes note of a failure, so that it alarms no more.

    Raises:
        NotFound: there is no such letter.
    """
    return changed(connection, outbox.c.id == letter_id, lambda old: dismissed(old, now))
