"""How days, hours and months are written in a client's files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time
from itertools import pairwise

from voicebot.oncall.hours import Window

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})")


def days_of(name: str) -> tuple[int, ...]:
    """E.g. "monday" → (0,), "monday-friday" → (0, 1, 2, 3, 4)."""
    ends = [part.strip() for part in name.split("-")]
    if len(ends) > 2 or any(end not in DAYS for end in ends):
        raise ValueError(f"{name!r} is not a day, as monday is, nor monday-friday")
    first, last = DAYS.index(ends[0]), DAYS.index(ends[-1])
    return tuple((first + n) % 7 for n in range((last - first) % 7 + 1))


def span_of(text: str) -> tuple[time, time]:
    """E.g. "9:00-12:30" → (09:00, 12:30); 24:00 is midnight."""
    found = _SPAN.fullmatch(text.strip())
    if not found:
        raise ValueError(f"{text!r} is not a span of time, as 9:00-12:30 is")
    hour, minute, last_hour, last_minute = (int(part) for part in found.groups())
    try:
        return time(hour, minute), time(
            last_hour % 24 if last_hour == 24 else last_hour, last_minute
        )
    except ValueError:
        raise ValueError(f"{text!r}: there is no such hour") from None


def windows_of(spans: tuple[str, ...]) -> tuple[tuple[time, time], ...]:
    """The windows of one day, in order and apart."""
    windows = tuple(span_of(span) for span in spans)
    for opens, closes in windows:
        if closes <= opens and closes != time(0):
            raise ValueError("a window closes before it opens: end it at 24:00, begin anew at 0:00")
    for (_, closes), (opens, _) in pairwise(windows):
        if closes == time(0) or opens < closes:
            raise ValueError("the windows of a day overlap or are not in order")
    return windows


def week_of(week: Mapping[str, tuple[str, ...]]) -> tuple[tuple[Window, ...], ...]:
    """The windows of each day, Monday first."""
    found: list[tuple[Window, ...]] = [()] * 7
    for name, spans in week.items():
        for day in days_of(name):
            found[day] = tuple(Window(opens, closes) for opens, closes in windows_of(spans))
    return tuple(found)


def months_of(text: str) -> tuple[int, int]:
    """E.g. "10-4" → (10, 4)."""
    found = re.fullmatch(r"(\d{1,2})\s*-\s*(\d{1,2})", text.strip())
    if not found or not all(1 <= int(month) <= 12 for month in found.groups()):
        raise ValueError(f"{text!r} is not a span of months, as 10-4 is")
    return int(found[1]), int(found[2])
