"""The ear: what every speech recogniser of this project offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from voicebot.dialogue.expectation import ANYTHING, Expectation

SAMPLE_RATE = 16_000
"""Hz; every ear takes mono float32 samples in [-1, 1] at this rate."""

Samples = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Heard:
    """What an ear made of some speech. An empty text is an honest "nothing recognised"."""

    text: str
    """Lower-case words without punctuation, as spoken ("zéro six douze")."""
    confidence: float
    """0 (a guess) to 1 (sure)."""
    alternatives: tuple[str, ...] = ()
    """Other readings, most likely first, without `text`."""
    end_of_turn: float | None = None
    """Probability that the speaker has finished, where the ear's model tells it."""
    in_expectation: bool = False
    """Whether the text was found under the grammar of the expectation."""
    end_of_sentence: float | None = None
    """Probability that a sentence ends behind these words, where the ear's language model tells."""
    language: str = ""
    """In which it was heard, from an ear that hears several: "fr", "en"."""


class Ear(Protocol):
    """Turns speech into text. Thread-safe: `listen` may run in several threads at once."""

    name: str

    def listen(
        self, samples: Samples, expectation: Expectation = ANYTHING, words: tuple[str, ...] = ()
    ) -> Heard:
        """Recognises one utterance, or its beginning.

        Args:
            samples: float32 [n], mono, 16 kHz, in [-1, 1]; any length.
            expectation: what the flow awaits.
            words: names and words of the client, spelt as they must be written in the text;
                the same tuple for a whole call, so that an ear may keep what it builds from it.
        """
        ...


@runtime_checkable
class Prepares(Protocol):
    """An ear that can build beforehand what it would else build when first asked."""

    def prepare(self, words: tuple[str, ...], expectations: tuple[Expectation, ...]) -> None:
        """Makes ready for a client's words, and for what its flows may await. Thread-safe."""
        ...


class FakeEar:
    """An ear that says what it is told to, in order; for tests."""

    name = "fake"

    def __init__(self, *texts: str, end_of_turn: float | None = 1.0) -> None:
        self._texts = list(texts)
        self._end_of_turn = end_of_turn

    def listen(
        self, samples: Samples, expectation: Expectation = ANYTHING, words: tuple[str, ...] = ()
    ) -> Heard:
        """Gives the next text, then the honest nothing."""
        text = self._texts.pop(0) if self._texts else ""
        return Heard(text, 1.0 if text else 0.0, end_of_turn=self._end_of_turn)
