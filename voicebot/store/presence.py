"""Operators: what each can take, what she said she was, and since when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from voicebot.accounts.takes import Takes
from voicebot.store.handoff_tables import operators, presence_changes

NEW = "break"
"""What somebody is who was never seen: nobody is available before she says so."""
SEEN_ONLY = "offline"
"""A presence that is seen and not chosen: it goes into the history alone."""


@dataclass(frozen=True)
class Profile:
    """What is kept of an operator."""

    id: int
    """Of her account."""
    name: str
    skills: frozenset[str]
    languages: frozenset[str]
    at_once: int
    presence: str
    """available, break, after_call or away."""
    since: datetime

    @property
    def takes(self) -> Takes:
        """Which calls she is rung for."""
        return Takes(self.skills, self.languages, self.at_once)


def read(connection: Connection, operator: int) -> Profile | None:
    """Hers; None for an account that never opened a console, and has no profile."""
    row = connection.execute(select(operators).where(operators.c.id == operator)).first()
    if row is None:
        return None
    return Profile(
        row.id,
        row.name,
        frozenset(row.skills),
        frozenset(row.languages),
        row.at_once,
        row.presence,
        row.since,
    )


def describe(
    connection: Connection,
    operator: int,
    *,
    name: str,
    at: datetime,
    skills: Iterable[str] = (),
    languages: Iterable[str] = ("fr",),
    at_once: int = 1,
) -> None:
    """Keeps what she can take; her presence stays as it was."""
    values = {
        "name": name,
        "skills": sorted(skills),
        "languages": sorted(languages),
        "at_once": at_once,
    }
    changed = update(operators).where(operators.c.id == operator).values(values)
    if connection.execute(changed).rowcount == 0:
        row = {"id": operator, **values, "presence": NEW, "since": at}
        connection.execute(insert(operators).values(row))


def keep(connection: Connection, operator: int, name: str, presence: str, at: datetime) -> None:
    """Keeps a change of her presence."""
    connection.execute(insert(presence_changes).values(operator=operator, presence=presence, at=at))
    if presence == SEEN_ONLY:
        return
    if read(connection, operator) is None:
        describe(connection, operator, name=name, at=at)
    values = {"name": name, "presence": presence, "since": at}
    connection.execute(update(operators).where(operators.c.id == operator).values(values))


def history(
    connection: Connection, operator: int, since: datetime
) -> tuple[tuple[datetime, str], ...]:
    """Her changes from an instant on, the first first."""
    table = presence_changes
    query = select(table.c.at, table.c.presence).where(
        table.c.operator == operator, table.c.at >= since
    )
    return tuple((row.at, row.presence) for row in connection.execute(query.order_by(table.c.id)))
