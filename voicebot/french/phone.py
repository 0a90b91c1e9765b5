"""Telephone numbers as they are dictated: in pairs, one by one, corrected on the way."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import phonenumbers

from voicebot.french.normalise import Word, between, word_set, words
from voicebot.french.numbers import below_hundred, say_number

REGION = "FR"
LEAST_DIGITS = 2
"""Fewer digits than that are not the beginning of a number."""
MOST_READINGS = 4000
"""Readings of one dictation that are looked at; more would be a recitation, not a number."""

_CORRECTIONS = frozenset(
    ("non", "pardon", "trompe", "plutot", "erreur", "rectifie", "rectification", "excusez", "oups")
)
_FILLERS = word_set(
    "c est le la l de du les alors donc et mon numero au a oui attendez voila je suis "
    "telephone portable fixe joignable me m euros un peu puis ensuite apres en"
)
_REPEATS = {"double": 2, "triple": 3}


@dataclass(frozen=True)
class Phone:
    """A telephone number, or the part of one that was given."""

    number: str
    """E.164 when `complete`, else the digits so far: "0612"."""
    text: str
    """The words it was read from."""
    complete: bool


def read_phone(text: str, *, expected: bool = False, region: str = REGION) -> Phone | None:
    """The telephone number in `text`.

    Args:
        text: what was said or typed.
        expected: a number was asked for, so that a part of one is worth keeping.
        region: where a number without a country code belongs.
    """
    best: Phone | None = None
    for first, last, runs in _dictations(text, words(text)):
        found = _read(runs, region)
        if found is None:
            continue
        digits, number = found
        heard = between(text, first, last)
        if number:
            return Phone(number, heard, True)
        if (
            expected
            and len(digits) >= LEAST_DIGITS
            and (not best or len(digits) > len(best.number))
        ):
            best = Phone(digits, heard, False)
    return best


def spell_back(number: str) -> str:
    """A number as it is read back, in pairs: "zéro six, douze, trente-quatre"."""
    digits = national(number)
    if not digits.startswith("+"):
        return _in_pairs(digits)
    try:
        code = str(phonenumbers.parse(number).country_code)
    except phonenumbers.NumberParseException:
        code = digits[1:3]
    return f"plus {say_number(int(code))}, {_in_pairs(digits[1 + len(code) :])}"


def _in_pairs(digits: str) -> str:
    odd = len(digits) % 2
    groups = ([digits[:1]] if odd else []) + [digits[i : i + 2] for i in range(odd, len(digits), 2)]
    return ", ".join(_say_group(group) for group in groups)


def national(number: str) -> str:
    """E.g. "+33612345678" → "0612345678"; a foreign number stays as it is."""
    return f"0{number[3:]}" if number.startswith("+33") and len(number) == 12 else number


def valid(digits: str, region: str = REGION) -> str | None:
    """The number in E.164 when there may be such a number, else None."""
    if not digits.lstrip("+").isdecimal() or not 8 <= len(digits) <= 16:
        return None
    try:
        parsed = phonenumbers.parse(digits, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def digit_runs(found: list[Word]) -> list[tuple[int, int]]:
    """Where digit words stand together: first index, and the index after the last."""
    runs: list[tuple[int, int]] = []
    for at in range(len(found)):
        if not _is_digits(found, at):
            continue
        if runs and runs[-1][1] == at:
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))
    return runs


def likeliest_digits(tokens: tuple[str, ...]) -> str:
    """The digits that these words most likely stand for; "" when they stand for none."""
    readings = _readings(tokens)
    return readings[0] if readings else ""


def _say_group(group: str) -> str:
    if len(group) == 2 and group[0] == "0":
        return f"zéro {say_number(int(group[1]))}"
    return say_number(int(group))


Runs = list[list[str]]
"""The digit words of one dictation, cut where the speaker corrects himself.

