"""Words that tell a day: "mardi en huit", "le trois janvier", "dans quinze jours"."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from voicebot.french.numbers import TENS, below_hundred, read_number

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre",
    "octobre", "novembre", "decembre",
)  # fmt: skip
_PAST_WORDS = ("dernier", "derniere", "passe", "passee")

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
    (("cette", "nuit"), 0, None),
)
"""Words, days from today, part of the day."""


def near(tokens: list[str], at: int, now: datetime) -> Step | None:
    """E.g. "demain", "ce soir", "ce week-end", "la semaine prochaine"."""
    today = now.date()
    for phrase, ahead, part in _NEAR:
        if tuple(tokens[at : at + len(phrase)]) == phrase:
            return today + timedelta(days=ahead), None, part, at + len(phrase)
    start = at + 1 if tokens[at] == "ce" else at
    if tokens[start : start + 2] == ["week", "end"]:
        return today + timedelta(days=(5 - today.weekday()) % 7), None, None, start + 2
    if tokens[at : at + 2] == ["semaine", "prochaine"]:
        return today + timedelta(days=7 - today.weekday()), None, None, at + 2
    return None


def weekday(tokens: list[str], at: int, now: datetime) -> Step | None:
    """E.g. "mardi", "mardi prochain", "mardi en huit"."""
    if tokens[at] not in DAYS:
        return None
    today, end = now.date(), at + 1
    ahead = (DAYS.index(tokens[at]) - today.weekday()) % 7 or 7
    after = tokens[end : end + 2]
    dated = month_day(tokens, end, now)
    if dated:  # "mardi vingt janvier": the date decides
        return dated
    if after == ["en", "huit"]:
        return today + timedelta(days=ahead + 7), None, None, end + 2
    if after == ["en", "quinze"]:
        return today + timedelta(days=ahead + 14), None, None, end + 2
    if after[:1] and after[0] in _PAST_WORDS:
        return today + timedelta(days=ahead - 7), None, None, end + 1
    if after[:1] == ["prochain"]:
        return today + timedelta(days=ahead), None, None, end + 1
    if after == ["de", "la"] and tokens[end + 2 : end + 4] == ["semaine", "prochaine"]:
        monday = today + timedelta(days=7 - today.weekday())
        return monday + timedelta(days=DAYS.index(tokens[at])), None, None, end + 4
    return today + timedelta(days=ahead), None, None, end


def month_day(tokens: list[str], at: int, now: datetime) -> Step | None:
    """E.g. "le trois janvier", "le premier", "le vingt-deux"."""
    if at > 0 and (tokens[at - 1] == "et" or tokens[at - 1] in TENS):
        return None  # the end of a larger number
    start = at + 1 if tokens[at : at + 1] == ["le"] else at
    if tokens[start : start + 1] in (["premier"], ["1er"]):
        number, end = 1, start + 1
    else:
        found = [read for read in below_hundred(tokens, start) if 1 <= read[0] <= 31]
        typed = tokens[start] if start < len(tokens) else ""
        if typed.isdecimal() and 1 <= int(typed) <= 31:
            found = [(int(typed), start + 1)]
        if not found:
            return None
        number, end = found[-1]
    if end < len(tokens) and tokens[end] in MONTHS:
        month, end = MONTHS.index(tokens[end]) + 1, end + 1
        year = read_number(tokens, end)
        if year and 1900 <= year[0] <= 2100:
            return _day(year[0], month, number, year[1])
        if year and 32 <= year[0] <= 99 and tokens[year[1] : year[1] + 1] != ["heures"]:
            return _day(1900 + year[0], month, number, year[1])  # "douze avril soixante-dix"
        return _next_such(number, month, end, now)
    hour_follows = tokens[end : end + 1] in (["heure"], ["heures"], ["h"], ["jours"], ["euros"])
    after_day = at > 0 and tokens[at - 1] in DAYS
    if (start == at and not after_day) or hour_follows:
        return None
    if tokens[end : end + 1] and not after_day and tokens[end].isalpha() and _counts(tokens[end]):
        return None
    month = now.month if number >= now.day else now.month % 12 + 1
    return _next_such(number, month, end, now)


def _counts(token: str) -> bool:
    """Whether a number before this word does not name a day ("le zéro six", "le deux rue …")."""
    return bool(below_hundred([token], 0)) or token in (
        "rue",
        "avenue",
        "place",
        "boulevard",
        "bis",
    )


def _next_such(number: int, month: int, end: int, now: datetime) -> Step | None:
    """The coming day of that name; one of the last month is taken as past, not as next year's."""
    found = _day(now.year, month, number, end)
    if found and found[0] and (now.date() - found[0]).days > 31:
        return _day(now.year + 1, month, number, end)
    if found and found[0] and (found[0] - now.date()).days > 334:
        return _day(now.year - 1, month, number, end)
    return found


def _day(year: int, month: int, number: int, end: int) -> Step | None:
    try:
        return date(year, month, number), None, None, end
    except ValueError:
        return None


def from_now(tokens: list[str], at: int, now: datetime) -> Step | None:
    """E.g. "dans quinze jours", "d'ici deux heures", "dans une semaine"."""
    if tokens[at] not in ("dans", "ici") or at + 2 >= len(tokens):
        return None
    half_hour = tokens[at + 1 : at + 4] == ["une", "demi", "heure"]
    if half_hour:
        later = now + timedelta(minutes=30)
        return later.date(), later.time().replace(second=0, microsecond=0), None, at + 4
    read = read_number(tokens, at + 1)
    if read is None or read[1] >= len(tokens):
        return None
    count, end = read
    unit = tokens[end].rstrip("s")
    if unit in ("minute", "heure"):
        later = now + timedelta(**{f"{unit}s".replace("heures", "hours"): count})
        return later.date(), later.time().replace(second=0, microsecond=0), None, end + 1
    # "huit jours" and "quinze jours" are one and two weeks.
    days = {8: 7, 15: 14}.get(count, count)
    ahead = {"jour": days, "semaine": count * 7, "moi": count * 30}.get(unit)
    return (now.date() + timedelta(days=ahead), None, None, end + 1) if ahead else None


def typed_day(tokens: list[str], at: int, now: datetime) -> Step | None:
    """E.g. "15/01/2026" and "15.01.2026", as typed."""
    here = tokens[at].split(".")
    if len(here) == 1 and all(token.isdecimal() for token in tokens[at : at + 3]):
        here = tokens[at : at + 3]
        end = at + 3
    else:
        end = at + 1
    if len(here) != 3 or not all(part.isdecimal() for part in here) or len(here[2]) != 4:
        return None
    return _day(int(here[2]), int(here[1]), int(here[0]), end)
