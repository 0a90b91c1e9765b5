"""The tables of the rota's daily life: changes, swaps, verified contacts, shift starts."""

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

swaps = Table(
    "swaps",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("client", String(64), nullable=False),
    Column("rota", String(64), nullable=False),
    Column("asker", String(64), nullable=False),
    Column("asked", String(64), nullable=False),
    Column("start", Instant, nullable=False),
    Column("end", Instant, nullable=False),
    Column("back_start", Instant),
    Column("back_end", Instant),
    Column("state", String(16), nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("answered_at", Instant),
    Index(None, "client", "state"),
)

rota_changes = Table(
    "rota_changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("client", String(64), nullable=False),
    Column("rota", String(64), nullable=False),
    # add, remove, replace; or temporary, whose shifts stand in `shifts`.
    Column("kind", String(16), nullable=False),
    Column("start", Instant, nullable=False),
    Column("end", Instant, nullable=False),
    Column("add", String(64)),
    Column("remove", String(64)),
    Column("level", Integer, nullable=False),
    Column("shifts", JSON(none_as_null=True)),
    Column("reason", Text, nullable=False),
    Column("exceptional", Boolean, nullable=False),
    Column("swap_id", ForeignKey("swaps.id")),
    Column("made_by", String(64), nullable=False),
    Column("made_at", Instant, nullable=False),
    # A change that is taken back stays: who was on call, and by whose word, can be proven.
    Column("withdrawn_by", String(64)),
    Column("withdrawn_at", Instant),
    Index(None, "client", "end"),
)

contact_checks = Table(
    "contact_checks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("client", String(64), nullable=False),
    Column("technician", String(64), nullable=False),
    Column("address", String(320), nullable=False),
    Column("digest", String(64)),
    Column("expires_at", Instant),
    Column("tries", Integer, nullable=False),
    Column("verified_at", Instant),
    Column("verified_by", String(64)),
    UniqueConstraint("client", "technician", "address"),
)

confirmations = Table(
    "confirmations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("client", String(64), nullable=False),
    Column("rota", String(64), nullable=False),
    Column("technician", String(64), nullable=False),
    Column("shift_start", Instant, nullable=False),
    Column("shift_end", Instant, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("confirmed_at", Instant),
    Column("confirmed_by", String(16)),
    Column("missed_at", Instant),
    UniqueConstraint("client", "rota", "technician", "shift_start"),
    Index(None, "client", "shift_end"),
)
