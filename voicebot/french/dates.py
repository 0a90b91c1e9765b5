"""Spoken French dates and times: "mardi en huit", "demain vers midi et demi"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from voicebot.french.any_time import any_time
from voicebot.french.calendar_days import edge_of_month, month_day, typed_day
from voicebot.french.days import DAYS, NEVER, Step, near, week, weekday
from voicebot.french.feasts import feast
from voicebot.french.hours import EXACT, hour_at, part_at, phrase_at
from voicebot.french.normalise import between, word_set, words
from voicebot.french.numbers import say_number
from voicebot.french.spans import from_now

__all__ = ["When", "any_time", "no_such_moment", "read_date", "say_date", "say_time"]

_SAID_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre",
)  # fmt: skip
_SAID_PARTS = {
    "matin": "le matin", "midi": "à midi", "apres-midi": "l'après-midi", "soir": "le soir",
}  # fmt: skip
_PART_ENDS = {"matin": time(12), "midi": time(14), "apres-midi": time(18), "soir": time(22)}
_JOINERS = word_set(
    "le la l les a au aux vers pour de du ce cet cette dans donc en d jour partir entre avant "
    "debut fin milieu euh plutot"
)
"""Between the parts of one date: "demain, plutôt en fin d'après-midi"."""
_READERS = (
    feast, month_day, weekday, edge_of_month, week, near, from_now, typed_day, phrase_at, hour_at,
    part_at,
)  # fmt: skip
_AFTERNOON = range(1, 6)
"""Hours that are the afternoon's unless the morning or the night is named: "à trois heures"."""
_NIGHT_ENDS = 6
_LAST_MONTH_DAYS, _THIS_YEAR_DAYS = 30, 300
"""Days within which a day is told without its year."""
_CLOCK = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?!\d)")
_SHORT_DAY = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?![\d/])")


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
        """ISO 8601: "2026-01-15", "2026-01-15T14:30"; a part of the day follows the day it is
        of, since "demain matin" is not nine o'clock: "2026-01-15/matin".
        """
        if self.at:
            return f"{self.day.isoformat()}T{self.at:%H:%M}"
        return f"{self.day.isoformat()}/{self.part}" if self.part else self.day.isoformat()


@dataclass
class _Parts:
    """What has been read so far."""

    day: date | None = None
    at: time | None = None
    part: str | None = None
    exact: bool = False
    """The hour was counted from now: "dans trois heures"."""


def read_date(text: str, now: datetime) -> When | None:
    """The first date or time in `text` that the calendar has.

    Who says "pas lundi, plutôt mardi" means the Tuesday.

    Args:
        text: what was said.
        now: the instant in the speaker's zone.
    """
    return next((found for found in _moments(text, now) if isinstance(found, When)), None)


def no_such_moment(text: str, now: datetime) -> str | None:
    """The words of a day or hour that there is not, where `text` tells no other.

    "Le trente février", "vingt-cinq heures", and an hour left out when clocks go forward.
    """
    found = list(_moments(text, now))
    if any(isinstance(moment, When) for moment in found):
        return None
    return next((moment for moment in found if isinstance(moment, str)), None)


def say_date(iso: str, now: datetime) -> str:
    """A day or instant as it is read back: "demain, jeudi quinze janvier, à midi"."""
    iso, _, part = iso.partition("/")
    moment = datetime.fromisoformat(iso)
    day = moment.date()
    number = "premier" if day.day == 1 else say_number(day.day)
    said = f"{DAYS[day.weekday()]} {number} {_SAID_MONTHS[day.month - 1]}"
    near = {0: "aujourd'hui", 1: "demain", 2: "après-demain"}.get((day - now.date()).days)
    if near:
        said = f"{near}, {said}"
    if not -_LAST_MONTH_DAYS <= (day - now.date()).days <= _THIS_YEAR_DAYS:
        said = f"{said} {say_number(day.year)}"
    if part:
        return f"{said}, {_SAID_PARTS[part]}"
    return f"{said}, à {say_time(moment.time())}" if "T" in iso else said


def say_time(at: time) -> str:
    """An hour in words: "quatorze heures trente", "trois heures du matin", "midi"."""
    if at.hour in (0, 12):
        head = "midi" if at.hour == 12 else "minuit"
        spoken = {0: head, 15: f"{head} et quart", 30: f"{head} et demi"}.get(at.minute)
        return spoken or f"{head} {say_number(at.minute)}"
    hour = "une heure" if at.hour == 1 else f"{_feminine(at.hour)} heures"
    said = f"{hour} {_feminine(at.minute)}" if at.minute else hour
    return f"{said} du matin" if at.hour in _AFTERNOON else said


