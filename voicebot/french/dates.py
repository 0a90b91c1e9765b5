"""Spoken French dates and times: "mardi en huit", "demain vers midi et demi"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from voicebot.french.any_time import any_time
from voicebot.french.calendar_days import edge_of_month, month_day, typed_day
from voicebot.french.days import NEVER, Step, near, week, weekday
from voicebot.french.feasts import feast
from voicebot.french.hours import EXACT, hour_at, part_at, phrase_at
from voicebot.french.normalise import Word, between, word_set, words
from voicebot.french.said_dates import say_date, say_time
from voicebot.french.spans import from_now

__all__ = ["When", "any_time", "no_such_moment", "read_date", "say_date", "say_time"]

_PART_ENDS = {"matin": time(12), "midi": time(14), "apres-midi": time(18), "soir": time(22)}
_JOINERS = word_set(
    "le la l les a au aux vers pour de du ce cet cette dans donc en d jour partir entre avant "
    "debut fin milieu euh plutot tout des jusqu qu apres sur coup environs alentours peu "
    "preference si possible"
)
"""Between the parts of one date: "demain, plutôt en fin d'après-midi"."""
_TAKES_BACK = word_set("non pardon enfin plutot trompe trompee erreur")
_BESIDE_IT = _JOINERS | word_set("ah oh je me suis attendez excusez moi c est zut mince peux pas")
"""Between a date and the one that is meant: "vendredi, ah non je peux pas, samedi"."""
_LOOSELY = (("dans", "la", "journee"), ("courant", "de", "la", "journee"))
_READERS = (
    feast, month_day, weekday, edge_of_month, week, near, from_now, typed_day, phrase_at, hour_at,
    part_at,
)  # fmt: skip
_AFTERNOON = range(1, 6)
"""Hours that are the afternoon's unless the morning or the night is named: "à trois heures"."""
_NIGHT_ENDS = 6
_EXCEPT = ("pas", "sauf")
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


@dataclass(frozen=True)
class _Found:
    """A date in the words, or the words of one that there is not."""

    moment: When | str
    parts: _Parts
    first: int
    end: int
    """The indices of its first word, and after its last."""


def read_date(text: str, now: datetime) -> When | None:
    """The first date or time in `text` that the calendar has.

    Who says "pas lundi, plutôt mardi" means the Tuesday, and so does "lundi, non, mardi".

    Args:
        text: what was said.
        now: the instant in the speaker's zone.
    """
    meant: _Found | None = None
    before: _Found | None = None
    found = _words(text)
    for one in _moments(text, now):
        gap = [word.plain for word in found[before.end : one.first]] if before else []
        if meant is None and isinstance(one.moment, When):
            meant = one
        elif meant and _TAKES_BACK & set(gap) and set(gap) <= _TAKES_BACK | _BESIDE_IT:
            said = between(text, found[meant.first], found[one.end - 1])
            meant = _instead(meant, one, said, now)
        before = one
    if meant is None:
        return _loosely(text, now)
    return meant.moment if isinstance(meant.moment, When) else None


def no_such_moment(text: str, now: datetime) -> str | None:
    """The words of a day or hour that there is not, where `text` tells no other.

    "Le trente février", "vingt-cinq heures", and an hour left out when clocks go forward.
    """
    found = [one.moment for one in _moments(text, now)]
    if any(isinstance(moment, When) for moment in found):
        return None
    return next((moment for moment in found if isinstance(moment, str)), None)


def _words(text: str) -> list[Word]:
    """The words, as long as before: "14:30" is read as "14h30", "20/01" as "20j01"."""
    return words(_SHORT_DAY.sub(r"\1j\2", _CLOCK.sub(r"\1h\2", text)))


def _moments(text: str, now: datetime) -> Iterator[_Found]:
    """Each date in `text`; of one that there is not, the words."""
    found = _words(text)
    tokens = [word.plain for word in found]
    denied: _Found | None = None
    at = 0
    while at < len(tokens):
        first = _step(tokens, at, now)
        if first is None:
            at += 1
            continue
        parts, end = _joined(tokens, first, now)
        moment = _when(parts, between(text, found[at], found[end - 1]), now)
        if moment is not None and not _denied(tokens, at):
            yield _Found(moment, parts, at, end)
        elif moment is not None:
            denied = _Found(moment, parts, at, end)
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
    """Whether "pas" or "sauf" stands before it: "pas lundi", but not "pas avant lundi"."""
    before = tokens[max(0, at - 2) : at]
    if before[-1:] and before[-1] in _EXCEPT:
        return True
    return len(before) == 2 and before[0] in _EXCEPT and before[1] in ("le", "ce", "a", "les")


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


def _instead(meant: _Found, one: _Found, said: str, now: datetime) -> _Found:
    """What takes the place of a date; the day or the hour that is not said again stays."""
    old, new = meant.parts, one.parts
    if new.day is None:
        new = replace(new, day=old.day, part=new.part or old.part)
    elif new.at is None and new.part is None:
        new = replace(new, at=old.at, part=old.part, exact=old.exact)
    moment = _when(new, said, now)
    return _Found(one.moment if moment is None else moment, new, meant.first, one.end)


def _loosely(text: str, now: datetime) -> When | None:
    """E.g. "dans la journée", with no day beside it: today."""
    found = words(text)
    tokens = [word.plain for word in found]
    for at in range(len(tokens)):
        for phrase in _LOOSELY:
            end = at + len(phrase)
            if tuple(tokens[at:end]) == phrase and tokens[end : end + 1] not in (["de"], ["d"]):
                return When(now.date(), None, None, between(text, found[at], found[end - 1]), False)
    return None


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
