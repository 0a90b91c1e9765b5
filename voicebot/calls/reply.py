"""What goes into a call's conversation, and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass

from voicebot.dialogue.action import Say
from voicebot.dialogue.expectation import ANYTHING, Expectation

SILENCE_S = 7.0
"""How long a caller may think before he is asked again, in seconds."""


@dataclass(frozen=True)
class Utterance:
    """What the caller said in one turn, as heard or typed."""

    text: str
    confidence: float = 1.0
    alternatives: tuple[str, ...] = ()
    speech_ms: int = 0
    ear: str = "typed"
    language: str = ""
    """As the ear heard it: "fr", "en"; empty where it tells no language."""


@dataclass(frozen=True)
class Reply:
    """What to do next; everything in it is already committed."""

    says: tuple[Say, ...] = ()
    expectation: Expectation = ANYTHING
    hang_up: str | None = None
    """The outcome, when the bot hangs up once all is said."""
    silence_s: float = SILENCE_S
    """How long to wait for the caller before `silence()`."""
    transfer: str = ""
    """Why the call is to be handed over once all is said: asked or urgent. What becomes of that
    is given to `CallSession.transferred`; nothing else of the session's is called before."""
