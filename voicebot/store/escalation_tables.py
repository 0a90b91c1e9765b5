"""The tables of alerts on their way to a person: time lines, escalations, attempts."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
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

alert_calls = Table(
    "alert_calls",
    metadata,
    # The calls that joined an alert which another call had raised.
    Column("alert_id", ForeignKey("alerts.id", ondelete="CASCADE"), primary_key=True),
    Column("call_id", ForeignKey("calls.id", ondelete="CASCADE"), primary_key=True),
    Column("at", Instant, nullable=False),
    Index(None, "call_id"),
)

alert_changes = Table(
    "alert_changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("alert_id", ForeignKey("alerts.id", ondelete="CASCADE"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("way", String(16), nullable=False),
    Column("who", String(64), nullable=False),
    Column("data", JSON, nullable=False),
    Index(None, "alert_id"),
    Index(None, "who", "at"),
)

escalations = Table(
    "escalations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("alert_id", ForeignKey("alerts.id", ondelete="CASCADE"), nullable=False),
    Column("client", String(64), nullable=False),
    Column("phase", String(16), nullable=False),
    Column("step", Integer, nullable=False),
    Column("procedure", Boolean, nullable=False),
    Column("since", Instant),
    Column("due_at", Instant),
    UniqueConstraint("alert_id"),
    Index(None, "due_at"),
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("escalation_id", ForeignKey("escalations.id", ondelete="CASCADE"), nullable=False),
    Column("key", String(128), nullable=False),
    Column("procedure", Boolean, nullable=False),
    Column("step", Integer, nullable=False),
    Column("person", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("way", String(16), nullable=False),
    Column("address", Text, nullable=False),
    Column("ring_s", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("outcome", String(16)),
    Column("posted_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("started_at", Instant),
    Column("taken_back_at", Instant),
    Column("ended_at", Instant),
    # Who rings, and how often he said that he still does: a ring whose number stands still is
    # in doubt. A number and no time, so that no jump of a clock makes one look abandoned.
    Column("owner", String(128)),
    Column("beat", Integer, nullable=False, server_default="0"),
    Column("refused", Integer, nullable=False, server_default="0"),
    UniqueConstraint("key"),
    UniqueConstraint("escalation_id", "procedure", "step", "person", "way", "address"),
    Index(None, "state", "due_at"),
    Index(None, "person", "posted_at"),
)
