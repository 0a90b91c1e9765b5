"""The tables of letters, and of the links that some of them carry."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, Table, UniqueConstraint

from voicebot.store.columns import alert, instant, name, number, text, word
from voicebot.store.tables import metadata

outbox = Table(
    "outbox",
    metadata,
    number(),
    word("key", 128),
    name("client"),
    word("way"),
    text("address"),
    text("subject"),
    text("text"),
    text("html", optional=True),
    alert(optional=True),
    name("technician", optional=True),
    Column("asks", Boolean, nullable=False),
    word("state"),
    instant("posted_at"),
    instant("until"),
    instant("due_at"),
    Column("attempts", Integer, nullable=False),
    name("lease", optional=True),
    instant("leased_until", optional=True),
    word("gateway", 32, optional=True),
    word("reference", 128, optional=True),
    name("code", optional=True),
    text("why", optional=True),
    instant("sent_at", optional=True),
    instant("delivered_at", optional=True),
    instant("failed_at", optional=True),
    instant("dismissed_at", optional=True),
    UniqueConstraint("key"),
    Index(None, "state", "due_at"),
    Index(None, "alert_id"),
)

links = Table(
    "links",
    metadata,
    number(),
    name("digest"),
    name("client"),
    name("technician"),
    alert(optional=True),
    instant("made_at"),
    instant("expires_at"),
    UniqueConstraint("digest"),
    Index(None, "expires_at"),
)
