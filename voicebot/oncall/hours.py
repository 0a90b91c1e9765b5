"""When a client is open: weekly windows, public holidays, closures, in the client's own zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from voicebot.oncall.holiday import holiday_name

LOOK_AHEAD_DAYS = 60
"""How far `next_opening` looks; a closure longer than that has no useful answer."""


class Situation(StrEnum):
    """Why a call comes to the voicebot, as far as the calendar tells."""

    OPEN = "open"
    LUNCH = "lunch"
    CLOSED = "closed"
    HOLIDAY = "holiday"
    CLOSURE = "closure"


@dataclass(frozen=True)
class Window:
    """Open from `opens` up to, not including, `closes`; midnight as `closes` ends the day."""

    opens: time
    closes: time

    def holds(self, at: time) -> bool:
        """Whether `at` falls inside."""
        return self.opens <= at and (at < self.closes or self.closes == time(0))


@dataclass(frozen=True)
class Closure:
    """Days when the client is away, both ends included."""

    first: date
    last: date
    reason: str = ""

    def holds(self, day: date) -> bool:
        """Whether `day` falls inside."""
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Hours:
    """A client's opening hours."""

    zone: ZoneInfo
    week: tuple[tuple[Window, ...], ...] = ((),) * 7
    """Monday first; each day's windows in order. The gap between two windows is lunch."""
    country: str = "FR"
    region: str | None = None
    """A subdivision known to `holidays`, as "Alsace"."""
    closures: tuple[Closure, ...] = ()
    round_the_clock: bool = False
    open_on_holidays: bool = False

    def windows(self, day: date) -> tuple[Window, ...]:
        """The windows of that day, with holidays and closures taken off."""
        if self.round_the_clock:
            return (Window(time(0), time(0)),)
        if closure_on(self, day) or (holiday_on(self, day) and not self.open_on_holidays):
            return ()
        return self.week[day.weekday()]


def situation(hours: Hours, now: datetime) -> Situation:
    """What the calendar says at the instant `now` (aware, any zone)."""
    if hours.round_the_clock:
        return Situation.OPEN
    local = now.astimezone(hours.zone)
    day, at = local.date(), local.time()
    if closure_on(hours, day):
        return Situation.CLOSURE
    if holiday_on(hours, day) and not hours.open_on_holidays:
        return Situation.HOLIDAY
    windows = hours.week[day.weekday()]
    if any(window.holds(at) for window in windows):
        return Situation.OPEN
    morning_over = any(window.closes <= at for window in windows if window.closes != time(0))
    more_to_come = any(at < window.opens for window in windows)
    return Situation.LUNCH if morning_over and more_to_come else Situation.CLOSED


def next_opening(hours: Hours, now: datetime) -> datetime | None:
    """The next instant, in the client's zone, at which it opens; `now` itself when it is open."""
    local = now.astimezone(hours.zone)
    if situation(hours, now) is Situation.OPEN:
        return local
    for ahead in range(LOOK_AHEAD_DAYS + 1):
        day = local.date() + timedelta(days=ahead)
        for window in hours.windows(day):
            opens = datetime.combine(day, window.opens, tzinfo=hours.zone)
            # Compared in UTC: two local times of one zone are compared by the clock on the
            # wall, which is wrong in the hour that a clock change repeats.
            if opens.astimezone(UTC) > now.astimezone(UTC):
                return opens
    return None


def closure_on(hours: Hours, day: date) -> Closure | None:
    """The closure that covers `day`, if any."""
    return next((closure for closure in hours.closures if closure.holds(day)), None)


def holiday_on(hours: Hours, day: date) -> str | None:
    """The name of the public holiday on `day`, if it is one."""
    return holiday_name(hours.country, hours.region, day)
