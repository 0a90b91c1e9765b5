"""How a ring ends."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """How a ring ended; each ring has one."""

    ANSWERED = "answered"
    """Somebody picked up and spoke, and neither took it nor refused."""
    ACCEPTED = "accepted"
    DECLINED = "declined"
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    VOICEMAIL = "voicemail"
    """Picked up, and nobody pressed a key or said a word to us: not a person."""
    FAILED = "failed"
    """The number cannot be reached, or the line broke."""
    CALLER_LEFT = "caller_left"
    """The ring was taken back: somebody else took it, or the person is no longer on call."""


class LegDown(Exception):
    """Nothing can be rung at the moment: the exchange does not answer. No ring was made."""
