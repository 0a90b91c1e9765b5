"""The tables. A change here needs a migration beside it; a test compares the two."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)


class Instant(TypeDecorator[datetime]):
    """An instant: UTC in the store, and aware of it in Python.

    SQLite keeps no zone, so a naive time would silently become a wrong one: it is refused.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turns any aware time into UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time in the store needs its zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Says that what was read is UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

calls = Table(
    "calls",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("client", String(64), nullable=False),
    Column("caller_number", String(32)),
    Column("called", String(64)),
    Column("language", String(8), nullable=False),
    Column("situation", String(32)),
    Column("started_at", Instant, nullable=False),
    Column("answered_at", Instant),
    Column("ended_at", Instant),
    Column("outcome", String(32)),
    Column("cause", String(32)),
    Column("urgency", String(16)),
    Column("rule", String(128)),
    Column("because", Text),
    Column("words", JSON(none_as_null=True)),
    # What was said and left, folded to lower case without accents, so that "degat" finds
    # "Dégât" in any database. Last, because it is long and the pages never read it.
    Column("search", Text, nullable=False, server_default=""),
    Index(None, "started_at"),
    Index(None, "client", "started_at"),
    Index(None, "ended_at"),
)

journal = Table(
    "journal",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("call_id", ForeignKey("calls.id", ondelete="CASCADE"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("data", JSON, nullable=False),
    UniqueConstraint("call_id", "seq"),
)

messages = Table(
    "messages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("call_id", ForeignKey("calls.id", ondelete="CASCADE"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("fields", JSON, nullable=False),
    Column("complete", Boolean, nullable=False),
    UniqueConstraint("call_id"),
)

alerts = Table(
    "alerts",
    metadata,
    Column("id", Integer, primary_key=True),
    # Null where no call raised it: a technician did not confirm the start of his shift.
    Column("call_id", ForeignKey("calls.id", ondelete="CASCADE")),
    Column("at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("urgency", String(16), nullable=False),
    Column("rule", String(128), nullable=False),
    Column("because", Text),
    Column("fields", JSON, nullable=False),
    Column("state", String(16), nullable=False),
    # What tells that another call is about the same: whose it is, who calls, for which place.
    Column("client", String(64), nullable=False, server_default=""),
    Column("caller", String(32)),
    Column("site", Text),
    Column("flagged_at", Instant),
    Column("acknowledged_at", Instant),
    Column("acknowledged_by", String(64)),
    Column("closed_at", Instant),
    UniqueConstraint("call_id", "rule"),
    Index(None, "state", "at"),
    Index(None, "client", "at"),
)
