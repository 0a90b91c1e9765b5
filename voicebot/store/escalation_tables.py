"""The tables of alerts on their way to a person: time lines, escalations, attempts."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, Table, UniqueConstraint

from voicebot.store.columns import alert, instant, name, number, text, word
from voicebot.store.tables import metadata

alert_calls = Table(
    "alert_calls",
    metadata,
    # The calls that joined an alert which another call had raised.
    alert(primary_key=True),
    Column("call_id", ForeignKey("calls.id", ondelete="CASCADE"), primary_key=True),
    instant("at"),
    Index(None, "call_id"),
)

alert_changes = Table(
    "alert_changes",
    metadata,
    number(),
    alert(),
    instant("at"),
    word("kind", 32),
    word("way"),
    name("who"),
    Column("data", JSON, nullable=False),
    Index(None, "alert_id"),
    Index(None, "who", "at"),
)

escalations = Table(
    "escalations",
    metadata,
    number(),
    alert(),
    name("client"),
    word("phase"),
    Column("step", Integer, nullable=False),
    Column("procedure", Boolean, nullable=False),
    instant("since", optional=True),
    instant("due_at", optional=True),
    UniqueConstraint("alert_id"),
    Index(None, "due_at"),
)

attempts = Table(
    "attempts",
    metadata,
    number(),
    Column("escalation_id", ForeignKey("escalations.id", ondelete="CASCADE"), nullable=False),
    word("key", 128),
    Column("procedure", Boolean, nullable=False),
    Column("step", Integer, nullable=False),
    name("person"),
    text("name"),
    word("language", 8),
    word("way"),
    text("address"),
    Column("ring_s", Integer, nullable=False),
    word("state"),
    word("outcome", optional=True),
    instant("posted_at"),
    instant("due_at"),
    instant("started_at", optional=True),
    instant("taken_back_at", optional=True),
    instant("ended_at", optional=True),
    # Who rings, and how often he said that he still does: a ring whose number stands still is
    # in doubt. A number and no time, so that no jump of a clock makes one look abandoned.
    word("owner", 128, optional=True),
    Column("beat", Integer, nullable=False, server_default="0"),
    Column("refused", Integer, nullable=False, server_default="0"),
    UniqueConstraint("key"),
    UniqueConstraint("escalation_id", "procedure", "step", "person", "way", "address"),
    Index(None, "state", "due_at"),
    Index(None, "person", "posted_at"),
)
