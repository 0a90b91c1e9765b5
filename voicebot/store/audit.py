"""The log of who saw and did what: lines are added, and never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, select

from voicebot.accounts.trace import Seen, Trace
from voicebot.store.accounts_tables import audit

KEPT = timedelta(days=366)
"""A year; the store itself refuses to forget sooner."""
AGAIN = timedelta(minutes=15)
"""Who looks at the same thing again within this time has seen it once: a player asks by pieces."""
PAGE_SIZE = 100


@dataclass(frozen=True)
class Wanted:
    """Which lines are wanted; an empty field wants them all."""

    who: str = ""
    kind: str = ""
    client: str = ""
    since: datetime | None = None
    until: datetime | None = None

    def condition(self) -> ColumnElement[bool]:
        """As SQL."""
        wanted: list[ColumnElement[bool]] = []
        if self.who:
            wanted.append(audit.c.who == self.who)
        if self.kind:
            wanted.append(audit.c.kind == self.kind)
        if self.client:
            wanted.append(audit.c.client == self.client)
        if self.since:
            wanted.append(audit.c.at >= self.since)
        if self.until:
            wanted.append(audit.c.at < self.until)
        return and_(True, *wanted)


@dataclass(frozen=True)
class AuditPage:
    """One page of the log, the latest line first."""

    lines: tuple[Trace, ...]
    number: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are; one when there is nothing."""
        return max(1, -(-self.total // PAGE_SIZE))


def note(connection: Connection, trace: Trace) -> None:
    """Adds a line."""
    row = {
        "at": trace.at,
        "kind": trace.kind.value,
        "user_id": trace.user_id,
        "who": trace.who,
        "client": trace.client[:64],
        "about": trace.about[:128],
        "detail": trace.detail[:500],
        "address": trace.address[:64],
    }
    connection.execute(insert(audit).values(row))


def noted(connection: Connection, trace: Trace) -> bool:
    """Whether the same was seen by the same person a moment ago."""
    same = select(audit.c.id).where(
        audit.c.about == trace.about,
        audit.c.at > trace.at - AGAIN,
        audit.c.at <= trace.at,
        audit.c.kind == trace.kind.value,
        audit.c.user_id == trace.user_id,
    )
    return connection.execute(same.limit(1)).first() is not None


def page(connection: Connection, wanted: Wanted, number: int = 1) -> AuditPage:
    """The lines that are wanted, the latest first."""
    condition = wanted.condition()
    total = connection.execute(select(func.count()).select_from(audit).where(condition))
    query = (
        select(audit)
        .where(condition)
        .order_by(audit.c.id.desc())
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    lines = tuple(
        Trace(
            at=row.at,
            kind=Seen(row.kind),
            who=row.who,
            user_id=row.user_id,
            client=row.client,
            about=row.about,
            detail=row.detail,
            address=row.address,
        )
        for row in connection.execute(query)
    )
    return AuditPage(lines, number, total.scalar_one())


def forget(connection: Connection, now: datetime) -> int:
    """Erases what is older than a year; gives how many lines."""
    return connection.execute(delete(audit).where(audit.c.at < now - KEPT)).rowcount
