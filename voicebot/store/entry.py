"""What a call's journal is made of; kept here because the store writes it and knows no session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

KINDS = (
    "answered",  # client, called, caller_number, situation, language
    "said",  # text, response, interruptible, language, by (who whispered it)
    "heard",  # text, confidence, alternatives, speech_ms, ear, language
    "pressed",  # key
    "silent",
    "understood",  # intent, confidence, entities, by
    "decided",  # urgency, rule, because, words
    "slot",  # name, value, text
    "moved",  # flow, step
    "interrupted",  # spoken, left
    "message",  # fields, complete
    "alert",  # urgency, rule, because, fields, site, joins_within_s (nobody is rung without it)
    "degraded",  # part, why
    "transfer",  # reason, by (an operator who takes the call over)
    "leg",  # number, target, person, name, state (ringing, ended), outcome, reason
    "joined",  # number, name: the caller and that person hear each other
    "parted",  # number, how
    "overheard",  # who (caller, person), text: while people talk, where the client wants it
    "transferred",  # result, person
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