def _feminine(number: int) -> str:
    """Hours and minutes are feminine: "vingt et une heures"."""
    said = say_number(number)
    return f"{said}e" if said.endswith("un") else said


def _moments(text: str, now: datetime) -> Iterator[When | str]:
    """Each date in `text`; of one that there is not, the words."""
    # As long as before, so that each word keeps its place: "14:30" is read as "14h30", "20/01"
    # as "20j01".
    shaped = _SHORT_DAY.sub(r"\1j\2", _CLOCK.sub(r"\1h\2", text))
    found = words(shaped)
    tokens = [word.plain for word in found]
    denied: When | str | None = None
    at = 0
    while at < len(tokens):
        first = _step(tokens, at, now)
        if first is None:
            at += 1
            continue
        parts, end = _joined(tokens, first, now)
        moment = _when(parts, between(text, found[at], found[end - 1]), now)
        if moment is not None and not _denied(tokens, at):
            yield moment
        elif moment is not None:
            denied = moment
        at = end
    if denied is not None and "plutot" in tokens:
        yield denied  # "non pas, lundi plutôt"


def _joined(tokens: list[str], first: Step, now: datetime) -> tuple[_Parts, int]:
    """What one date tells, from its first part on, and the index after it."""
    parts, end = _Parts(*first[:3], exact=bool(first[0] and first[1])), first[3]
    while True:
        joined = end
        more = None
        while joined < len(tokens):
            more = _step(tokens, joined, now)
            if more or tokens[joined] not in _JOINERS:
                break
            joined += 1
        if more is None or _contradicts(parts, more):
            return parts, end
        parts.day = more[0] if more[0] is NEVER else parts.day or more[0]
        parts.at = parts.at or more[1]
        parts.part = parts.part or more[2]
        end = more[3]


def _denied(tokens: list[str], at: int) -> bool:
    """Whether "pas" stands before it: "pas lundi", but not "pas avant lundi"."""
    before = tokens[max(0, at - 2) : at]
    return before[-1:] == ["pas"] or (before[:1] == ["pas"] and before[1] in ("le", "ce", "a"))


def _contradicts(parts: _Parts, more: Step) -> bool:
    """Whether what follows says another day or hour: a second date, left for whoever asks."""
    day, at, part, _ = more
    return bool(
        (day and day is not NEVER and parts.day and day != parts.day)
        or (at and parts.at)
        or (part and parts.part and part != parts.part and not at and not day)
    )


def _when(parts: _Parts, text: str, now: datetime) -> When | str | None:
    """The moment; its words where there is none; None where the parts tell no day."""
    if parts.day is NEVER:
        return text
    hour, part, day = _hour(parts, now), parts.part, parts.day
    if day is None:
        over = hour or (_PART_ENDS.get(part) if part else None)
        if over is None:
            return None
        # "à huit heures", said at ten at night, is tomorrow's.
        day = now.date() + timedelta(days=1 if over <= now.time() else 0)
    elif hour and hour.hour < _NIGHT_ENDS and _after_midnight(part, now):
        day += timedelta(days=1)  # "ce soir à minuit", "cette nuit à trois heures"
    part = None if part in ("nuit", EXACT) else part
    if hour and not _shown(datetime.combine(day, hour), now):
        return text
    moment = datetime.combine(day, hour or (_PART_ENDS[part] if part else time(23, 59)))
    return When(day, hour, part, text, moment < now.replace(tzinfo=None))


def _after_midnight(part: str | None, now: datetime) -> bool:
    """Whether a small hour of this part of the day belongs to the day after."""
    return part == "soir" or (part == "nuit" and now.hour >= _NIGHT_ENDS)


def _hour(parts: _Parts, now: datetime) -> time | None:
    """The hour of the day that the hour on the clock stands for."""
    hour = parts.at
    if hour is None:
        return None
    later = parts.part in ("apres-midi", "soir") and 1 <= hour.hour < 12
    tonight = now.hour < _NIGHT_ENDS and (parts.day is None or parts.day == now.date())
    if parts.part is None and hour.hour in _AFTERNOON and not parts.exact and not tonight:
        later = True
    return hour.replace(hour=hour.hour + 12) if later else hour


def _shown(moment: datetime, now: datetime) -> bool:
    """Whether the clocks of the speaker's zone show this time on that day."""
    if now.tzinfo is None:
        return True
    local = moment.replace(tzinfo=now.tzinfo)
    return local.astimezone(UTC).astimezone(now.tzinfo).replace(tzinfo=None) == moment


def _step(tokens: list[str], at: int, now: datetime) -> Step | None:
    """One thing that tells a day, an hour or a part of the day, beginning at `at`."""
    for read in _READERS:
        found = read(tokens, at, now)
        if found:
            return found
    return None
