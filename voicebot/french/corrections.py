"""A number read back, put right: "treize au lieu de douze", "non, quarante-deux à la fin"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from voicebot.french.dictation import digit_runs, likeliest_digits
from voicebot.french.normalise import Word, word_set, words
from voicebot.french.phone import national, possible, read_phone, valid
from voicebot.french.yes_no import read_yes_no

_INSTEAD = (("lieu", "de"), ("place", "de"), ("place", "du"), ("lieu", "du"))
_NOT = frozenset(("pas", "non"))
_NOTED = frozenset(("dit", "note", "mis", "ecrit", "compris", "entendu", "remplacez", "remplacer"))
"""Before the wrong digits: "vous avez noté douze, c'est treize"."""
MOST_DIGITS = 8
"""More digits than that are a number begun again, not a correction in it."""
_END = re.compile(r"\b(?:fin|dernier|derniers|derniere|termine|finit|finissent|terminent)\b")
_START = re.compile(r"\b(?:debut|commence|premier|premiers|premiere|commencent)\b")
_PAIRS = {"deuxieme": 1, "second": 1, "troisieme": 2, "quatrieme": 3, "avant dernier": -2}
_BARE = word_set(
    "non nan c est le la les pardon plutot mais en fait il y a ai dit j ah oh euh madame monsieur"
)
"""Beside a pair that is put right; among other words it may be an hour, or a street's number."""
_SOUND_ALIKE = ({"6", "7"}, {"8", "9"})
"""Tens that differ by one word: "soixante-huit", "soixante-dix-huit"."""


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

    @property
    def digits(self) -> str:
        return likeliest_digits(self.tokens)


def corrected(number: str, text: str) -> str | None:
    """The number in E.164 as `text` puts it right.

    Args:
        number: what was read back, in E.164.
        text: what the caller said to it.

    Returns:
        Another number than `number`, or None when the words give none.
    """
    again = read_phone(text, expected=True)
    whole = again and (again.number if again.complete else possible(again.number))
    if whole and whole != number:
        return whole
    if whole:
        # Said again to a read-back denied, the words must mean something else: "trente quatre
        # vingt trois" was taken for 30 83, so it is 34 23.
        other = read_phone(text, expected=True, unlike=number)
        denied = read_yes_no(text, expected=True) is False
        return other.number if denied and other and other.complete else None
    digits = national(number)
    change = read_correction(text)
    found = _exchanged(digits, change) if change else _placed(digits, text)
    if found is None or found == digits:
        return None
    return valid(found) or possible(found)


def read_correction(text: str) -> Correction | None:
    """What is to be put in the place of what, when the speaker says both."""
    runs = _runs(words(text))
    for first, second in pairwise(runs):
        between = second.before
        if any(pair in pairwise(between) for pair in _INSTEAD):
            return _correction(first, second)
        if any(pair in pairwise(first.before) for pair in _INSTEAD):
            return _correction(second, first)
        if _NOTED & set(first.before) and not (_NOT & set(between)):
            return _correction(second, first)
        if _NOT & set(between):
            return _correction(first, second)
        if _denied(first.before):
            return _correction(second, first)
    return _at_once(runs[0]) if len(runs) == 1 else None


def _runs(found: list[Word]) -> list[_Run]:
    """Stretches of digit words; "la", "les" and "par" alone part none."""
    runs, end = [], 0
    for first, last in digit_runs(found):
        before = tuple(word.plain for word in found[end:first])
        runs.append(_Run(before, tuple(word.plain for word in found[first:last])))
        end = last
    return runs


def _denied(before: tuple[str, ...]) -> bool:
    """Whether "pas" stands just before, an article between at most: "c'est pas le"."""
    near = before[-2:]
    return bool(near) and (near[-1] == "pas" or (near[0] == "pas" and near[-1] in ("le", "du")))


def _at_once(run: _Run) -> Correction | None:
    """E.g. "pas quarante-deux quarante-trois", said without a breath."""
    digits = run.digits
    if not _denied(run.before) or len(digits) not in (4, 8):
        return None
    half = len(digits) // 2
    return Correction(new=digits[half:], old=digits[:half])


def _correction(new: _Run, old: _Run) -> Correction | None:
    given, gone = new.digits, old.digits
    if not given or not gone or max(len(given), len(gone)) > MOST_DIGITS:
        return None
    return Correction(given, gone) if given != gone else None


def _exchanged(digits: str, change: Correction) -> str | None:
    """Pairs as they were read back come first, then any place, the last one said in doubt."""
    places = [at for at in range(len(digits)) if digits.startswith(change.old, at)]
    aligned = [at for at in places if at % 2 == 0]
    changed = [
        digits[:at] + change.new + digits[at + len(change.old) :]
        for at in (*reversed(aligned), *reversed(places))
    ]
    return next((found for read in (valid, possible) for found in changed if read(found)), None)


def _placed(digits: str, text: str) -> str | None:
    """The number with the digits of `text` put where its words say, or where they fit."""
    found = words(text)
    plain = " ".join(word.plain for word in found)
    runs = [run for run in _runs(found) if run.tokens not in (("deux",), ("un",))] or _runs(found)
    if not runs or _denied(runs[-1].before):
        return None
    if len(runs) == 2 and "apres" in runs[0].before:
        at = digits.find(runs[0].digits)
        return _put(digits, at + len(runs[0].digits), runs[1].digits) if at >= 0 else None
    part = runs[-1].digits
    if runs[-1].tokens[:1] == ("un",) and len(part) == 2 and "chiffre" in plain:
        part = part[1:]  # "le dernier chiffre, c'est un neuf"
    for rank, pair in _PAIRS.items():
        if re.search(rf"\b{rank}\b", plain):
            return _put(digits, 2 * (pair % (len(digits) // 2)), part) if len(part) == 2 else None
    if _END.search(plain):
        return _put(digits, len(digits) - len(part), part)
    if _START.search(plain):
        return _put(digits, 0, part)
    others = {word.plain for word in found} - {token for run in runs for token in run.tokens}
    return _fitted(digits, part) if others <= _BARE else None


def _put(digits: str, at: int, part: str) -> str | None:
    if not 0 < len(part) <= MOST_DIGITS or not 0 <= at <= len(digits) - len(part):
        return None
    return digits[:at] + part + digits[at + len(part) :]


def _fitted(digits: str, part: str) -> str | None:
    """A pair alone takes the place of the one pair that sounds like it: "non, treize".

    Several take the place where most of them stand already: "non, zéro sept douze".
    """
    if len(part) > 2:
        return _matched(digits, part)
    if len(part) != 2:
        return None
    places = range(0, len(digits) - 1, 2)
    same_ten = [at for at in places if digits[at] == part[0]]
    alike = [
        at
        for at in places
        if digits[at + 1] == part[1] and any({digits[at], part[0]} == ten for ten in _SOUND_ALIKE)
    ]
    for found in (alike, same_ten):
        if len(found) == 1:
            return _put(digits, found[0], part)
    return None


def _matched(digits: str, part: str) -> str | None:
    """The number with pairs put where one place alone has the most of them already."""
    alike = {
        at: sum(digits[at + i : at + i + 2] == part[i : i + 2] for i in range(0, len(part), 2))
        for at in range(0, len(digits) - len(part) + 1, 2)
    }
    most = max(alike.values(), default=0)
    places = [at for at, pairs in alike.items() if pairs == most]
    return _put(digits, places[0], part) if most and len(places) == 1 else None
