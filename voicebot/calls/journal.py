"""The journal: the append-only list of a call's events, written turn by turn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from voicebot.store.entry import KINDS, CallStart, Entry

__all__ = ["KINDS", "CallStart", "Entry", "Journal", "MemoryJournal"]


class Journal(Protocol):
    """Where calls are written. Each method is one transaction, done when it returns.

    Entries of kind decided, message, alert and ended also change the rows that pages read
    (the call, its message, its alert), in the same transaction.

    Raises:
        StoreFull: the disk or the store refuses to write.
    """

    def open(self, call: CallStart, entries: Sequence[Entry]) -> None:
        """Makes the call's record, before the bot says its first word."""
        ...

    def write(self, call_id: str, entries: Sequence[Entry]) -> None:
        """Adds entries, all or none."""
        ...


class MemoryJournal:
    """A journal in memory, for the terminal, scenarios and tests."""

    def __init__(self) -> None:
        self.calls: dict[str, CallStart] = {}
        self.entries: dict[str, list[Entry]] = {}

    def open(self, call: CallStart, entries: Sequence[Entry]) -> None:
        """Keeps the call."""
        self.calls[call.id] = call
        self.entries[call.id] = list(entries)

    def write(self, call_id: str, entries: Sequence[Entry]) -> None:
        """Keeps the entries."""
        self.entries[call_id].extend(entries)
