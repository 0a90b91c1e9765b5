"""Spoken English numbers, as digits: "two hundred and fourteen", "two one four", "double seven"."""

from __future__ import annotations

UNITS = {
    "zero": 0, "oh": 0, "o": 0, "nought": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "six": 6, "seven": 7, "eight": 8, "nine": 9,
}  # fmt: skip
TEENS = {
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13,
    "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18,
    "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip
_REPEATS = {"double": 2, "triple": 3, "treble": 3}
_TYPED_ENDINGS = ("st", "nd", "rd", "th")


def group_at(tokens: list[str], at: int) -> tuple[str, int] | None:
    """The digits of one spoken group at index `at`, with the index after it."""
    word = tokens[at] if at < len(tokens) else ""
    if word in _REPEATS:
        repeated = group_at(tokens, at + 1)
        if repeated and len(repeated[0]) == 1:
            return repeated[0] * _REPEATS[word], repeated[1]
        return None
    if word.isascii() and word.isdecimal():
        return word, at + 1
    if word in UNITS:
        if tokens[at + 1 : at + 2] == ["hundred"]:
            return _hundreds(tokens, UNITS[word], at + 2)
        if tokens[at + 1 : at + 2] == ["thousand"] and UNITS[word]:
            return _thousands(tokens, UNITS[word], at + 2)
        return str(UNITS[word]), at + 1
    if word in TEENS:
        return str(TEENS[word]), at + 1
    if word in TENS:
        unit = UNITS.get(tokens[at + 1], 0) if at + 1 < len(tokens) else 0
        return (str(TENS[word] + unit), at + 2) if unit else (str(TENS[word]), at + 1)
    return None


def ordinal_at(tokens: list[str], at: int) -> tuple[int, int] | None:
    """The rank told at index `at`: "third", "twenty-second", "22nd"; and the index after it."""
    word = tokens[at] if at < len(tokens) else ""
    if word[:-2].isdecimal() and word.isascii() and word.endswith(_TYPED_ENDINGS):
        return int(word[:-2][:4]), at + 1
    if word in TENS and at + 1 < len(tokens) and 0 < _ORDINALS.get(tokens[at + 1], 0) < 10:
        return TENS[word] + _ORDINALS[tokens[at + 1]], at + 2
    return (_ORDINALS[word], at + 1) if word in _ORDINALS else None


def _hundreds(tokens: list[str], head: int, at: int) -> tuple[str, int]:
    """What follows "seven hundred" belongs to it where it is joined by "and", or is a pair."""
    joined = tokens[at : at + 1] == ["and"]
    rest = group_at(tokens, at + joined)
    if rest and (len(rest[0]) == 2 or (joined and len(rest[0]) == 1)):
        return f"{head}{int(rest[0]):02d}", rest[1]
    return f"{head}00", at


def _thousands(tokens: list[str], head: int, at: int) -> tuple[str, int]:
    rest = group_at(tokens, at + 1 if tokens[at : at + 1] == ["and"] else at)
    if rest and len(rest[0]) <= 3:
        return f"{head}{int(rest[0]):03d}", rest[1]
    return f"{head}000", at


def read_number(tokens: list[str]) -> int | None:
    """The first number said, also digit by digit: "two one four" is 214."""
    for at in range(len(tokens)):
        digits, end = "", at
        while (group := group_at(tokens, end)) and len(digits) < 9:
            digits, end = digits + group[0], group[1]
        if digits:
            return int(digits[:9])
    return None
