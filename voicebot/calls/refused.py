"""A number that the caller refused is not read back again, however often it is heard."""

from __future__ import annotations

from collections.abc import Callable

from voicebot.calls.reply import Utterance
from voicebot.dialogue.expectation import Expectation, Kind
from voicebot.dialogue.filling import yes_no
from voicebot.dialogue.interpretation import Interpretation, Value
from voicebot.french.phone import read_phone

_NUMBER = "phone_number"

Interpret = Callable[[str], Interpretation]


class Refused:
    """The numbers that the caller said no to in one call."""

    def __init__(self) -> None:
        self._numbers: set[Value] = set()

    def read(self, said: Utterance, awaited: Expectation, interpret: Interpret) -> Interpretation:
        """Interprets; when the words are a refused number again, the next of the alternatives.

        An ear that took one number for another is likely to do so twice: the caller's no is what
        it did not know. Words that group in two ways ("trente quatre vingt trois") are another
        number by themselves, and need no alternative.
        """
        meant = interpret(said.text)
        if awaited.instead is not Kind.PHONE_NUMBER or not awaited.value:
            return meant
        numbers, agrees = _numbers(meant), yes_no(meant)
        if agrees or (agrees is None and not numbers):
            return meant
        self._numbers.add(awaited.value)
        if not numbers & self._numbers or self._grouped(said.text, awaited.value):
            return meant
        others = (interpret(text) for text in said.alternatives)
        return next((other for other in others if self._is_new(other)), meant)

    def _grouped(self, text: str, refused: str) -> bool:
        """Whether the same words, all of them as they are, make another number."""
        other = read_phone(text, expected=True, unlike=refused)
        new = other is not None and other.complete and other.plain
        return new and other is not None and other.number not in self._numbers

    def _is_new(self, meant: Interpretation) -> bool:
        numbers = _numbers(meant)
        return bool(numbers) and not numbers & self._numbers


def _numbers(meant: Interpretation) -> set[Value]:
    """Every way to take the words for a whole number."""
    return {e.value for e in meant.entities if e.name == _NUMBER and e.complete}
