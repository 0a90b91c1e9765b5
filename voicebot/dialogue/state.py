"""Where a conversation stands: immutable, and all that `advance` needs to know of the past."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from voicebot.dialogue.action import RaiseAlert, Say
from voicebot.dialogue.interpretation import Value


class Mode(StrEnum):
    """What is awaited from the caller for a slot."""

    ASK = "ask"
    CONFIRM = "confirm"  # its value was read back: yes or no
    KEYS = "keys"  # it could not be understood: it is to be typed


@dataclass(frozen=True)
class Waiting:
    """A question that was asked and not yet answered."""

    slot: str
    mode: Mode = Mode.ASK
    silences: int = 0
    unclears: int = 0
    rounds: int = 0
    """How often the value was read back and denied."""
    partial: str = ""
    """Digits or characters so far of what is being dictated or typed."""
    words: str = ""
    """The caller's words that could not be understood as an answer."""


@dataclass(frozen=True)
class Frame:
    """A flow under way and the step it is at."""

    flow: str
    step: str
    waiting: Waiting | None = None
    called: bool = False
    """Whether its step called the flow above it, and goes on when that one ends."""


@dataclass(frozen=True)
class State:
    """Where a conversation stands."""

    slots: Mapping[str, Value] = field(default_factory=dict)
    stack: tuple[Frame, ...] = ()
    """Flows under way; the last one is the one that speaks."""
    told: tuple[Say, ...] = ()
    """What the bot last said besides its question: what "répétez" wants to hear."""
    question_unheard: bool = False
    """The caller spoke over the bot before he had heard the question."""
    parted: bool = False
    """The flow that says goodbye was started because nothing was left to do."""
    language: str = "fr"
    said: Mapping[str, int] = field(default_factory=dict)
    """How often each response was said: the next time takes the next wording."""
    unsure: frozenset[str] = frozenset()
    """Slots that were taken without being sure of them."""
    confirmed: frozenset[str] = frozenset()
    """Slots whose value was read back, or typed."""
    saved: Mapping[str, Value] = field(default_factory=dict)
    """The message as last saved."""
    message: str = "none"
    """none, partial or complete."""
    alert: RaiseAlert | None = None
    """The alert as last raised."""
    quiet: int = 0
    """How often in a row nothing was said, whatever was asked."""
    silence_s: float = 7.0
    """How long to wait for the caller now."""
    transfer: str = ""
    """Why a person is being looked for; empty when none is."""
    transfers: int = 0
    """How often one was looked for."""
    ended: str | None = None
    """The outcome, once the conversation is over."""

    @property
    def waiting(self) -> Waiting | None:
        """The question that is open."""
        return self.stack[-1].waiting if self.stack else None

    @property
    def partial(self) -> str:
        """Digits or characters so far of what is being dictated or typed."""
        return self.waiting.partial if self.waiting else ""
