"""The journal: the append-only list of a call's events, written turn by turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

KINDS = (
    "answered",  # client, called, caller_number, situation, language
    "said",  # text, response, interruptible
    "heard",  # text, confidence, alternatives, speech_ms, ear
    "pressed",  # key
    "silent",
    "understood",  # intent, confidence, entities, by
    "decided",  # urgency, rule, because, words
    "slot",  # name, value, text
    "moved",  # flow, step
    "interrupted",  # spoken, left
    "message",  # fields, complete
    "alert",  # urgency, rule, because, fields
    "degraded",  # part, why
    "ended",  # outcome, cause
)
"""Each kind of entry, with the keys of its data."""


@dataclass(frozen=True)
class Entry:
    """One event of a call."""

    kind: str
    at: datetime
    """UTC."""
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class CallStart:
    """What is known of a call when it is picked up."""

    id: str
    client: str
    caller_number: str | None
    called: str | None
    at: datetime
    language: str = "fr"


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
