"""Which language was spoken: by how well each ear's sounds fit, and how likely its words are.

Each ear hears words of its own language in anything. In the wrong one the sounds have to be bent
and the words are a salad; both show in numbers. Pure but for reading its weights: it knows
readings, and no sound.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from math import exp, log
from pathlib import Path

from voicebot.errors import BadInput, Place

FILE = "decision.json"
"""The weights, in the folder of the English model: they depend on both ears."""
LIKELY = 0.6
"""Probability from which a first sentence is taken to be in the other language: the client's own
is believed when in doubt."""
CERTAIN = 0.9
"""The same once the language has been told, or where a short answer is awaited."""
TELLING = 3
"""Words below which nothing is told of the language, one way or the other."""
SENSE = -1.4
"""Of a reading alone, by the weights of the decision: one that makes less is heard in the other
language too. Nine of ten sentences in the conversation's own language make more."""
FOUND = 0.7
"""Confidence from which what was awaited and found is believed to be said in that language."""
_SURE = 1e-3


@dataclass(frozen=True)
class Reading:
    """What the ear of one language made of some speech."""

    text: str
    """Also where the ear was too unsure to give it."""
    confidence: float
    """0 to 1: how well the sounds of the words fit what was heard."""
    cost: float
    """Of the words by the language's own model: a negative logarithm, for each word."""
    given: bool = True
    """Whether the ear was sure enough to give it."""

    @property
    def words(self) -> int:
        """How many there are."""
        return len(self.text.split())


@dataclass(frozen=True)
class Scales:
    """A logistic regression over two readings: what counts how much for English."""

    fit: float
    """For the sounds: the difference of the confidences' log-odds."""
    words: float
    """For the words: the difference of their costs."""
    bias: float

    def english(self, french: Reading, english: Reading) -> float:
        """The probability that English was spoken, 0 to 1."""
        fit, words = evidence(french, english)
        return 1 / (1 + exp(-(self.fit * fit + self.words * words + self.bias)))

    def makes_sense(self, reading: Reading) -> bool:
        """Whether nothing in a reading hints that it was said in another language."""
        return self.fit * _log_odds(reading.confidence) - self.words * reading.cost >= SENSE

    def write(self, folder: Path) -> None:
        """Puts them beside the English model."""
        page = {"fit": self.fit, "words": self.words, "bias": self.bias}
        (folder / FILE).write_text(json.dumps(page) + "\n", encoding="utf-8")


USUAL = Scales(fit=2.7, words=1.0, bias=-1.3)
"""For a pair of ears that nobody has measured: about those of the two that ship."""


def load_scales(folder: Path) -> Scales:
    """Those that were fitted for the model in this folder; USUAL without any.

    Raises:
        BadInput: the file is damaged.
    """
    file = folder / FILE
    if not file.is_file():
        return USUAL
    try:
        page = json.loads(file.read_text(encoding="utf-8"))
        return Scales(*(float(page[name]) for name in ("fit", "words", "bias")))
    except (ValueError, KeyError, TypeError) as error:
        raise BadInput("these are no weights of a decision", where=Place(file)) from error


def evidence(french: Reading, english: Reading) -> tuple[float, float]:
    """What speaks for English in the sounds, and in the words."""
    fit = _log_odds(english.confidence) - _log_odds(french.confidence)
    return fit, french.cost - english.cost


def changes(probability: float, reading: Reading, *, settled: bool) -> bool:
    """Whether speech is taken to be in the other language than the conversation's.

    Args:
        probability: of the other language.
        reading: in that language.
        settled: the language was told before, or a short answer is awaited.
    """
    telling = reading.given and reading.words >= TELLING
    return telling and probability >= (CERTAIN if settled else LIKELY)


def _log_odds(confidence: float) -> float:
    kept = min(max(confidence, _SURE), 1 - _SURE)
    return log(kept / (1 - kept))
