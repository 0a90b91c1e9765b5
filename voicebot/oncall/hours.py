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
    OVERFLOW = "overflow"
    """The client is open, and nobody picked up."""


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
class Replacement:
    """Days whose windows are others than the week's, both ends included."""

    first: date
    last: date
    windows: tuple[Window, ...] = ()
    reason: str = ""

    def holds(self, day: date) -> bool:
        """Whether `day` falls inside."""
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Overflow:
    """When a call that comes to an open client comes because nobody picked up."""

    lines: frozenset[str] = frozenset()
    """Lines that calls are forwarded to then, as the called number is given."""
    week: tuple[tuple[Window, ...], ...] = ((),) * 7
    """Hours at which all lines are such; Monday first."""
    always: bool = False
    """Whether every call to the open client is one."""

    def takes(self, shown: datetime, called: str | None) -> bool:
        """Whether a call is one, by the line and by what the client's clock shows."""
        at = shown.time()
        windows = self.week[shown.weekday()]
        return self.always or called in self.lines or any(window.holds(at) for window in windows)


NEVER = Overflow()


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
    replacements: tuple[Replacement, ...] = ()
    """They win over closures, holidays and the week."""
    overflow: Overflow = NEVER
    round_the_clock: bool = False
    open_on_holidays: bool = False

    def windows(self, day: date) -> tuple[Window, ...]:
        """The windows of that day, with holidays and closures taken off."""
        if replacement := replacement_on(self, day):
            return replacement.windows
        if self.round_the_clock:
            return (Window(time(0), time(0)),)
        if closure_on(self, day) or (holiday_on(self, day) and not self.open_on_holidays):
            return ()
        return self.week[day.weekday()]


def situation(hours: Hours, now: datetime, called: str | None = None) -> Situation:
    """Why a call comes to the voicebot.

    Args:
        hours: the client's.
        now: the instant of the call, aware, in any zone.
        called: the line that was called, as it gives itself: a number in E.164, or a name.
    """
    local = now.astimezone(hours.zone)
    found = _by_calendar(hours, local)
    if found is Situation.OPEN and hours.overflow.takes(local, called):
        return Situation.OVERFLOW
    return found


def _by_calendar(hours: Hours, local: datetime) -> Situation:
    day, at = local.date(), local.time()
    replacement = replacement_on(hours, day)
    if replacement is None and not hours.round_the_clock:
        if closure_on(hours, day):
            return Situation.CLOSURE
        if holiday_on(hours, day) and not hours.open_on_holidays:
            return Situation.HOLIDAY
    if replacement is not None and not replacement.windows:
        return Situation.CLOSURE
    windows = hours.windows(day)
    if any(window.holds(at) for window in windows):
        return Situation.OPEN
    morning_over = any(window.closes <= at for window in windows if window.closes != time(0))
    more_to_come = any(at < window.opens for window in windows)
    return Situation.LUNCH if morning_over and more_to_come else Situation.CLOSED


def next_opening(hours: Hours, now: datetime) -> datetime | None:
    """The next instant, in the client's zone, at which it opens; `now` itself when it is open."""
    local = now.astimezone(hours.zone)
    if _by_calendar(hours, local) is Situation.OPEN:
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


def replacement_on(hours: Hours, day: date) -> Replacement | None:
    """What holds on `day` in place of the week, if anything."""
    return next((one for one in hours.replacements if one.holds(day)), None)


def closure_on(hours: Hours, day: date) -> Closure | None:
    """The closure that covers `day`, if any."""
    return next((closure for closure in hours.closures if closure.holds(day)), None)


def holiday_on(hours: Hours, day: date) -> str | None:
    """The name of the public holiday on `day`, if it is one."""
    return holiday_name(hours.country, hours.region, day)
