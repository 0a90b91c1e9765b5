"""The outbox: letters that wait, leave, have left, or could not."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, insert, not_, or_, select, update
from sqlalchemy.exc import IntegrityError

from voicebot.delivery.letter import Channel, Letter
from voicebot.delivery.outcome import Outcome
from voicebot.delivery.standing import (
    USEFUL,
    Standing,
    State,
    claimed,
    free,
    furthest_due,
    furthest_lease,
    received,
    settled,
    withdrawn,
)
from voicebot.errors import NotFound
from voicebot.oncall.alert import AlertState
from voicebot.store.outbox_tables import outbox
from voicebot.store.tables import alerts

_ALERT_STATE = select(alerts.c.state).where(alerts.c.id == outbox.c.alert_id).scalar_subquery()
STANDING = tuple(field.name for field in fields(Standing))


@dataclass(frozen=True)
class Posted:
    """A letter in the outbox."""

    id: int
    letter: Letter
    standing: Standing
    in_doubt: bool = False
    """Whether the gateway may have it already, from an attempt before this one."""


def post(connection: Connection, letter: Letter) -> int:
    """Puts a letter into the outbox, within the transaction of whoever writes it; gives its id.

    A second letter under the same key is the first one: nothing is added.
    """
    standing = Standing(until=letter.until or letter.at + USEFUL, due_at=letter.at)
    row = {
        "key": letter.key,
        "client": letter.client,
        "way": letter.way.value,
        "address": letter.address,
        "subject": letter.subject,
        "text": letter.text,
        "html": letter.html,
        "alert_id": letter.alert_id,
        "technician": letter.technician,
        "asks": letter.asks,
        "posted_at": letter.at,
        **asdict(standing),
    }
    try:
        # A transaction within the other one: a key that is taken must not undo what came before.
        with connection.begin_nested():
            return int(connection.execute(insert(outbox).returning(outbox.c.id), row).scalar_one())
    except IntegrityError:
        taken = select(outbox.c.id).where(outbox.c.key == letter.key)
        known = connection.execute(taken).scalar()
        if known is None:  # it was not the key
            raise
        return int(known)


def waiting(
    connection: Connection, ways: Collection[Channel], now: datetime, held: Collection[int] = ()
) -> bool:
    """Whether `claim` would find something; a look costs no lock, and most looks find nothing."""
    query = select(outbox.c.id).where(_wanted(ways, now, held)).limit(1)
    return connection.execute(query).first() is not None


def claim(
    connection: Connection,
    ways: Collection[Channel],
    lease: str,
    now: datetime,
    *,
    limit: int = 50,
    held: Collection[int] = (),
) -> tuple[Posted, ...]:
    """Takes letters that are due, those of alerts first; no other worker gets them.

    Letters whose time has passed are given up, those that no gateway here could send among them;
    they come back too, as failed ones. A letter that asks for what somebody has done meanwhile is
    withdrawn.

    Args:
        connection: of a transaction that writes.
        ways: those for which there is a gateway.
        lease: names this claim, as no other one is named.
        now: the time.
        limit: letters taken at most.
        held: letters that this process is sending, and will not take from itself.
    """
    query = (
        select(outbox, _ALERT_STATE.label("alert_state"))
        .where(_wanted(ways, now, held))
        .order_by(outbox.c.alert_id.is_(None), outbox.c.due_at, outbox.c.id)
        .limit(limit)
        # Where several can write at once, each takes what the others have not.
        .with_for_update(skip_locked=True)
    )
    taken = []
    for row in connection.execute(query).all():
        standing = read(row).standing
        if not free(standing, now):
            continue
        if row.asks and row.alert_state not in (None, AlertState.TRIGGERED):
            _write(connection, row, withdrawn(standing, now))
        else:
            posted = _write(connection, row, claimed(standing, lease, now))
            taken.append(replace(posted, in_doubt=standing.in_doubt))
    return tuple(taken)


def settle(
    connection: Connection,
    letter_id: int,
    lease: str,
    outcome: Outcome,
    gateway: str,
    now: datetime,
    jitter: float,
) -> Standing:
    """Writes what came of an attempt; gives how the letter stands now."""

    def change(standing: Standing) -> Standing:
        return settled(standing, lease, outcome, gateway, now, jitter)

    return changed(connection, outbox.c.id == letter_id, change).standing


def receipt(
    connection: Connection,
    which: ColumnElement[bool],
    delivered: bool,
    now: datetime,
    *,
    code: str | None = None,
    why: str | None = None,
) -> Posted:
    """Writes a carrier's receipt.

    Args:
        connection: of a transaction that writes.
        which: `by_key` or `by_reference`.
        delivered: or failed.
        now: when it came.
        code: the carrier's, fit for a log.
        why: its words.

    Raises:
        NotFound: no letter is meant.
    """
    return changed(connection, which, lambda old: received(old, delivered, code, why, now))


def references(connection: Connection, gateway: str, address: str) -> frozenset[str]:
    """What that gateway calls the letters that it took for that address."""
    query = select(outbox.c.reference).where(
        outbox.c.gateway == gateway,
        outbox.c.address == address,
        outbox.c.reference.is_not(None),
    )
    return frozenset(connection.execute(query).scalars())


def by_key(key: str) -> ColumnElement[bool]:
    """The letter of that key."""
    return outbox.c.key == key


def by_reference(gateway: str, reference: str) -> ColumnElement[bool]:
    """The letter that a gateway calls so."""
    return and_(outbox.c.gateway == gateway, outbox.c.reference == reference)


def changed(
    connection: Connection, which: ColumnElement[bool], change: Callable[[Standing], Standing]
) -> Posted:
    """Changes how a letter stands.

    Raises:
        NotFound: there is no such letter.
    """
    row = connection.execute(select(outbox).where(which).with_for_update()).first()
    if row is None:
        raise NotFound("no such letter in the outbox")
    return _write(connection, row, change(read(row).standing))


def read(row: Any) -> Posted:
    """The letter in a row of the outbox."""
    letter = Letter(
        way=Channel(row.way),
        address=row.address,
        text=row.text,
        key=row.key,
        client=row.client,
        at=row.posted_at,
        subject=row.subject,
        html=row.html,
        alert_id=row.alert_id,
        technician=row.technician,
        asks=row.asks,
        until=row.until,
    )
    standing = {name: getattr(row, name) for name in STANDING} | {"state": State(row.state)}
    return Posted(row.id, letter, Standing(**standing))


def _write(connection: Connection, row: Any, standing: Standing) -> Posted:
    connection.execute(update(outbox).where(outbox.c.id == row.id).values(**asdict(standing)))
    return Posted(row.id, read(row).letter, standing)


def _wanted(ways: Collection[Channel], now: datetime, held: Collection[int]) -> ColumnElement[bool]:
    needless = and_(outbox.c.asks, _ALERT_STATE != AlertState.TRIGGERED)
    ours = or_(outbox.c.way.in_(ways), outbox.c.until <= now, needless)
    return and_(_free(now), ours, not_(outbox.c.id.in_(held)))


def _free(now: datetime) -> ColumnElement[bool]:
    """`voicebot.delivery.standing.free`, as a condition of SQL."""
    due, leased = outbox.c.due_at, outbox.c.leased_until
    return or_(
        and_(
            outbox.c.state == State.PENDING,
            or_(due <= now, due > furthest_due(now)),
        ),
        and_(outbox.c.state == State.SENDING, or_(leased <= now, leased > furthest_lease(now))),
    )
