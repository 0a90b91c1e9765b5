"""Transfers and their legs: written from the call's journal, read by pages and reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, insert, select, update

from voicebot.store.entry import Entry
from voicebot.store.handoff_tables import transfer_legs, transfers

BROKEN = "broken"
"""The result of a transfer whose call ended before it did."""


@dataclass(frozen=True)
class KeptLeg:
    """One person who was rung."""

    number: int
    target: str
    """operators, on_call or people."""
    person: str
    name: str
    began_at: datetime
    ended_at: datetime | None
    outcome: str | None
    reason: str | None
    """Why she declined, in her own words."""


@dataclass(frozen=True)
class KeptTransfer:
    """One search for a person, with its legs in order."""

    id: int
    call_id: str
    reason: str
    """asked, urgent or taken_over."""
    by: str | None
    began_at: datetime
    joined_at: datetime | None
    ended_at: datetime | None
    result: str | None
    person: str | None
    legs: tuple[KeptLeg, ...] = ()

    @property
    def waited_s(self) -> float | None:
        """How long the caller waited to be joined, or in vain; None while he still does."""
        until = self.joined_at or self.ended_at
        return (until - self.began_at).total_seconds() if until else None


def began(connection: Connection, call_id: str, entry: Entry) -> None:
    """A person is wanted."""
    connection.execute(
        insert(transfers).values(
            call_id=call_id,
            reason=str(entry.data["reason"]),
            by=entry.data.get("by"),
            began_at=entry.at,
        )
    )


def leg(connection: Connection, call_id: str, entry: Entry) -> None:
    """A person is rung, or her ring has ended."""
    transfer = connection.execute(select(func.max(transfers.c.id)).where(_open(call_id))).scalar()
    if transfer is None:
        return
    data = entry.data
    this = and_(transfer_legs.c.transfer_id == transfer, transfer_legs.c.number == data["number"])
    if data["state"] == "ringing":
        connection.execute(
            insert(transfer_legs).values(
                transfer_id=transfer,
                number=data["number"],
                target=data["target"],
                person=data["person"],
                name=data["name"],
                began_at=entry.at,
            )
        )
        return
    values = {"ended_at": entry.at, "outcome": data["outcome"], "reason": data.get("reason")}
    connection.execute(update(transfer_legs).where(this).values(name=data["name"], **values))


def joined(connection: Connection, call_id: str, entry: Entry) -> None:
    """The caller and a person hear each other."""
    values = {"joined_at": entry.at, "person": entry.data["name"]}
    connection.execute(update(transfers).where(_open(call_id)).values(values))


def over(connection: Connection, call_id: str, entry: Entry) -> None:
    """What became of it."""
    values = {"ended_at": entry.at, "result": entry.data["result"]}
    if entry.data.get("person"):
        values["person"] = entry.data["person"]
    connection.execute(update(transfers).where(_open(call_id)).values(values))


def cut(connection: Connection, call_id: str, entry: Entry) -> None:
    """The call has ended: a transfer that has no end by then broke off."""
    broken = {"ended_at": entry.at, "result": BROKEN}
    connection.execute(update(transfers).where(_open(call_id)).values(broken))


def read(connection: Connection, call_id: str) -> tuple[KeptTransfer, ...]:
    """The call's transfers, the first first."""
    rows = connection.execute(
        select(transfers).where(transfers.c.call_id == call_id).order_by(transfers.c.id)
    ).all()
    return tuple(KeptTransfer(**row._mapping, legs=_legs(connection, row.id)) for row in rows)


def _legs(connection: Connection, transfer: int) -> tuple[KeptLeg, ...]:
    names = KeptLeg.__dataclass_fields__
    query = select(*(transfer_legs.c[name] for name in names))
    rows = connection.execute(
        query.where(transfer_legs.c.transfer_id == transfer).order_by(transfer_legs.c.number)
    )
    return tuple(KeptLeg(**row._mapping) for row in rows)


def _open(call_id: str) -> ColumnElement[bool]:
    return and_(transfers.c.call_id == call_id, transfers.c.result.is_(None))
