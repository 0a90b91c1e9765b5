"""The tables of letters, and of the links that some of them carry."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from voicebot.store.tables import Instant, metadata

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(128), nullable=False),
    Column("client", String(64), nullable=False),
    Column("way", String(16), nullable=False),
    Column("address", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("html", Text),
    # A call that is erased takes its alerts with it, and they the letters that tell of them.
    Column("alert_id", ForeignKey("alerts.id", ondelete="CASCADE")),
    Column("technician", String(64)),
    Column("asks", Boolean, nullable=False),
    Column("state", String(16), nullable=False),
    Column("posted_at", Instant, nullable=False),
    Column("until", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("lease", String(64)),
    Column("leased_until", Instant),
    Column("gateway", String(32)),
    Column("reference", String(128)),
    Column("code", String(64)),
    Column("why", Text),
    Column("sent_at", Instant),
    Column("delivered_at", Instant),
    Column("failed_at", Instant),
    Column("dismissed_at", Instant),
    UniqueConstraint("key"),
    Index(None, "state", "due_at"),
    Index(None, "alert_id"),
)

links = Table(
    "links",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("client", String(64), nullable=False),
    Column("technician", String(64), nullable=False),
    Column("alert_id", ForeignKey("alerts.id", ondelete="CASCADE")),
    Column("made_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    UniqueConstraint("digest"),
    Index(None, "expires_at"),
)
