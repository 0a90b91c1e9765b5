"""The tables of handing over: what operators note about calls."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

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
