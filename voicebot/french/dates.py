"""Spoken French dates and times: "mardi en huit", "demain vers midi et demi"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from voicebot.french.days import DAYS, Step, from_now, month_day, near, typed_day, weekday
from voicebot.french.hours import hour_at, part_at
from voicebot.french.normalise import Word, between, word_set, words
from voicebot.french.numbers import say_number

_SAID_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre",
)  # fmt: skip
_SAID_PARTS = {
    "matin": "le matin", "midi": "à midi", "apres-midi": "l'après-midi", "soir": "le soir",
}  # fmt: skip
_PART_ENDS = {"matin": time(12), "midi": time(14), "apres-midi": time(18), "soir": time(22)}
_JOINERS = word_set("le la a au aux vers pour de du ce cet cette dans donc en l d jour partir")

_ANY_TIME = (
    "quand vous voulez", "quand vous voudrez", "quand vous pouvez", "quand vous pourrez",
    "quand il veut", "quand il peut", "quand il pourra", "quand elle peut", "quand elle pourra",
    "n importe quand", "n importe", "peu importe", "ca m est egal", "comme vous voulez",
    "quand ca vous arrange", "a n importe quelle heure", "toute la journee", "des que vous pouvez",
    "des que possible", "le plus vite possible", "au plus vite", "le plus tot possible",
    "au plus tot", "le plus rapidement possible", "rapidement", "tout de suite", "immediatement",
    "des qu il peut", "des qu elle peut", "quand vous etes disponible", "quand vous avez le temps",
    "pas de preference", "vite",
)  # fmt: skip


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


def any_time(text: str) -> bool:
    """Whether any moment will do: "quand vous voulez", "le plus tôt possible"."""
    plain = f" {' '.join(word.plain for word in words(text))} "
    return any(f" {phrase} " in plain for phrase in _ANY_TIME)


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
    if abs((day - now.date()).days) > 300:
        said = f"{said} {say_number(day.year)}"
    if part:
        return f"{said}, {_SAID_PARTS[part]}"
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
    for read in (near, weekday, month_day, from_now, typed_day, hour_at, part_at):
        found = read(tokens, at, now)
        if found:
            return found
    return None
