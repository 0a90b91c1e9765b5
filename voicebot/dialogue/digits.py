"""Dictated and typed telephone numbers: joining the parts, correcting one, knowing the whole."""

from __future__ import annotations

import re

NATIONAL = 10
"""Digits of a French number with its leading 0."""

_OVERSEAS = ("+262", "+590", "+594", "+596")
_END = re.compile(r"\b(fin|dernier|derniers|dernière|termine|finit|end|last)\b", re.IGNORECASE)
_START = re.compile(r"\b(début|debut|commence|premier|premiers|start|first)\b", re.IGNORECASE)


def digits_of(value: object) -> str:
    """The digits of a value, with a leading + where there was one."""
    text = str(value or "")
    return ("+" if text.startswith("+") else "") + re.sub(r"\D", "", text)


def join(before: str, after: str) -> str:
    """What was dictated so far and what comes now.

    A caller who starts again is believed, and a reader that went on from `before` gives it again.
    """
    if before and len(after) > len(before) and after.startswith(before):
        return after
    if before and after[0] in "0+" and before[0] in "0+" and len(after) >= min(4, len(before)):
        return after  # the beginning was put right: "zéro six douze", "non, treize"
    starts_again = len(after) >= 4 and after[0] in "0+" and len(before) + len(after) > NATIONAL
    return after if starts_again else before + after


def telephone(digits: str) -> str | None:
    """The number in E.164 when `digits` are a whole one, else None."""
    plain = digits.lstrip("+")
    if not plain.isdigit() or not plain.isascii():
        return None
    if digits.startswith("+") or plain.startswith("00"):
        plain = plain[2:] if plain.startswith("00") else plain
        return f"+{plain}" if 8 <= len(plain) <= 15 else None
    if len(plain) == NATIONAL and plain[0] == "0":
        return f"+33{plain[1:]}"
    return None


def too_many(digits: str) -> bool:
    """Whether no number begins like this."""
    abroad = digits.startswith(("+", "00"))
    return len(digits.lstrip("+")) > (16 if abroad else NATIONAL)


def national(number: str) -> str:
    """A French number as it is dictated, with its 0, overseas too; others as they are."""
    if number.startswith("+33") and len(number) == 12:
        return "0" + number[3:]
    if number[:4] in _OVERSEAS and len(number) == 13:
        return "0" + number[4:]
    return number


def patched(number: str, part: str, words: str) -> str | None:
    """`number` with `part` put where it belongs.

    At its end or its beginning, when the caller's words say so; else in the place of the one
    pair of the same ten: who says "non, treize" means the twelve.
    """
    digits = national(number)
    if not part.isdigit() or not 0 < len(part) < len(digits):
        return None
    if _END.search(words):
        return telephone(digits[: -len(part)] + part)
    if _START.search(words):
        return telephone(part + digits[len(part) :])
    near = [at for at in range(0, len(digits) - 1, 2) if digits[at] == part[0]]
    if len(part) == 2 and len(near) == 1:
        return telephone(digits[: near[0]] + part + digits[near[0] + 2 :])
    return None
