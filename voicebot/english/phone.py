"""Telephone numbers as English speakers dictate them: "oh", "double", digit by digit, in tens."""

from __future__ import annotations

from dataclasses import dataclass

import phonenumbers

from voicebot.english.numbers import group_at
from voicebot.english.words import plain_words

REGIONS = ("FR", "GB", "US")
"""Where a number without its country code may belong, the likeliest first; it is read back."""
_BETWEEN = frozenset(("and", "then", "is", "my", "number", "the", "it", "dash", "space"))


@dataclass(frozen=True)
class Phone:
    """A telephone number, or the digits of one so far."""

    number: str
    """E.164 when `complete`, else digits."""
    complete: bool


def read_phone(text: str, *, expected: bool = False) -> Phone | None:
    """The telephone number in `text`; a part of one only where a number was asked for."""
    digits = max(_dictations(plain_words(text)), key=len, default="")
    number = _valid(digits)
    if number:
        return Phone(number, True)
    return Phone(digits, False) if expected and len(digits.lstrip("+")) >= 2 else None


def _dictations(tokens: list[str]) -> list[str]:
    """Each stretch of digits."""
    found, digits, at = [], "", 0
    while at < len(tokens):
        group = group_at(tokens, at)
        if group:
            digits, at = digits + group[0], group[1]
            continue
        if tokens[at] in ("plus", "+") and not digits:
            digits = "+"
        elif tokens[at] not in _BETWEEN and digits:
            found.append(digits)
            digits = ""
        at += 1
    return [d for d in (*found, digits) if d.strip("+")]


def _valid(digits: str) -> str | None:
    """E.164 when there may be such a number."""
    if not 8 <= len(digits) <= 16:
        return None
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    for region in REGIONS:
        try:
            parsed = phonenumbers.parse(digits, region)
        except phonenumbers.NumberParseException:
            continue
        abroad = digits.startswith("+") and phonenumbers.is_possible_number(parsed)
        if abroad or phonenumbers.is_valid_number(parsed):
            return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return None
