"""The interpreter: what every way of understanding offers."""

from __future__ import annotations

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
