"""Words that tell an hour: "quatorze heures trente", "midi et demi", "entre midi et deux"."""

from __future__ import annotations

from datetime import datetime, time

from voicebot.french.days import NEVER, Step
from voicebot.french.numbers import below_hundred

EXACT = "exact"
"""Instead of a part of the day: the hour is the one of twenty-four, as in "02h30"."""
_HOUR = ("heure", "heures", "h")
_PHRASES: tuple[tuple[tuple[str, ...], str], ...] = (
    (("entre", "midi", "et", "deux", "heures"), "midi"),
    (("entre", "midi", "et", "quatorze", "heures"), "midi"),
    (("entre", "midi", "et", "deux"), "midi"),
    (("heure", "du", "dejeuner"), "midi"),
    (("premiere", "heure"), "matin"),
    (("fin", "de", "journee"), "soir"),
    (("avant", "minuit"), "soir"),
    (("apres", "midi"), "apres-midi"),
    (("aprem",), "apres-midi"),
)
_PARTS = {"matin": "matin", "matinee": "matin", "midi": "midi", "soir": "soir", "soiree": "soir"}
_NOT_AFTER = ("depuis", "bon", "bonne", "bel", "belle", "tous", "toutes", "chaque")
_LASTING = ("depuis", "pendant", "fait", "dure", "durant", "toutes", "sous")
"""Before a number of hours that is no time of day."""


def hour_at(tokens: list[str], at: int, now: datetime) -> Step | None:
    """E.g. "quatorze heures trente", "14h30", "midi et demi", "neuf heures moins le quart"."""
    word = tokens[at]
    head, sign, tail = word.partition("h")
    if sign and head.isdecimal() and (tail.isdecimal() or not tail) and len(head + tail) <= 4:
        return _time(int(head), int(tail or 0), EXACT if head[0] == "0" else None, at + 1)
    if word in ("midi", "minuit"):
        if at and tokens[at - 1] in ("apres", "entre"):
            return None
        minute, end = _minutes(tokens, at + 1)
        return _time(12 if word == "midi" else 0, minute, None, end)
    before = tokens[max(0, at - 2) : at]
    if before[-1:] and (before[-1] in _LASTING or (before[-1] == "pour" and before[0] == "ai")):
        return None
    for hour, end in reversed(_numbers(tokens, at)):
        if tokens[end : end + 1] and tokens[end] in _HOUR:
            return _at(tokens, hour, end)
        later = _until(tokens, hour, end)
        if later:
            return time_step(hour, later)
    return None


def _at(tokens: list[str], hour: int, end: int) -> Step | None:
    """The time whose word "heures" stands at index `end`."""
    if tokens[end + 1 : end + 2] == ["sur"]:
        return None  # "vingt-quatre heures sur vingt-quatre"
    if tokens[end + 1 : end + 2] == ["d"]:
        return None  # "deux heures d'attente"
    minute, after = _minutes(tokens, end + 1)
    part, after = _part_after(tokens, after)
    return _time(hour, minute, part, after)


def _until(tokens: list[str], hour: int, end: int) -> int:
    """The index after "et dix heures" of "neuf et dix heures", or of "neuf dix heures"; else 0."""
    start = end + 1 if tokens[end : end + 1] in (["et"], ["a"], ["ou"]) else end
    for later, after in _numbers(tokens, start):
        if hour < later <= hour + (1 if start == end else 4) and tokens[after : after + 1] in (
            ["heures"],
            ["h"],
        ):
            return after + 1
        between = tokens[max(0, start - 3) : start]
        if between[:1] == ["entre"] and between[-1:] == ["et"] and 7 <= hour < later <= 21:
            return after  # "entre dix et douze"
    return 0


def time_step(hour: int, end: int) -> Step | None:
    """A whole hour."""
    return _time(hour, 0, None, end)


def _part_after(tokens: list[str], at: int) -> tuple[str | None, int]:
    """E.g. "huit heures du matin"."""
    if tokens[at : at + 1] == ["du"] and tokens[at + 1 : at + 2] in (["matin"], ["soir"], ["mat"]):
        return {"mat": "matin"}.get(tokens[at + 1], tokens[at + 1]), at + 2
    if tokens[at : at + 4] == ["de", "l", "apres", "midi"]:
        return "apres-midi", at + 4
    if tokens[at : at + 3] == ["de", "la", "nuit"]:
        return "nuit", at + 3
    return None, at


def _numbers(tokens: list[str], at: int) -> list[tuple[int, int]]:
    """Every number that begins at index `at`, spoken or typed."""
    if at < len(tokens) and tokens[at].isdecimal() and tokens[at].isascii():
        return [(int(tokens[at]), at + 1)] if len(tokens[at]) < 3 else []
    return below_hundred(tokens, at)


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
    found = [read for read in _numbers(tokens, start) if read[0]]
    if found and tokens[found[-1][1] : found[-1][1] + 1] and tokens[found[-1][1]] in _HOUR:
        return 0, at  # "vers midi, une heure"
    joined = _numbers(tokens, at + 1) if here[:1] == ["et"] else []
    if joined and tokens[joined[-1][1] : joined[-1][1] + 1] == ["minutes"]:
        return joined[-1][0], joined[-1][1] + 1
    return (sign * found[-1][0], found[-1][1]) if found else (0, at)


def _time(hour: int, minute: int, part: str | None, end: int) -> Step | None:
    """The time, or `NEVER` where no clock shows it."""
    if minute < 0:  # "neuf heures moins le quart"
        hour, minute = (hour - 1) % 24, 60 + minute
        if hour == 0 and part is None:
            hour = 12  # "une heure moins le quart" is after lunch
    if not (0 <= hour <= 24 and 0 <= minute < 60):
        return NEVER, None, None, end
    return None, time(hour % 24, minute), part, end


def phrase_at(tokens: list[str], at: int, now: datetime) -> Step | None:
    """E.g. "l'après-midi", "entre midi et deux", "à la première heure"."""
    if at and tokens[at - 1] in _NOT_AFTER:
        return None
    for phrase, part in _PHRASES:
        if tuple(tokens[at : at + len(phrase)]) == phrase:
            return None, None, part, at + len(phrase)
    return None


def part_at(tokens: list[str], at: int, now: datetime) -> Step | None:
    """E.g. "le soir", "le matin"."""
    part = _PARTS.get(tokens[at])
    if part is None or (at and tokens[at - 1] in (*_NOT_AFTER, "apres")):
        return None
    return None, None, part, at + 1
