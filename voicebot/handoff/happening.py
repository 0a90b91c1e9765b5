"""What may happen to a transfer: the inputs of `voicebot.handoff.transfer.advance`."""

from __future__ import annotations

from dataclasses import dataclass

from voicebot.handoff.bridge import Ended
from voicebot.handoff.leg import Outcome


@dataclass(frozen=True)
class Began:
    """The transfer begins."""


@dataclass(frozen=True)
class Passed:
    """Time went by (`Transfer.due`), or an operator has become free."""


@dataclass(frozen=True)
class Accepted:
    """The person of that leg takes the call, and her line is there."""

    leg: int


@dataclass(frozen=True)
class Offered:
    """A technician has just taken the call's alert by telephone, and is still on his line."""

    name: str
    language: str = "fr"
    """In which he is spoken to."""


@dataclass(frozen=True)
class LegEnded:
    """The leg rings no more, and nobody took the call on it."""

    leg: int
    outcome: Outcome


@dataclass(frozen=True)
class Rung:
    """The escalation behind that leg rings its next person."""

    leg: int
    count: int
    """How many it has rung with this one; 0 where several are rung at once."""


@dataclass(frozen=True)
class TakenBy:
    """Somebody took the alert who cannot be joined: by SMS, on his page, from another line."""

    name: str


@dataclass(frozen=True)
class MessageWanted:
    """The caller would rather leave a message, by voice or by key."""


@dataclass(frozen=True)
class CallerLeft:
    """The caller hung up, or his line is gone."""


@dataclass(frozen=True)
class Joined:
    """The caller and the person of that leg hear each other."""

    leg: int


@dataclass(frozen=True)
class Parted:
    """They do not any more, or it never came to that."""

    leg: int
    how: Ended


Happened = (
    Began
    | Passed
    | Accepted
    | Offered
    | LegEnded
    | Rung
    | TakenBy
    | MessageWanted
    | CallerLeft
    | Joined
    | Parted
)
