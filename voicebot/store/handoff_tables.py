"""The tables of handing over: operators' presence, transfers and their legs, notes on calls."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
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

call_notes = Table(
    "call_notes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("call_id", ForeignKey("calls.id", ondelete="CASCADE"), nullable=False),
    Column("at", Instant, nullable=False),
    # Of the account; kept as a number, so that a note outlives it.
    Column("operator", Integer, nullable=False),
    Column("name", String(64), nullable=False),
    Column("text", Text, nullable=False),
    # What became of the matter: given once, behind the call. Null for a note during it.
    Column("outcome", String(32)),
    Index(None, "call_id", "id"),
)

operators = Table(
    "operators",
    metadata,
    # The account's id. Not its key: what she was outlives her account.
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("name", String(64), nullable=False),
    Column("skills", JSON, nullable=False),
    Column("languages", JSON, nullable=False),
    Column("at_once", Integer, nullable=False),
    Column("presence", String(16), nullable=False),
    Column("since", Instant, nullable=False),
)

presence_changes = Table(
    "presence_changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("operator", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("presence", String(16), nullable=False),
    Index(None, "operator", "at"),
)

transfers = Table(
    "transfers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("call_id", ForeignKey("calls.id", ondelete="CASCADE"), nullable=False),
    Column("reason", String(16), nullable=False),
    # The operator who took the call over; null where the conversation wanted a person.
    Column("by", String(64)),
    Column("began_at", Instant, nullable=False),
    Column("joined_at", Instant),
    Column("ended_at", Instant),
    Column("result", String(16)),
    Column("person", Text),
    Index(None, "call_id"),
    Index(None, "began_at"),
)

transfer_legs = Table(
    "transfer_legs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("transfer_id", ForeignKey("transfers.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("target", String(16), nullable=False),
    Column("person", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("began_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("outcome", String(16)),
    # Why somebody declined, in her own words.
    Column("reason", Text),
    UniqueConstraint("transfer_id", "number"),
)
