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
    UniqueConstraint,
)

from voicebot.store.columns import instant, name, number, text, word
from voicebot.store.tables import metadata

swaps = Table(
    "swaps",
    metadata,
    number(),
    name("client"),
    name("rota"),
    name("asker"),
    name("asked"),
    instant("start"),
    instant("end"),
    instant("back_start", optional=True),
    instant("back_end", optional=True),
    word("state"),
    instant("asked_at"),
    instant("answered_at", optional=True),
    Index(None, "client", "state"),
)

rota_changes = Table(
    "rota_changes",
    metadata,
    number(),
    name("client"),
    name("rota"),
    # add, remove, replace; or temporary, whose shifts stand in `shifts`.
    word("kind"),
    instant("start"),
    instant("end"),
    name("add", optional=True),
    name("remove", optional=True),
    Column("level", Integer, nullable=False),
    Column("shifts", JSON(none_as_null=True)),
    text("reason"),
    Column("exceptional", Boolean, nullable=False),
    Column("swap_id", ForeignKey("swaps.id")),
    name("made_by"),
    instant("made_at"),
    # A change that is taken back stays: who was on call, and by whose word, can be proven.
    name("withdrawn_by", optional=True),
    instant("withdrawn_at", optional=True),
    Index(None, "client", "end"),
)

contact_checks = Table(
    "contact_checks",
    metadata,
    number(),
    name("client"),
    name("technician"),
    Column("address", String(320), nullable=False),
    name("digest", optional=True),
    instant("expires_at", optional=True),
    Column("tries", Integer, nullable=False),
    instant("verified_at", optional=True),
    name("verified_by", optional=True),
    UniqueConstraint("client", "technician", "address"),
)

confirmations = Table(
    "confirmations",
    metadata,
    number(),
    name("client"),
    name("rota"),
    name("technician"),
    instant("shift_start"),
    instant("shift_end"),
    instant("asked_at"),
    instant("confirmed_at", optional=True),
    word("confirmed_by", optional=True),
    instant("missed_at", optional=True),
    UniqueConstraint("client", "rota", "technician", "shift_start"),
    Index(None, "client", "shift_end"),
)
