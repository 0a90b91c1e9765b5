"""Digits put right: "treize au lieu de douze", "non pas le 42, le 43", "06 12 pas 06 13"."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from voicebot.french.normalise import Word, words
from voicebot.french.phone import digit_runs, likeliest_digits

_INSTEAD = (("lieu", "de"), ("place", "de"), ("place", "du"), ("lieu", "du"))
_NOT = frozenset(("pas", "non"))
MOST_DIGITS = 8
"""More digits than that are a number begun again, not a correction in it."""


@dataclass(frozen=True)
class Correction:
    """Digits of a number that were wrong, and what they should be."""

    new: str
    old: str


@dataclass(frozen=True)
class _Run:
    """Digit words that stand together, with the words before them."""

    before: tuple[str, ...]
    tokens: tuple[str, ...]


def read_correction(text: str) -> Correction | None:
    """What is to be put in the place of what, when the speaker says both."""
    found = words(text)
    runs = [_Run(before, tokens) for before, tokens in _runs(found)]
    for first, second in pairwise(runs):
        between = second.before
        if any(pair in pairwise(between) for pair in _INSTEAD):
            return _correction(first.tokens, second.tokens)
        if _NOT & set(between):
            return _correction(first.tokens, second.tokens)
        if _denied(first.before):
            return _correction(second.tokens, first.tokens)
    return _at_once(runs[0]) if len(runs) == 1 else None


def _runs(found: list[Word]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Stretches of digit words: the words before each, and its own."""
    runs, end = [], 0
    for first, last in digit_runs(found):
        before = tuple(word.plain for word in found[end:first])
        runs.append((before, tuple(word.plain for word in found[first:last])))
        end = last
    return runs


def _denied(before: tuple[str, ...]) -> bool:
    """Whether "pas" stands just before, an article between at most: "c'est pas le"."""
    near = before[-2:]
    return bool(near) and (near[-1] == "pas" or (near[0] == "pas" and near[-1] in ("le", "du")))


def _at_once(run: _Run) -> Correction | None:
    """E.g. "pas quarante-deux quarante-trois", said without a breath."""
    digits = likeliest_digits(run.tokens)
    if not _denied(run.before) or len(digits) not in (4, 8):
        return None
    half = len(digits) // 2
    return Correction(new=digits[half:], old=digits[:half])


def _correction(new: tuple[str, ...], old: tuple[str, ...]) -> Correction | None:
    given, gone = likeliest_digits(new), likeliest_digits(old)
    if not given or not gone or max(len(given), len(gone)) > MOST_DIGITS:
        return None
    return Correction(given, gone) if given != gone else None
