"""Telephone numbers as English speakers dictate them: "oh", "double", digit by digit, in tens."""

from __future__ import annotations

import re
from dataclasses import dataclass

import phonenumbers

from voicebot.english.numbers import group_at
from voicebot.english.words import plain_words, word_set

REGIONS = ("FR", "GB", "US")
"""Where a number without its country code may belong, the likeliest first; it is read back."""
_BETWEEN = word_set("and then is my number the it dash space thank you please sure")
_CORRECTIONS = word_set("no sorry pardon wait actually rather mean")
_INSTEAD = re.compile(r"\b(?:instead of|rather than|and not|not)\b")
_END = re.compile(r"\b(?:end|ends|last|final)\b")
_START = re.compile(r"\b(?:start|starts|begins|beginning|first)\b")
_COUNTED = word_set("digits second seconds minute minutes numbers")
MOST_DIGITS = 8
"""More digits than that are a number begun again, not a correction in it."""


@dataclass(frozen=True)
class Phone:
    """A telephone number, or the digits of one so far."""

    number: str
    """E.164 when `complete`, else digits."""
    complete: bool


def read_phone(text: str, *, expected: bool = False) -> Phone | None:
    """The telephone number in `text`; a part of one only where a number was asked for."""
    found = _dictations(plain_words(text))
    for digits in found:
        number = valid(digits)
        if number:
            return Phone(number, True)
    longest = max(found, key=len, default="")
    return Phone(longest, False) if expected and len(longest.lstrip("+")) >= 2 else None


def continue_phone(before: str, text: str) -> Phone | None:
    """The number that goes on in `text` from the digits dictated `before`; all digits so far."""
    new = read_phone(text, expected=True)
    if new is None or new.complete or new.number.startswith(before):
        return new
    return read_phone(f"{before} {text}", expected=True)


def corrected(number: str, text: str) -> str | None:
    """The number in E.164 as `text` puts it right: "thirteen, not twelve", "forty-two at the end".

    Returns:
        Another number than `number`, or None when the words give none.
    """
    again = read_phone(text)
    if again:
        return again.number if again.number != number else None
    national = f"0{number[3:]}" if number.startswith("+33") else number
    found = _changed(national, plain_words(text))
    if not found or found == national:
        return None
    whole = len(found) == len(national) and found[0] == "0"
    return valid(found) or (f"+33{found[1:]}" if whole else None)


def _changed(digits: str, tokens: list[str]) -> str | None:
    parts = [part for part in _dictations(tokens) if len(part) <= MOST_DIGITS]
    said = " ".join(tokens)
    denied_first = "not" in tokens[:3]
    if len(parts) == 1 and denied_first and len(parts[0]) == 4:
        parts = [parts[0][:2], parts[0][2:]]  # "not twelve, thirteen", without a breath
    if len(parts) == 2 and _INSTEAD.search(said):
        new, old = reversed(parts) if denied_first else parts
        at = digits.rfind(old)
        return f"{digits[:at]}{new}{digits[at + len(old) :]}" if at >= 0 else None
    if len(parts) != 1:
        return None
    if _END.search(said):
        return digits[: -len(parts[0])] + parts[0]
    return parts[0] + digits[len(parts[0]) :] if _START.search(said) else None


def _dictations(tokens: list[str]) -> list[str]:
    """Each stretch of digits; after "no" or "sorry" the end of one is said again."""
    found, digits, at, mended = [], "", 0, ""
    while at < len(tokens):
        group = group_at(tokens, at)
        counted = group and tokens[group[1] : group[1] + 1] and tokens[group[1]] in _COUNTED
        if group and not counted:
            digits, at = digits + group[0], group[1]
            continue
        if tokens[at] in ("plus", "+") and not digits:
            digits = "+"
        elif tokens[at] in _CORRECTIONS and digits:
            found.append(digits)
            mended, digits = digits, ""
        elif tokens[at] not in _BETWEEN and digits:
            found.append(digits)
            digits = ""
        at = group[1] if group else at + 1
    found += [digits] if digits else []
    if mended and digits and valid(mended[: -len(digits)] + digits):
        found.insert(0, mended[: -len(digits)] + digits)
    return [one for one in found if one.strip("+")]


def valid(digits: str) -> str | None:
    """E.164 when there may be such a number, else None."""
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
