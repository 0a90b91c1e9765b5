"""Words that tell an hour: "quatorze heures trente", "midi et demi", "le soir"."""

from __future__ import annotations

from datetime import datetime, time

from voicebot.french.days import Step
from voicebot.french.numbers import below_hundred

_PARTS = {"matin": "matin", "matinee": "matin", "midi": "midi", "soir": "soir", "soiree": "soir"}


def hour_at(tokens: list[str], at: int, now: datetime) -> Step | None:
    """E.g. "quatorze heures trente", "14h30", "midi et demi", "neuf heures moins le quart"."""
    word = tokens[at]
    head, sign, tail = word.partition("h")
    if sign and head.isdecimal() and (tail.isdecimal() or not tail):
        return _time(int(head), int(tail or 0), None, at + 1)
    if word in ("midi", "minuit"):
        if at and tokens[at - 1] == "apres":
            return None
        minute, end = _minutes(tokens, at + 1)
        return _time(12 if word == "midi" else 0, minute, None, end)
    if at > 0 and tokens[at - 1] in ("depuis", "pendant", "fait"):
        return None
    for hour, end in reversed(below_hundred(tokens, at) or _typed(tokens, at)):
        if tokens[end : end + 1] in (["heure"], ["heures"], ["h"]):
            minute, after = _minutes(tokens, end + 1)
            part, after = _part_after(tokens, after)
            return _time(hour, minute, part, after)
    return None


def _part_after(tokens: list[str], at: int) -> tuple[str | None, int]:
    """E.g. "huit heures du matin"."""
    if tokens[at : at + 1] == ["du"] and tokens[at + 1 : at + 2] in (["matin"], ["soir"]):
        return tokens[at + 1], at + 2
    if tokens[at : at + 4] == ["de", "l", "apres", "midi"]:
        return "apres-midi", at + 4
    return None, at


def _typed(tokens: list[str], at: int) -> list[tuple[int, int]]:
    return [(int(tokens[at]), at + 1)] if tokens[at].isdecimal() and len(tokens[at]) < 3 else []


def _minutes(tokens: list[str], at: int) -> tuple[int, int]:
    """Minutes after the hour; negative for "moins le quart"."""
    here = tokens[at : at + 3]
    if here[:2] in (["et", "demi"], ["et", "demie"]):
        return 30, at + 2
    if here[:2] == ["et", "quart"]:
        return 15, at + 2
    if here == ["moins", "le", "quart"]:
        return -15, at + 3
    if here[:2] == ["moins", "quart"]:
        return -15, at + 2
    sign, start = (-1, at + 1) if here[:1] == ["moins"] else (1, at)
    found = [read for read in below_hundred(tokens, start) or [] if 0 < read[0] < 60]
    if not found and start < len(tokens) and tokens[start].isdecimal() and int(tokens[start]) < 60:
        found = [(int(tokens[start]), start + 1)]
    return (sign * found[-1][0], found[-1][1]) if found else (0, at)


def _time(hour: int, minute: int, part: str | None, end: int) -> Step | None:
    if minute < 0:  # "neuf heures moins le quart"
        hour, minute = (hour - 1) % 24, 60 + minute
    if not (0 <= hour <= 24 and 0 <= minute < 60):
        return None
    return None, time(hour % 24, minute), part, end


def part_at(tokens: list[str], at: int, now: datetime) -> Step | None:
    """E.g. "le soir", "l'après-midi"."""
    if tokens[at : at + 2] == ["apres", "midi"]:
        return None, None, "apres-midi", at + 2
    if tokens[at] in _PARTS and not (at and tokens[at - 1] in ("depuis", "bon", "bonne", "tous")):
        return None, None, _PARTS[tokens[at]], at + 1
    return None
