"""What may happen to a conversation: the inputs of `advance`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from voicebot.dialogue.interpretation import Interpretation, Value


@dataclass(frozen=True)
class PickedUp:
    """The call was picked up; `facts` become slots (situation, caller_number, urgency …)."""

    facts: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Spoke:
    """The caller said something; `facts` (urgency, urgency_rule …) become slots first."""

    interpretation: Interpretation
    facts: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Pressed:
    """The caller pressed a key: one of 0-9, * and #."""

    key: str


@dataclass(frozen=True)
class Silent:
    """The caller said nothing for as long as one waits for an answer."""


@dataclass(frozen=True)
class Interrupted:
    """The caller spoke over the bot, of whose words only `spoken` had been heard."""

    spoken: str
    left: str


@dataclass(frozen=True)
class Transferred:
    """What became of the search for a person; or an operator had taken the call over."""

    result: str
    """spoken, given_back, message, taken, nobody, unreached or broken."""
    person: str = ""
    """Who spoke with the caller, or took the matter."""


Event = PickedUp | Spoke | Pressed | Silent | Interrupted | Transferred
