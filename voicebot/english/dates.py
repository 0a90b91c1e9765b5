"""Days and hours: "tomorrow morning", "the third of March", "at half past three", "any time"."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from dateutil.easter import easter  # type: ignore[import-untyped]

from voicebot.english.numbers import group_at, ordinal_at
from voicebot.english.words import plain_words

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_PARTS = {
    "morning": "matin", "midday": "midi", "lunchtime": "midi", "lunch": "midi",
    "afternoon": "apres-midi", "evening": "soir", "tonight": "soir",
}  # fmt: skip
_ANY_TIME = (
    "any time", "anytime", "whenever", "as soon as", "asap", "right away", "now", "does not matter",
    "do not mind", "soon", "up to you",
)  # fmt: skip
_NEAR = ("today", "tonight", "tomorrow", "week", "weekend", "noon", "christmas", "easter")
_AFTERNOON = range(1, 6)
"""Hours that are the afternoon's unless the morning is named."""
_CLOCK = re.compile(r"\b(\d{1,2}):(\d{2})\b")


def date_words(text: str) -> str:
    """The words of `text` that tell a day or a part of one."""
    telling = (*_PARTS, *_DAYS, *_MONTHS, *_NEAR)
    return " ".join(word for word in plain_words(text) if word in telling)


def any_time(text: str) -> bool:
    """Whether any moment will do."""
    plain = f" {' '.join(plain_words(text))} "
    return any(f" {phrase} " in plain for phrase in _ANY_TIME)


def read_date(text: str, now: datetime) -> str | None:
    """ISO 8601 day, with an hour or a part of the day: "2026-01-15/matin"; None without one."""
    said = plain_words(_CLOCK.sub(r"at \1 \2", text))
    if "yesterday" in said:
        return None
    later = _from_now(said, now)
    if later:
        return later
    part = next((_PARTS[word] for word in said if word in _PARTS), None)
    hour = _hour(said, part)
    day = _day(said, now)
    if day is None:
        if _mentions_month(said) or (hour is None and part is None):
            return None  # "the thirtieth of February" is no day
        gone = hour is not None and hour <= (now.hour, now.minute)
        gone = gone or (hour is None and part == "matin" and now.hour >= 12)
        day = now.date() + timedelta(days=int(gone))
    if hour is not None:
        return f"{day.isoformat()}T{hour[0]:02d}:{hour[1]:02d}"
    return f"{day.isoformat()}/{part}" if part else day.isoformat()


def _from_now(said: list[str], now: datetime) -> str | None:
    """E.g. "in two weeks", "in half an hour"."""
    for at, word in enumerate(said):
        if word != "in":
            continue
        if said[at + 1 : at + 4] == ["half", "an", "hour"]:
            return _after(now, timedelta(minutes=30))
        one = said[at + 1 : at + 2] in (["a"], ["an"])
        group = ("1", at + 2) if one else group_at(said, at + 1)
        unit = said[group[1]].rstrip("s") if group and group[1] < len(said) else ""
        count = int(group[0][:3]) if group else 0
        if unit in ("hour", "minute"):
            return _after(now, timedelta(minutes=count * (60 if unit == "hour" else 1)))
        days = {"day": count, "week": 7 * count}.get(unit)
        if days:
            return (now.date() + timedelta(days=days)).isoformat()
    return None


def _after(now: datetime, wait: timedelta) -> str:
    """So much later, also across the night in which clocks change."""
    later = (now.astimezone(UTC) + wait).astimezone(now.tzinfo) if now.tzinfo else now + wait
    return f"{later:%Y-%m-%dT%H:%M}"


def _day(said: list[str], now: datetime) -> date | None:
    """The first day told."""
    today = now.date()
    for at, word in enumerate(said):
        if word in ("today", "tonight"):
            return today
        if word == "tomorrow":
            return today + timedelta(days=2 if said[max(0, at - 3) : at] == _DAY_AFTER else 1)
        if word in _DAYS and "easter" not in said:
            return _weekday(said, at, today)
        if word == "weekend":
            return today + timedelta(days=max(0, 5 - today.weekday()))
        if word == "week" and said[at - 1 : at] == ["next"]:
            return today + timedelta(days=7 - today.weekday())
    return _feast(said, today) or _numbered(said, today)


