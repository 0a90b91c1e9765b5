"""Days by their number and month: "le trois janvier", "le 3 au soir", "fin février", "20/01"."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime

from voicebot.french.days import DAYS, NEVER, Step
from voicebot.french.normalise import word_set
from voicebot.french.numbers import TENS, below_hundred, read_number

MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre",
    "octobre", "novembre", "decembre",
)  # fmt: skip
_LONG_AGO_DAYS = 31
"""A day of this year gone by for longer is next year's."""
_MAY_FOLLOW = word_set(
    "a au aux vers matin midi soir apres avant en dans ou et si c s merci plutot donc je pour de "
    "du prochain voila oui ca ce sinon par entre euh partir normalement alors"
)
"""After "le vingt-deux", where it is a day and not "le deux pièces"."""


def month_day(tokens: list[str], at: int, now: datetime) -> Step | None:
    """E.g. "le trois janvier", "mardi vingt", "le premier", "le vingt-deux", "le cinq du mois"."""
    if at > 0 and (tokens[at - 1] == "et" or tokens[at - 1] in TENS):
        return None  # the end of a larger number
    named = tokens[at] in DAYS
    start = at + 1 if named or tokens[at] == "le" else at
    number, end = _number(tokens, start)
    if not number:
        return None
    if end < len(tokens) and tokens[end] in MONTHS:
        return _of_month(tokens, number, end, now)
    if number > 31 or start == at:
        return None
    after = tokens[end : end + 1]
    if tokens[end : end + 3] == ["de", "l", "an"]:
        return None  # "le premier de l'an" is a feast
    if after == ["du"] or (after == ["de"] and tokens[end + 1 : end + 2] == ["ce"]):
        if tokens[end + 1 : end + 3] == ["mois", "prochain"]:
            following = (now.year * 12 + now.month) // 12, now.month % 12 + 1
            return _day(following[0], following[1], number, end + 3)
        if "mois" in tokens[end + 1 : end + 3]:
            return _next_numbered(number, tokens.index("mois", end) + 1, now)
        return None
    if after and after[0] not in _MAY_FOLLOW:
        return None
    return _next_numbered(number, end, now)


def edge_of_month(tokens: list[str], at: int, now: datetime) -> Step | None:
    """E.g. "fin janvier", "début du mois prochain", "mi-février", "le mois prochain"."""
    edge = tokens[at] if tokens[at] in ("debut", "mi", "fin", "courant") else ""
    start = at + 1 if edge else at
    while edge and tokens[start : start + 1] in (["du"], ["de"], ["le"], ["mois"]):
        start += 1
    year, month = now.year, now.month
    if edge and start < len(tokens) and tokens[start] in MONTHS:
        month = MONTHS.index(tokens[start]) + 1
        year += month < now.month
        end = start + 1
    elif tokens[start : start + 1] == ["prochain"] and tokens[start - 1] == "mois":
        year, month, end = year + month // 12, month % 12 + 1, start + 1
    elif tokens[at : at + 2] == ["mois", "prochain"]:
        year, month, end = year + month // 12, month % 12 + 1, at + 2
    elif edge and tokens[start - 1] == "mois":
        end = start
    else:
        return None
    number = {"mi": 15, "fin": monthrange(year, month)[1]}.get(edge, 1)
    return _day(year, month, number, end)


def typed_day(tokens: list[str], at: int, now: datetime) -> Step | None:
    """E.g. "15/01/2026", "15.01.2026", "2026-01-15", and "15j01" for "15/01", as typed."""
    short = re.fullmatch(r"(\d{1,2})j(\d{1,2})", tokens[at])
    if short:
        return _next_such(int(short[1]), int(short[2]), at + 1, now)
    here, end = tokens[at].split("."), at + 1
    if len(here) == 1:
        here, end = tokens[at : at + 3], at + 3
    if len(here) != 3 or not all(part.isdecimal() and part.isascii() for part in here):
        return None
    if len(here[0]) == 4:
        here = here[::-1]
    if len(here[2]) != 4 or max(len(here[0]), len(here[1])) > 2:
        return None
    return _day(int(here[2]), int(here[1]), int(here[0]), end)


def _number(tokens: list[str], at: int) -> tuple[int, int]:
    """The number of a day, 1 to 99, and the index after it; (0, at) where there is none."""
    if tokens[at : at + 1] in (["premier"], ["1er"]):
        return 1, at + 1
    if at < len(tokens) and tokens[at].isdecimal() and tokens[at].isascii():
        return (int(tokens[at]), at + 1) if len(tokens[at]) <= 2 else (0, at)
    found = [read for read in below_hundred(tokens, at) if read[0]]
    return found[-1] if found else (0, at)


def _of_month(tokens: list[str], number: int, at: int, now: datetime) -> Step | None:
    """The day of a month that stands at index `at`, with its year where one follows."""
    month, end = MONTHS.index(tokens[at]) + 1, at + 1
    year = read_number(tokens, end)
    if year and 1900 <= year[0] <= 2100:
        return _day(year[0], month, number, year[1])
    if year and 32 <= year[0] <= 99 and tokens[year[1] : year[1] + 1] != ["heures"]:
        return _day(1900 + year[0], month, number, year[1])  # "douze avril soixante-dix"
    return _next_such(number, month, end, now)


def _next_numbered(number: int, end: int, now: datetime) -> Step | None:
    """The coming day of that number, in the first month that has it."""
    for ahead in range(13):
        month = now.month - 1 + ahead
        year, month = now.year + month // 12, month % 12 + 1
        if number <= monthrange(year, month)[1] and (ahead or number >= now.day):
            return _day(year, month, number, end)
    return None


def _next_such(number: int, month: int, end: int, now: datetime) -> Step | None:
    """The coming day of that name; one of the last month is taken as past, not as next year's."""
    found = _day(now.year, month, number, end)
    day = found[0]
    if day is None or day is NEVER:
        return found
    if (now.date() - day).days > _LONG_AGO_DAYS:
        return _day(now.year + 1, month, number, end)
    if (day - now.date()).days > 365 - _LONG_AGO_DAYS:
        return _day(now.year - 1, month, number, end)
    return found


def _day(year: int, month: int, number: int, end: int) -> Step:
    """The day, or `NEVER`: "le trente février"."""
    try:
        return date(year, month, number), None, None, end
    except ValueError:
        return NEVER, None, None, end
