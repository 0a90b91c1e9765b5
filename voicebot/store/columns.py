"""The kinds of columns that tables are made of, each described once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, String, Text

from voicebot.store.tables import Instant


def number() -> Column[int]:
    """The row's own number."""
    return Column("id", Integer, primary_key=True)


def name(called: str, *, optional: bool = False) -> Column[str]:
    """What somebody called something in a file: a client, a rota, a technician."""
    return Column(called, String(64), nullable=optional)


def word(called: str, length: int = 16, *, optional: bool = False) -> Column[str]:
    """Something short that the program wrote: a state, a way, a key, a hash."""
    return Column(called, String(length), nullable=optional)


def text(called: str, *, optional: bool = False) -> Column[str]:
    """Words of any length."""
    return Column(called, Text, nullable=optional)


def instant(called: str, *, optional: bool = False) -> Column[datetime]:
    """A moment, in UTC."""
    return Column(called, Instant, nullable=optional)


def alert(*, optional: bool = False, **more: Any) -> Column[int]:
    """The alert that the row is about.

    A call that is erased takes its alerts with it, and they what tells of them.
    """
    of = ForeignKey("alerts.id", ondelete="CASCADE")
    return Column("alert_id", of, nullable=optional, **more)
