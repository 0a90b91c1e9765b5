"""The interpreter: what every way of understanding offers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from voicebot.dialogue.expectation import Expectation
from voicebot.dialogue.interpretation import Interpretation


class Interpreter(Protocol):
    """Turns text into an interpretation. Thread-safe; never raises for any text."""

    name: str

    def interpret(self, text: str, expected: Expectation, now: datetime) -> Interpretation:
        """Understands `text`.

        Args:
            text: as heard or typed, in any case, with any noise.
            expected: what the flow awaits; a bare "Martin" is a name only where one is awaited.
            now: the instant in the client's own zone; "demain" depends on it.
        """
        ...


class Ranks(Protocol):
    """Tells how likely each intent is by the words alone: what an interpreter decides with."""

    def rank(self, texts: Sequence[str]) -> list[dict[str, float]]:
        """The probability of each intent, for each of `texts`."""
        ...

    def familiar(self, text: str) -> float:
        """Share of the words that are known, 0 to 1."""
        ...
