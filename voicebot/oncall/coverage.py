"""When somebody must be on call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from voicebot.oncall.hours import Hours, Window
from voicebot.oncall.slot import Span
from voicebot.oncall.wallclock import instant, wall


class Want(StrEnum):
    """What a rota's coverage is counted by."""

    CLOSED = "closed"
    """Whenever the client is not open: holidays, lunch and closures too."""
    ALWAYS = "always"
    WEEK = "week"


@dataclass(frozen=True)
class Coverage:
    """When somebody must be on call."""

    want: Want
    week: tuple[tuple[Window, ...], ...] = ()
    """Monday first, for `WEEK`."""


WHEN_CLOSED = Coverage(Want.CLOSED)


def wanted(coverage: Coverage, hours: Hours, start: datetime, end: datetime) -> list[Span]:
    """The spans of a period in which somebody must be on call, in order."""
    if coverage.want is Want.ALWAYS:
        return [(start, end)]
    days = _days(coverage, hours, start, end)
    if coverage.want is Want.CLOSED:
        return without([(start, end)], days)
    return [(max(a, start), min(b, end)) for a, b in days if a < end and b > start]


def without(spans: Sequence[Span], taken: Sequence[Span]) -> list[Span]:
    """What is left of `spans` when `taken` is taken away; both in order, and each apart."""
    left: list[Span] = []
    first = 0
    for opens, closes in spans:
        while first < len(taken) and taken[first][1] <= opens:
            first += 1
        index = first
        while index < len(taken) and taken[index][0] < closes:
            begins, ends = taken[index]
            if begins > opens:
                left.append((opens, begins))
            opens = max(opens, ends)
            index += 1
        if opens < closes:
            left.append((opens, closes))
    return left


def _days(coverage: Coverage, hours: Hours, start: datetime, end: datetime) -> list[Span]:
    """The windows of each day of the period: the client's, or those of the rota's week."""
    day, last = wall(start, hours.zone).date(), wall(end, hours.zone).date()
    found: list[Span] = []
    while day <= last:
        own = coverage.want is Want.WEEK
        windows = coverage.week[day.weekday()] if own else hours.windows(day)
        for window in windows:
            closes = datetime.combine(day, window.closes)
            if window.closes <= window.opens:
                closes += timedelta(days=1)
            opens = instant(datetime.combine(day, window.opens), hours.zone)
            span = (opens, instant(closes, hours.zone))
            if span[0] < span[1]:
                found.append(span)
        day += timedelta(days=1)
    return found
