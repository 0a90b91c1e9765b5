"""The caller speaks over the bot: does he want the floor?

The bot falls silent at once, on the first suspicion of speech, as a person does who is
interrupted. The words then tell: a cough, a "hm", an "oui oui" that goes along, and it carries
on from where it stopped; anything else, and it has been interrupted.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from voicebot.dialogue.expectation import Expectation, Kind

NOISE_MS = 350
"""Voice shorter than this, in one word that the ear is not sure of, is a cough."""
SURE = 0.5
"""Confidence from which a single short word counts."""
HOLD_MS = 1_300
"""The bot is not silenced longer than this by a sound in which no word is recognised."""
ANSWER_MS = 1_500
"""A yes this near to the end of a yes-or-no question answers it."""

END_MS = 500
"""Whoever speaks over the last half second of the bot's words answers them."""

HUMS = "hm hmm mm mmh mmm mhm euh heu hum ah oh eh bah ben hein"
ALONG = """oui ouais ok okay d'accord dac bien très bon entendu voilà parfait exactement
effectivement compris vois je c'est ça yes right sure"""
FLOOR = "non stop attendez attends pardon allô allo répétez aide urgence wait"
_HUMS, _ALONG, _FLOOR = (frozenset(words.split()) for words in (HUMS, ALONG, FLOOR))


class Verdict(Enum):
    """What the bot does."""

    WAIT = auto()
    RESUME = auto()
    STOP = auto()


@dataclass(frozen=True)
class Overlap:
    """The caller's sound over the bot's, so far."""

    text: str
    confidence: float
    voiced_ms: int
    final: bool
    """Whether he has paused; a partial text may still grow."""
    spoke: bool = False
    """Whether the voice is so long and so sure that it was speech, with words or without."""


def judge(overlap: Overlap, expectation: Expectation, left_ms: int) -> Verdict:
    """Once the ear has an idea of the words; `left_ms` is what the bot still has to say."""
    words = [word for word in overlap.text.split() if word not in _HUMS]
    if _FLOOR.intersection(words):
        return Verdict.STOP
    if _goes_along(words, overlap, expectation, left_ms):
        return Verdict.RESUME if overlap.final else Verdict.WAIT
    if not overlap.final and len(words) < 2 and not overlap.spoke:
        return Verdict.WAIT
    return Verdict.STOP


def _goes_along(words: list[str], overlap: Overlap, expectation: Expectation, left_ms: int) -> bool:
    """Whether he lets the bot speak: a noise, or "oui oui" while it explains."""
    if not words:
        return bool(overlap.text) or not overlap.spoke
    if left_ms <= END_MS:
        return False
    if all(word in _ALONG for word in words):
        return not (expectation.kind is Kind.YES_NO and left_ms <= ANSWER_MS)
    return len(words) == 1 and overlap.voiced_ms < NOISE_MS and overlap.confidence < SURE


def too_long(held_ms: int, text: str) -> bool:
    """Whether the bot has been held by something that is not speech."""
    return held_ms >= HOLD_MS and not text