_DAY_AFTER = ["the", "day", "after"]


def _weekday(said: list[str], at: int, today: date) -> date:
    number = _DAYS.index(said[at])
    coming = today + timedelta(days=(number - today.weekday()) % 7 or 7)
    if said[at + 1 : at + 3] == ["next", "week"]:
        return today + timedelta(days=7 - today.weekday() + number)
    week_later = said[max(0, at - 3) : at] == ["a", "week", "on"] or said[at + 1 : at + 2] == [
        "week"
    ]
    return coming + timedelta(days=7 if week_later else 0)


def _feast(said: list[str], today: date) -> date | None:
    """E.g. "Christmas", "Easter Monday", "New Year's Day"."""
    plain = " ".join(said)
    for year in (today.year, today.year + 1):
        days = {
            "christmas eve": date(year, 12, 24), "boxing day": date(year, 12, 26),
            "christmas": date(year, 12, 25), "new year's eve": date(year, 12, 31),
            "new year's": date(year, 1, 1), "good friday": easter(year) - timedelta(days=2),
            "easter monday": easter(year) + timedelta(days=1), "easter": easter(year),
        }  # fmt: skip
        named = next((day for name, day in days.items() if name in plain), None)
        if named is None:
            return None
        if named >= today:
            return named
    return None


def _mentions_month(said: list[str]) -> bool:
    return any(word in _MONTHS for word in said)


def _numbered(said: list[str], today: date) -> date | None:
    """E.g. "the third of March", "March 3rd", "the fifteenth"."""
    month = next((_MONTHS.index(word) + 1 for word in said if word in _MONTHS), None)
    rank = next((found for at in range(len(said)) if (found := ordinal_at(said, at))), None)
    if rank is None:
        return None
    for ahead in range(13):
        first = today.month - 1 + ahead
        year, here = today.year + first // 12, first % 12 + 1
        if month not in (None, here):
            continue
        try:
            day = date(year, here, rank[0])
        except ValueError:
            continue
        if day >= today:
            return day
    return None


def _hour(said: list[str], part: str | None) -> tuple[int, int] | None:
    """E.g. "at ten", "half past three pm", "ten thirty am", "noon"."""
    if "noon" in said:
        return 12, 0
    for at in range(len(said)):
        group = group_at(said, at)
        if not group or len(group[0]) > 2 or int(group[0]) > 24:
            continue
        end, before = group[1], said[max(0, at - 2) : at]
        minute, end = _minutes(said, end, before)
        after = said[end : end + 1]
        told = after in (["am"], ["pm"], ["oclock"]) or before[-1:] == ["past"]
        told = told or before[-1:] in (["at"], ["after"], ["around"], ["by"], ["to"], ["about"])
        if not told or ordinal_at(said, at):
            continue
        hour = int(group[0]) % 24 - (minute < 0)
        return (hour + (12 if _later(hour, after, part) else 0)) % 24, minute % 60
    return None


def _later(hour: int, after: list[str], part: str | None) -> bool:
    """Whether the hour on the clock is one of the afternoon."""
    if 0 < hour < 12 and (after == ["pm"] or part in ("apres-midi", "soir")):
        return True
    return hour in _AFTERNOON and after != ["am"] and part != "matin"


def _minutes(said: list[str], end: int, before: list[str]) -> tuple[int, int]:
    """Minutes after the hour, negative for "quarter to", and the index after them."""
    if before == ["half", "past"]:
        return 30, end
    if before in (["quarter", "past"], ["quarter", "to"]):
        return (15 if before[1] == "past" else -15), end
    more = group_at(said, end)
    if more and len(more[0]) == 2 and int(more[0]) < 60:
        return int(more[0]), more[1]
    return 0, end