A word that a hyphen joins to the one before begins with "-": no group may end between them.
"""


def _dictations(text: str, found: list[Word]) -> list[tuple[Word, Word, Runs]]:
    """Each stretch of digit words, with its first and last word."""
    stretches: list[tuple[Word, Word, Runs]] = []
    runs: Runs = []
    first = last = None
    skipped: list[str] = []
    for at, word in enumerate(found):
        if _is_digits(found, at):
            if first is None or any(gone not in _FILLERS | _CORRECTIONS for gone in skipped):
                if first and last:
                    stretches.append((first, last, runs))
                first, runs = word, [[]]
            elif _CORRECTIONS & set(skipped):
                runs.append([])
            glued = last is not None and last.end + 1 == word.start and text[last.end] == "-"
            runs[-1].append(f"-{word.plain}" if glued and runs[-1] else word.plain)
            last, skipped = word, []
        else:
            skipped.append(word.plain)
    if first and last:
        stretches.append((first, last, runs))
    return stretches


def _is_digits(found: list[Word], at: int) -> bool:
    word = found[at].plain
    if word == "plus":
        return at + 1 < len(found) and found[at + 1].plain in ("trente", "33", "quarante", "quatre")
    if word in ("et", "fois"):
        near = [found[i].plain for i in (at - 1, at + 1) if 0 <= i < len(found)]
        return len(near) == 2 and all(below_hundred([n], 0) for n in near)
    return (
        word in _REPEATS
        or word in ("cent", "cents")
        or word.replace(".", "").isdecimal()
        or bool(below_hundred([word], 0))
    )


def _read(runs: Runs, region: str) -> tuple[str, str | None] | None:
    """Digits, and the number they make if they make one."""
    digits = ""
    number: str | None = None
    for run in runs:
        readings = _readings(tuple(run))
        if not readings:
            continue
        joined = _after_correction(digits, readings, region) if digits else readings
        number, digits = _best(joined, region)
    return (digits, number) if digits else None


def _after_correction(before: str, readings: list[str], region: str) -> list[str]:
    """What was dictated, with its end replaced by what came after "non, pardon"."""
    whole = [reading for reading in readings if valid(reading, region)]
    if whole:
        return whole
    joined = [before[: -len(reading)] + reading for reading in readings]
    joined += [before[:-cut] + reading for reading in readings for cut in (2, 4, 6)]
    finished = [digits for digits in joined if valid(digits, region)]
    return finished or [before[:-2] + readings[0]]


def _best(readings: list[str], region: str) -> tuple[str | None, str]:
    """The first reading that is a number; else the reading with the fewest groups."""
    for digits in readings:
        number = valid(digits, region)
        if number:
            return number, digits
    return None, readings[0]


@lru_cache(maxsize=512)
def _readings(tokens: tuple[str, ...]) -> list[str]:
    """All digit strings that the words may stand for, the likeliest first.

    Words that can be joined into a pair usually are one, so that few groups come first.
    """
    glued = {at for at, token in enumerate(tokens) if token.startswith("-")}
    plain = [token.lstrip("-") for token in tokens]
    ways: list[list[tuple[str, str, int]]] = [[] for _ in range(len(tokens) + 1)]
    ways[len(tokens)] = [("", "", 0)]
    for at in range(len(tokens) - 1, -1, -1):
        found: dict[tuple[str, str], int] = {}
        for group, end in _groups(plain, at):
            if end in glued:
                continue
            for rest, following, count in ways[end]:
                if not _one_number(group, following):
                    key = (group + rest, group)
                    found[key] = min(found.get(key, 99), count + 1)
        ordered = sorted(found.items(), key=lambda item: item[1])[:MOST_READINGS]
        ways[at] = [(digits, first, count) for (digits, first), count in ordered]
    return list(dict.fromkeys(digits for digits, _, _ in ways[0]))


def _one_number(group: str, following: str) -> bool:
    """E.g. "trente quatre" is 34, never 30 then 4: nobody dictates so."""
    if len(group) != 2 or group[1] != "0" or group[0] == "0" or len(following) != 1:
        return False
    return following in ("7", "8", "9") if group[0] == "1" else following != "0"


def _groups(tokens: list[str], at: int) -> list[tuple[str, int]]:
    """What one spoken group at `at` may stand for, with the index after it."""
    word = tokens[at]
    if word == "plus":
        return [("+", at + 1)]
    if word == "et":
        return [("", at + 1)]
    if word in _REPEATS:
        return [(g * _REPEATS[word], end) for g, end in _groups_after(tokens, at + 1)]
    if word.replace(".", "").isdecimal():
        return [(word.replace(".", ""), at + 1)]
    found = [(str(value), end) for value, end in below_hundred(tokens, at)]
    if tokens[at + 1 : at + 2] == ["fois"] and found and len(found[0][0]) == 1:
        times = int(found[0][0])
        return [(group * times, end) for group, end in _groups_after(tokens, at + 2)]
    hundreds = [("1", at + 1)] if word in ("cent", "cents") else []
    hundreds += [
        (head, end + 1)
        for head, end in found
        if len(head) == 1 and tokens[end : end + 1] in (["cent"], ["cents"])
    ]
    for head, end in hundreds:
        found.append((f"{head}00", end))
        found += [(f"{head}{n:02d}", after) for n, after in below_hundred(tokens, end) if n]
    return found


def _groups_after(tokens: list[str], at: int) -> list[tuple[str, int]]:
    return _groups(tokens, at) if at < len(tokens) else []
