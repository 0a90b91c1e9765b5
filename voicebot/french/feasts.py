"""Public holidays and feasts by their names: "à Noël", "le lundi de Pâques", "la veille de …"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from dateutil.easter import easter  # type: ignore[import-untyped]

from voicebot.french.days import DAYS, Step
from voicebot.french.normalise import word_set


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _after_easter(days: int) -> Callable[[int], date]:
    return lambda year: easter(year) + timedelta(days=days)


_FEASTS: dict[tuple[str, ...], Callable[[int], date]] = {
    ("jour", "de", "l", "an"): _fixed(1, 1),
    ("nouvel", "an"): _fixed(1, 1),
    ("premier", "de", "l", "an"): _fixed(1, 1),
    ("epiphanie",): _fixed(1, 6),
    ("vendredi", "saint"): _after_easter(-2),
    ("paques",): _after_easter(0),
    ("ascension",): _after_easter(39),
    ("pentecote",): _after_easter(49),
    ("fete", "du", "travail"): _fixed(5, 1),
    ("fete", "nationale"): _fixed(7, 14),
    ("quatorze", "juillet"): _fixed(7, 14),
    ("14", "juillet"): _fixed(7, 14),
    ("assomption",): _fixed(8, 15),
    ("toussaint",): _fixed(11, 1),
    ("armistice",): _fixed(11, 11),
    ("noel",): _fixed(12, 25),
    ("saint", "sylvestre"): _fixed(12, 31),
}
_BESIDE = {"veille": -1, "lendemain": 1, "surlendemain": 2}
_BEFORE = word_set("a au aux le la l de du pour jour jusqu fete fetes entre")
"""What stands before a feast; "monsieur Noël" is none."""


def feast(tokens: list[str], at: int, now: datetime) -> Step | None:
    """E.g. "Noël", "le lundi de Pâques", "la veille de Noël"; the coming one."""
    named = DAYS.index(tokens[at]) if tokens[at] in DAYS else None
    beside = _BESIDE.get(tokens[at])
    start = at
    if named is not None or beside is not None:
        start += 1
        while tokens[start : start + 1] and tokens[start] in ("de", "du", "la", "l", "le", "jour"):
            if _name(tokens, start):
                break
            start += 1
        if start == at + 1 and not _name(tokens, at):
            return None
    found = _name(tokens, start) or _name(tokens, at)
    if found is None or (start == at and at and tokens[at - 1] not in _BEFORE):
        return None
    feast_of, end = found
    for year in (now.year, now.year + 1):
        day = feast_of(year) + timedelta(days=beside or 0)
        if named is not None and end > at + 2:
            day += timedelta(days=(named - day.weekday()) % 7)
        if day >= now.date():
            return day, None, None, end
    return None


def _name(tokens: list[str], at: int) -> tuple[Callable[[int], date], int] | None:
    """The feast named at index `at`, and the index after it."""
    for phrase, feast_of in _FEASTS.items():
        if tuple(tokens[at : at + len(phrase)]) == phrase:
            return feast_of, at + len(phrase)
    return None
