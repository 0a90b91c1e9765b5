"""Spoken French dates and times: "mardi en huit", "demain vers midi et demi"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from voicebot.french.normalise import Word, between, word_set, words
from voicebot.french.numbers import TENS, below_hundred, read_number, say_number

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre",
    "octobre", "novembre", "decembre",
)  # fmt: skip
_SAID_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre",
)  # fmt: skip
_PARTS = {"matin": "matin", "matinee": "matin", "midi": "midi", "soir": "soir", "soiree": "soir"}
_PART_HOURS = {"matin": time(9), "midi": time(12), "apres-midi": time(14), "soir": time(19)}
"""The hour that stands for a part of the day: the first at which a call is welcome."""
_PART_ENDS = {"matin": time(12), "midi": time(14), "apres-midi": time(18), "soir": time(22)}
_JOINERS = word_set("le la a au aux vers pour de du ce cet cette dans donc en l d jour partir")
_PAST_WORDS = ("dernier", "derniere", "passe", "passee")


@dataclass(frozen=True)
class When:
    """A day, with an hour where one was given."""

    day: date
    at: time | None
    part: str | None
    """matin, midi, apres-midi or soir, where only that was said."""
    text: str
    past: bool
    """It lies before `now`: a mistake where a call back is asked for, right for "depuis hier"."""

    @property
    def iso(self) -> str:
        """ISO 8601: "2026-01-15", "2026-01-15T14:30"; a part of the day gives its first hour."""
        at = self.at or (_PART_HOURS[self.part] if self.part else None)
        return f"{self.day.isoformat()}T{at:%H:%M}" if at else self.day.isoformat()


@dataclass
class _Parts:
    """What has been read so far."""

    day: date | None = None
    at: time | None = None
    part: str | None = None


Step = tuple[date | None, time | None, str | None, int]
"""Day, hour and part of day read, and the index after them."""


def read_date(text: str, now: datetime) -> When | None:
    """The first date or time in `text`.

    Args:
        text: what was said.
        now: the instant in the speaker's zone.
    """
    found = words(text)
    tokens = [word.plain for word in found]
    for at in range(len(tokens)):
        first = _step(tokens, at, now)
        if first is None:
            continue
        parts, end = _Parts(*first[:3]), first[3]
        while True:
            joined = end
            while joined < len(tokens) and tokens[joined] in _JOINERS:
                joined += 1
            more = _step(tokens, joined, now) if joined < len(tokens) else None
            if more is None or _contradicts(parts, more):
                break
            parts.day = parts.day or more[0]
            parts.at = parts.at or more[1]
            parts.part = parts.part or more[2]
            end = more[3]
        return _when(parts, found, at, end, text, now)
    return None


def say_date(iso: str, now: datetime) -> str:
    """An ISO day or instant as it is read back: "demain, jeudi quinze janvier, à midi"."""
    moment = datetime.fromisoformat(iso)
    day = moment.date()
    number = "premier" if day.day == 1 else say_number(day.day)
    said = f"{DAYS[day.weekday()]} {number} {_SAID_MONTHS[day.month - 1]}"
    near = {0: "aujourd'hui", 1: "demain", 2: "après-demain"}.get((day - now.date()).days)
    if near:
        said = f"{near}, {said}"
    if abs((day - now.date()).days) > 300:
        said = f"{said} {say_number(day.year)}"
    return f"{said}, à {say_time(moment.time())}" if "T" in iso else said


def say_time(at: time) -> str:
    """An hour in words: "quatorze heures trente", "midi"."""
    if at.hour in (0, 12):
        head = "midi" if at.hour == 12 else "minuit"
        spoken = {0: head, 15: f"{head} et quart", 30: f"{head} et demi"}.get(at.minute)
        return spoken or f"{head} {say_number(at.minute)}"
    hour = "une heure" if at.hour == 1 else f"{_feminine(at.hour)} heures"
    return f"{hour} {_feminine(at.minute)}" if at.minute else hour


def _feminine(number: int) -> str:
    """Hours and minutes are feminine: "vingt et une heures"."""
    said = say_number(number)
    return f"{said}e" if said.endswith("un") else said


def _contradicts(parts: _Parts, more: Step) -> bool:
    """Whether what follows says another day or hour: a second date, left for whoever asks."""
    day, at, part, _ = more
    return bool(
        (day and parts.day and day != parts.day)
        or (at and parts.at)
        or (part and parts.part and not at and not day)
    )


def _when(
    parts: _Parts, found: list[Word], at: int, end: int, text: str, now: datetime
) -> When | None:
    hour = parts.at
    if hour and parts.part in ("apres-midi", "soir") and 1 <= hour.hour < 12:
        hour = hour.replace(hour=hour.hour + 12)
    if parts.part == "midi" and hour is None:
        hour = time(12)
    day = parts.day
    if day is None:
        over = hour or (_PART_ENDS[parts.part] if parts.part else None)
        if over is None:
            return None
        # "à huit heures", said at ten at night, is tomorrow's.
        gone = over <= now.time()
        day = now.date() + timedelta(days=1 if gone else 0)
    ends = _PART_ENDS[parts.part] if parts.part else time(23, 59)
    moment = datetime.combine(day, hour or ends)
    past = moment < now.replace(tzinfo=None)
    return When(day, hour, parts.part, between(text, found[at], found[end - 1]), past)


def _step(tokens: list[str], at: int, now: datetime) -> Step | None:
    """One thing that tells a day, an hour or a part of the day, beginning at `at`."""
    for read in (_near, _weekday, _month_day, _from_now, _slashes, _hour, _part):
        found = read(tokens, at, now)
        if found:
            return found
    return None


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


def _near(tokens: list[str], at: int, now: datetime) -> Step | None:
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


def _weekday(tokens: list[str], at: int, now: datetime) -> Step | None:
    if tokens[at] not in DAYS:
        return None
    today, end = now.date(), at + 1
    ahead = (DAYS.index(tokens[at]) - today.weekday()) % 7 or 7
    after = tokens[end : end + 2]
    dated = _month_day(tokens, end, now)
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


def _month_day(tokens: list[str], at: int, now: datetime) -> Step | None:
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


def _from_now(tokens: list[str], at: int, now: datetime) -> Step | None:
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


def _slashes(tokens: list[str], at: int, now: datetime) -> Step | None:
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


def _hour(tokens: list[str], at: int, now: datetime) -> Step | None:
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


def _part(tokens: list[str], at: int, now: datetime) -> Step | None:
    if tokens[at : at + 2] == ["apres", "midi"]:
        return None, None, "apres-midi", at + 2
    if tokens[at] in _PARTS and not (at and tokens[at - 1] in ("depuis", "bon", "bonne", "tous")):
        return None, None, _PARTS[tokens[at]], at + 1
    return None
