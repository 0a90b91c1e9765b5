"""Words that tell a day by today: "demain", "mardi en huit", "en fin de semaine prochaine"."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
NEVER = date.min
"""A day or an hour that there is not: "le trente février"."""

Step = tuple[date | None, time | None, str | None, int]
"""Day, hour and part of day read, and the index after them."""

_NEAR: tuple[tuple[tuple[str, ...], int, str | None], ...] = (
    (("apres", "demain"), 2, None),
    (("avant", "hier"), -2, None),
    (("aujourd", "hui"), 0, None),
    (("demain",), 1, None),
    (("hier",), -1, None),
    (("ce", "matin"), 0, "matin"),
    (("ce", "midi"), 0, "midi"),
    (("ce", "soir"), 0, "soir"),
    (("cet", "apres", "midi"), 0, "apres-midi"),
    (("cette", "apres", "midi"), 0, "apres-midi"),
    (("cet", "aprem"), 0, "apres-midi"),
    (("cette", "aprem"), 0, "apres-midi"),
    (("cette", "nuit"), 0, "nuit"),
    (("nuit", "derniere"), -1, "nuit"),
    (("tout", "a", "l", "heure"), 0, None),
)
"""Words, days from today, part of the day."""
_PAST = ("dernier", "derniere", "passe", "passee")
_COMING = (("prochain",), ("prochaine",), ("qui", "vient"), ("qui", "arrive"))
_IN_WEEKS = {"huit": 7, "quinze": 14}
"""Weeks are counted with both ends: "mardi en huit" is a week after Tuesday."""
_IN_WEEK = {"debut": 0, "milieu": 2, "fin": 4}
"""The working week: its end is Friday."""


def near(tokens: list[str], at: int, now: datetime) -> Step | None:
    """E.g. "demain", "ce soir", "d'aujourd'hui en huit", "le lendemain"."""
    today = now.date()
    for phrase, ahead, part in _NEAR:
        end = at + len(phrase)
        if tuple(tokens[at:end]) == phrase:
            later, end = _in_weeks(tokens, end)
            return today + timedelta(days=ahead + later), None, part, end
    if tokens[at] == "lendemain" and tokens[at + 1 : at + 2] not in (["de"], ["du"]):
        return today + timedelta(days=1), None, None, at + 1
    return None


def week(tokens: list[str], at: int, now: datetime) -> Step | None:
    """E.g. "la semaine prochaine", "en fin de semaine", "ce week-end"."""
    today = now.date()
    monday = today - timedelta(days=today.weekday())
    end = _weekend(tokens, at)
    if end:
        saturday = monday + timedelta(days=5)
        if tokens[end : end + 1] and tokens[end] in _PAST:
            return saturday - timedelta(days=7), None, None, end + 1
        coming = tokens[end : end + 1] == ["prochain"]
        if at > 1 and tokens[at - 2 : at] in (["apres", "le"], ["apres", "ce"]):
            return monday + timedelta(days=7), None, None, end
        if today >= saturday:
            saturday = saturday + timedelta(days=7) if coming else today
        return saturday, None, None, end + coming
    within = _IN_WEEK.get(tokens[at])
    start = at if within is None else at + 1
    while within is not None and tokens[start : start + 1] in (["de"], ["la"], ["cette"]):
        start += 1
    if tokens[start : start + 1] != ["semaine"]:
        return None
    which = tokens[start + 1] if start + 1 < len(tokens) else ""
    if which == "prochaine" or which in _PAST:
        first = monday + timedelta(days=7 if which == "prochaine" else -7)
        named = tokens[start + 2] if start + 2 < len(tokens) else ""
        if within is None and named in DAYS:
            return first + timedelta(days=DAYS.index(named)), None, None, start + 3
        return first + timedelta(days=within or 0), None, None, start + 2
    if within is None:
        return None
    day = monday + timedelta(days=within)
    return day + timedelta(days=7 if day < today else 0), None, None, start + 1


def weekday(tokens: list[str], at: int, now: datetime) -> Step | None:
    """E.g. "mardi", "mardi prochain", "mardi en huit", "jeudi de la semaine prochaine"."""
    if tokens[at] not in DAYS:
        return None
    today, end = now.date(), at + 1
    ahead = (DAYS.index(tokens[at]) - today.weekday()) % 7 or 7
    later, after = _in_weeks(tokens, end)
    if later:
        return today + timedelta(days=ahead + later), None, None, after
    if tokens[end : end + 1] and tokens[end] in _PAST:
        return today + timedelta(days=ahead - (7 if ahead < 7 else 14)), None, None, end + 1
    for phrase in _COMING:
        if tuple(tokens[end : end + len(phrase)]) == phrase:
            return today + timedelta(days=ahead), None, None, end + len(phrase)
    start = end
    while tokens[start : start + 1] in (["de"], ["la"], ["cette"]):
        start += 1
    if tokens[start : start + 1] == ["semaine"]:
        monday = today - timedelta(days=today.weekday())
        which = tokens[start + 1] if start + 1 < len(tokens) else ""
        weeks = 1 if which == "prochaine" else -1 if which in _PAST else 0
        day = monday + timedelta(days=7 * weeks + DAYS.index(tokens[at]))
        return day, None, None, start + 1 + bool(weeks)
    return today + timedelta(days=ahead), None, None, end


def _in_weeks(tokens: list[str], at: int) -> tuple[int, int]:
    """Days added by "en huit", "en quinze", "dans huit jours", and the index after them."""
    here = tokens[at : at + 3]
    if here[:1] == ["en"] and len(here) > 1 and here[1] in _IN_WEEKS:
        return _IN_WEEKS[here[1]], at + 2
    if here[:1] == ["dans"] and here[2:] == ["jours"] and here[1] in _IN_WEEKS:
        return _IN_WEEKS[here[1]], at + 3
    return 0, at


def _weekend(tokens: list[str], at: int) -> int:
    """The index after "week-end", or 0."""
    start = at + 1 if tokens[at] == "ce" else at
    if tokens[start : start + 2] == ["week", "end"]:
        return start + 2
    return start + 1 if tokens[start : start + 1] == ["weekend"] else 0
