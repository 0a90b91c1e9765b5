"""What a conversation decides to do: the outputs of `advance`.

Effects (`SaveMessage`, `RaiseAlert`) are committed before any `Say` is heard.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from voicebot.dialogue.interpretation import Value


@dataclass(frozen=True)
class Say:
    """Something to say to the caller."""

    text: str
    response: str
    """Name of the response it was made from: utter_…"""
    interruptible: bool = True
    """False for what the law or safety wants heard to its end (a danger instruction)."""
    language: str = "fr"


@dataclass(frozen=True)
class SetSlot:
    """A slot got a value; `text` are the caller's words when he gave it."""

    name: str
    value: Value
    text: str = ""


@dataclass(frozen=True)
class SaveMessage:
    """The message as far as it was given; a later one of the same call replaces it."""

    fields: Mapping[str, Value]
    complete: bool = False


@dataclass(frozen=True)
class RaiseAlert:
    """Somebody must be told now."""

    urgency: str
    rule: str
    fields: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Moved:
    """The conversation came to a step; for the journal and the picture of the flow."""

    flow: str
    step: str


@dataclass(frozen=True)
class HangUp:
    """The bot ends the call once everything is said."""

    outcome: str
    """message_taken, alert_raised, informed, abandoned, silent, unwanted, danger …"""


@dataclass(frozen=True)
class Transfer:
    """A person is wanted; the conversation goes on with `Transferred`."""

    reason: str
    """asked, or urgent."""


Action = Say | SetSlot | SaveMessage | RaiseAlert | Moved | HangUp | Transfer
