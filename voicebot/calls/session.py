"""One call's conversation: the same for the telephone, the terminal, scenarios and replay."""

from __future__ import annotations

from dataclasses import dataclass

from voicebot.dialogue.action import Say
from voicebot.dialogue.expectation import ANYTHING, Expectation


@dataclass(frozen=True)
class Utterance:
    """What the caller said in one turn, as heard or typed."""

    text: str
    confidence: float = 1.0
    alternatives: tuple[str, ...] = ()
    speech_ms: int = 0
    ear: str = "typed"


@dataclass(frozen=True)
class Reply:
    """What to do next; everything in it is already committed."""

    says: tuple[Say, ...] = ()
    expectation: Expectation = ANYTHING
    hang_up: str | None = None
    """The outcome, when the bot hangs up once all is said."""
    silence_s: float = 7.0
    """How long to wait for the caller before `silence()`."""
