"""Two ears for one turn: one that is always in time, and one whose words win if they come.

The first (`lite-fr`) gives the text while somebody speaks, the pass at each pause, and the
probability that the turn is over. The second (Whisper) hears the same sound once more. Where it
fails, is late, or its words do not pass its gate, those of the first stand: an emergency never
depends on the second.
"""

from __future__ import annotations

import logging
from dataclasses import replace

from voicebot.dialogue.expectation import ANYTHING, Expectation
from voicebot.speech.ear import Ear, Heard, Prepares, Samples

log = logging.getLogger(__name__)

WAIT_MS = 500
"""By default, how much later an answer may come for the sake of the second ear's words."""
LATE_IN_A_ROW = 3
"""So often late, and it is not asked any more for a while: nobody waits for nothing."""
REST = 20
"""Pauses, over all calls, in which it is left alone then."""


class Punctuality:
    """Whether the second ear is worth asking. For one thread: the event loop's."""

    def __init__(self) -> None:
        self._late = self._rested = 0

    def asks(self) -> bool:
        """Whether to ask it at this pause; after a rest, once."""
        if self._late < LATE_IN_A_ROW:
            return True
        self._rested += 1
        if self._rested <= REST:
            return False
        self._rested, self._late = 0, LATE_IN_A_ROW - 1
        return True

    def in_time(self) -> None:
        """Its words came before the turn was taken."""
        self._late = 0

    def late(self) -> None:
        """They did not."""
        self._late += 1


class TwoPassEar:
    """A first and a second ear. Thread-safe, as both are; the line asks each at its time."""

    def __init__(self, first: Ear, second: Ear, wait_ms: int = WAIT_MS) -> None:
        """Puts two ears together.

        Args:
            first: fast; knows whether the speaker has finished.
            second: makes fewer errors, and may take its time.
            wait_ms: how much later than by the first ear alone a turn may be taken.
        """
        self.first, self.second, self.wait_ms = first, second, wait_ms
        self.punctuality = Punctuality()
        self.name = f"{first.name}+{second.name}"

    def prepare(self, words: tuple[str, ...], expectations: tuple[Expectation, ...]) -> None:
        """Has the first ear build what a client's calls need."""
        if isinstance(self.first, Prepares):
            self.first.prepare(words, expectations)

    def listen(
        self, samples: Samples, expectation: Expectation = ANYTHING, words: tuple[str, ...] = ()
    ) -> Heard:
        """Both passes, one behind the other, however long they take: for files and benches."""
        first = self.first.listen(samples, expectation, words)
        try:
            second = self.second.listen(samples, in_its_language(first, expectation), words)
        except Exception as error:  # noqa: BLE001  # the first ear's words stand
            log.warning("%s failed: %s", self.second.name, type(error).__name__)
            return first
        return combined(first, second)


def in_its_language(first: Heard, expectation: Expectation) -> Expectation:
    """What is awaited, in the language that the first ear heard."""
    return replace(expectation, language=first.language or expectation.language)


def combined(first: Heard, second: Heard) -> Heard:
    """The second ear's words, if it has any; what only the first can tell stays."""
    if not second.text:
        return first
    if second.text == first.text:
        confidence = max(first.confidence, second.confidence)
        expected = first.in_expectation or second.in_expectation
        return replace(first, confidence=confidence, in_expectation=expected)
    others = dict.fromkeys((first.text, *first.alternatives, *second.alternatives))
    same_end = first.text.split()[-1:] == second.text.split()[-1:]
    return replace(
        first,
        text=second.text,
        confidence=second.confidence,
        alternatives=tuple(text for text in others if text and text != second.text),
        in_expectation=second.in_expectation,
        end_of_sentence=first.end_of_sentence if same_end else None,
    )
