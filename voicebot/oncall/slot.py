"""Slots of the week: when a rotation holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from voicebot.oncall.wallclock import instant, wall

Span = tuple[datetime, datetime]
"""From one instant up to, not including, another, in UTC."""
HolidayTest = Callable[[date], bool]
"""Whether a day is a public holiday."""

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Slot:
    """The same hours on some days; hours that do not end after they begin end the day after."""

    days: frozenset[int] = frozenset(range(7))
    """Monday is 0."""
    opens: time = time(0)
    closes: time = time(0)
    on_holidays: bool = False
    """Holds on public holidays as well, whatever weekday they fall on."""

    def begins_on(self, day: date, is_holiday: HolidayTest) -> bool:
        """Whether the slot begins on that day."""
        return day.weekday() in self.days or (self.on_holidays and is_holiday(day))

    def span(self, day: date, zone: ZoneInfo) -> Span:
        """The slot that begins on that day."""
        last = day if self.closes > self.opens else day + _DAY
        opens, closes = datetime.combine(day, self.opens), datetime.combine(last, self.closes)
        return instant(opens, zone), instant(closes, zone)


def in_slots(slots: Sequence[Slot], at: datetime, zone: ZoneInfo, is_holiday: HolidayTest) -> bool:
    """Whether one of `slots` holds at the instant `at`; no slots at all always hold."""
    return not slots or any(
        start <= at < end for start, end in _spans(slots, at, at, zone, is_holiday)
    )


def merged_spans(
    slots: Sequence[Slot], start: datetime, end: datetime, zone: ZoneInfo, is_holiday: HolidayTest
) -> list[Span]:
    """The spans of `slots` that touch a period, in order; those that meet or overlap are one."""
    return merged(_spans(slots, start, end, zone, is_holiday))


def merged(spans: Iterable[Span]) -> list[Span]:
    """The spans in order; those that meet or overlap are one."""
    found: list[Span] = []
    for begins, ends in sorted(spans):
        if found and begins <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ends))
        elif ends > begins:
            found.append((begins, ends))
    return found


def _spans(
    slots: Sequence[Slot], start: datetime, end: datetime, zone: ZoneInfo, is_holiday: HolidayTest
) -> Iterator[Span]:
    # A slot of the evening before may still run.
    day, last = wall(start, zone).date() - _DAY, wall(end, zone).date()
    while day <= last:
        yield from (slot.span(day, zone) for slot in slots if slot.begins_on(day, is_holiday))
        day += _DAY
