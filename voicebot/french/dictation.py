"""Digit words as they are dictated, and every string of digits that they may stand for.

"Soixante dix huit" is 78, or 60 and 18, or 60, 10 and 8: all are kept, the likeliest first, and
whoever knows what makes a whole number chooses.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from voicebot.french.normalise import Word, word_set
from voicebot.french.numbers import below_hundred

MOST_READINGS = 200
"""Readings of one dictation that are looked at; more would be a recitation, not a number."""
MOST_DIGITS = 20
"""Beyond so many digits only the likeliest reading is kept: no number is as long."""
MOST_STRAIN = 6
"""How much less likely than the best a reading may be to be looked at."""
SPLIT, TORN = 2, 3
GLUE = "-"
"""Begins a word that a hyphen joins to the one before: no group ends between them."""

_COUNTED = word_set(
    "derniers dernieres premiers premieres chiffres seconde secondes minute minutes petites "
    "instants fois numeros"
)
"""After a number that counts something and is not dictated: "les deux derniers"."""
_REPEATS = {"double": 2, "triple": 3}
_HUNDRED = ("cent", "cents")


def is_digits(found: list[Word], at: int) -> bool:
    """Whether the word at `at` belongs to a dictated number."""
    word = found[at].plain
    if word == "plus":
        return at + 1 < len(found) and _begins_country(found[at + 1].plain)
    if word in ("et", "fois"):
        near = [found[i].plain for i in (at - 1, at + 1) if 0 <= i < len(found)]
        return len(near) == 2 and all(below_hundred([n], 0) or n in _REPEATS for n in near)
    following = found[at + 1].plain if at + 1 < len(found) else ""
    if following in _COUNTED and following != "fois":
        return False
    return word in _REPEATS or word in _HUNDRED or _typed(word) or bool(below_hundred([word], 0))


def digit_runs(found: list[Word]) -> list[tuple[int, int]]:
    """Where digit words stand together: first index, and the index after the last."""
    runs: list[tuple[int, int]] = []
    for at in range(len(found)):
        if not is_digits(found, at):
            continue
        if runs and runs[-1][1] == at:
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))
    return runs


def likeliest_digits(tokens: tuple[str, ...]) -> str:
    """The digits that these words most likely stand for; "" when they stand for none."""
    found = readings(tokens)
    return found[0].digits if found else ""


@dataclass(frozen=True)
class Reading:
    """Digits that some words may stand for."""

    digits: str
    strain: int
    """How far they are from what one would take them for: `SPLIT` for each group more than the
    fewest ("soixante dix" as 60 and 10), `TORN` for one that nobody splits ("trente quatre")."""


def readings(tokens: tuple[str, ...]) -> tuple[Reading, ...]:
    """All that the words may stand for, the likeliest first.

    Args:
        tokens: folded words; one that begins with `GLUE` belongs to the one before.
    """
    found = _readings(tokens)
    if not found and any(token.startswith(GLUE) for token in tokens):
        # "zéro-six-douze": hyphens everywhere part nothing.
        return _readings(tuple(token.lstrip(GLUE) for token in tokens))
    return found


@lru_cache(maxsize=512)
def _readings(tokens: tuple[str, ...]) -> tuple[Reading, ...]:
    """Words that can be joined into a pair usually are one, so that few groups come first."""
    glued = {at for at, token in enumerate(tokens) if token.startswith(GLUE)}
    plain = [token.lstrip(GLUE) for token in tokens]
    ways: list[list[tuple[str, str, int]]] = [[] for _ in range(len(tokens) + 1)]
    ways[len(tokens)] = [("", "", 0)]
    for at in range(len(tokens) - 1, -1, -1):
        found: dict[tuple[str, str], int] = {}
        for group, end in _groups(plain, at):
            if end in glued:
                continue
            for rest, following, strain in ways[end]:
                key = (group + rest, group)
                more = strain + (TORN if _one_number(group, following) else SPLIT)
                found[key] = min(found.get(key, more), more)
        ways[at] = _likeliest(found)
    least = min((strain for _, _, strain in ways[0]), default=0)
    best: dict[str, int] = {}
    for digits, _, strain in ways[0]:
        best.setdefault(digits, strain - least)
    return tuple(Reading(digits, strain) for digits, strain in best.items())


def _likeliest(found: dict[tuple[str, str], int]) -> list[tuple[str, str, int]]:
    """The readings worth going on with, the likeliest first."""
    ordered = sorted(found.items(), key=lambda item: item[1])[:MOST_READINGS]
    return [
        (digits, first, strain)
        for place, ((digits, first), strain) in enumerate(ordered)
        if not place or (strain <= ordered[0][1] + MOST_STRAIN and len(digits) <= MOST_DIGITS)
    ]


def _one_number(group: str, following: str) -> bool:
    """E.g. "trente quatre" is 34, hardly ever 30 then 4."""
    ten = group[-2:]
    if not 2 <= len(group) <= 3 or ten[1] != "0" or ten[0] == "0" or len(following) != 1:
        return False
    return following in ("7", "8", "9") if ten[0] == "1" else following != "0"


def _groups(tokens: list[str], at: int) -> list[tuple[str, int]]:
    """What one spoken group at `at` may stand for, with the index after it."""
    word = tokens[at]
    if word == "plus":
        return [("+", at + 1)]
    if word == "et":
        return [("", at + 1)]
    if word in _REPEATS:
        return [(g * _REPEATS[word], end) for g, end in _repeated(tokens, at + 1)]
    if _typed(word):
        return [(word.replace(".", ""), at + 1)]
    found = [(str(value), end) for value, end in below_hundred(tokens, at)]
    if word == "zero":  # "zéro quatre" is a pair, so that "vingt" after it is none of the four's
        pairs = [(f"0{n}", end) for n, end in below_hundred(tokens, at + 1) if 0 < n < 10]
        found = pairs + found
    if tokens[at + 1 : at + 2] == ["fois"] and found and len(found[0][0]) == 1:
        times = int(found[0][0])
        return [(group * times, end) for group, end in _repeated(tokens, at + 2)]
    hundreds = [("1", at + 1)] if word in _HUNDRED else []
    hundreds += [
        (head, end + 1)
        for head, end in found
        if len(head) == 1 and tokens[end : end + 1] in (["cent"], ["cents"])
    ]
    for head, end in hundreds:
        found.append((f"{head}00", end))
        found += [(f"{head}{n:02d}", after) for n, after in below_hundred(tokens, end) if n]
    return found


def _repeated(tokens: list[str], at: int) -> list[tuple[str, int]]:
    """What is said twice or more: a digit or a pair, never a repetition itself."""
    if at < len(tokens) and _typed(tokens[at]) and len(tokens[at]) <= 2:
        return [(tokens[at], at + 1)]
    return [(str(value), end) for value, end in below_hundred(tokens, at)]


def _begins_country(word: str) -> bool:
    """Whether a country's code may follow "plus" with this word."""
    if word == "zero" or word.startswith("0"):
        return False
    return _typed(word) or word in _HUNDRED or bool(below_hundred([word], 0))


def _typed(word: str) -> bool:
    return word.replace(".", "").isdecimal() and word.isascii()
