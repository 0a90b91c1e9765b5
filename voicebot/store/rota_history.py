"""What was changed in a rota, by whom and when; what was taken back too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from voicebot.store.rota_tables import rota_changes


@dataclass(frozen=True)
class Made:
    """A change as it was written down."""

    id: int
    rota: str
    kind: str
    """add, remove, replace; or temporary."""
    start: datetime
    end: datetime
    add: str | None
    remove: str | None
    level: int
    reason: str
    swap_id: int | None
    made_by: str
    made_at: datetime
    withdrawn_by: str | None
    withdrawn_at: datetime | None


COLUMNS = tuple(rota_changes.c[name] for name in Made.__dataclass_fields__)


def made(
    connection: Connection, client: str, start: datetime, end: datetime, most: int = 50
) -> tuple[Made, ...]:
    """The changes that touch a period, the last made first."""
    query = (
        select(*COLUMNS)
        .where(
            rota_changes.c.client == client,
            rota_changes.c.end > start,
            rota_changes.c.start < end,
        )
        .order_by(rota_changes.c.id.desc())
        .limit(most)
    )
    return tuple(Made(**row._mapping) for row in connection.execute(query))


def find(connection: Connection, client: str, id: int) -> Made | None:
    """One change; None where there is none of that number."""
    mine = (rota_changes.c.id == id) & (rota_changes.c.client == client)
    row = connection.execute(select(*COLUMNS).where(mine)).first()
    return Made(**row._mapping) if row else None
