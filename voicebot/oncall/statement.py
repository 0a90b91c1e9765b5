"""What a technician did in a month: hours on call day by day, rings, interventions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from voicebot.oncall import wallclock
from voicebot.oncall.hours import Hours, holiday_on
from voicebot.oncall.shift import Shift

Span = tuple[datetime, datetime]
"""From, up to and not including."""
NONE = timedelta(0)
MIDNIGHT = time(0)
SUNDAY = 6
MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True)
class Night:
    """When night begins and ends on the wall's clock.

    21 h to 6 h is what French law takes where no agreement says otherwise (L3122-20).
    """

    begins: time = time(21)
    ends: time = time(6)


@dataclass(frozen=True)
class Ring:
    """Once that the technician was asked to take an alert."""

    at: datetime
    way: str
    """ring, sms or email."""
    outcome: str
    """answered, accepted, declined, busy, no_answer, voicemail, failed, caller_left …"""
    alert: str
    """The alert's name, for the reader of the document."""


@dataclass(frozen=True)
class Intervention:
    """Work done because of an alert: working time, whatever the hour."""

    start: datetime
    end: datetime | None
    """None while it lasts."""
    alert: str

    @property
    def length(self) -> timedelta | None:
        """How long it lasted; None while it does."""
        return self.end - self.start if self.end else None


@dataclass(frozen=True)
class Day:
    """The hours on call of one local day. The parts overlap: a Sunday's night is in both."""

    day: date
    on_call: timedelta
    night: timedelta
    sunday: timedelta
    holiday: timedelta
    holiday_name: str = ""
    worked: timedelta = NONE
    """In interventions that are over."""


@dataclass(frozen=True)
class Statement:
    """One technician's month."""

    technician: str
    month: date
    """Its first day."""
    until: datetime
    """Counted up to here: the month's end, or now while it goes on."""
    days: tuple[Day, ...]
    """Those with something in them."""
    spans: tuple[Span, ...]
    """When he was on call, joined where they touch, cut to the month."""
    rings: tuple[Ring, ...] = ()
    interventions: tuple[Intervention, ...] = ()

    @property
    def total(self) -> Day:
        """The days added up."""
        return Day(
            day=self.month,
            on_call=sum((day.on_call for day in self.days), NONE),
            night=sum((day.night for day in self.days), NONE),
            sunday=sum((day.sunday for day in self.days), NONE),
            holiday=sum((day.holiday for day in self.days), NONE),
            worked=sum((day.worked for day in self.days), NONE),
        )

    def rung(self, *outcomes: str) -> int:
        """How many rings ended so; all of them when no outcome is named."""
        rings = [ring for ring in self.rings if ring.way == "ring"]
        return len([ring for ring in rings if not outcomes or ring.outcome in outcomes])


def statement(
    technician: str,
    month: date,
    shifts: Iterable[Shift],
    hours: Hours,
    now: datetime,
    *,
    rings: Iterable[Ring] = (),
    interventions: Iterable[Intervention] = (),
    night: Night | None = None,
) -> Statement:
    """The technician's month.

    Args:
        technician: his id.
        month: any day of it.
        shifts: of anybody; his own are taken, and two rotas at once count once.
        hours: the client's zone and public holidays.
        now: what lies ahead is not counted.
        rings: when he was asked; those outside the month are left out.
        interventions: likewise; one that runs over the month's end is in both months, each with
            its own part of the hours.
        night: which hours are the night's.
    """
    first = month.replace(day=1)
    starts, ends = instant(first, hours), instant(following(first), hours)
    until = max(starts, min(ends, now.astimezone(UTC)))
    own = ((shift.start, shift.end) for shift in shifts if shift.technician == technician)
    held = joined(own, starts, until)
    done = tuple(sorted((i for i in interventions if _touches(i, starts, ends)), key=_start))
    worked = joined(((i.start, i.end) for i in done if i.end), starts, ends)
    days = tuple(_day(day, hours, held, worked, night or Night()) for day in _days(first))
    return Statement(
        technician=technician,
        month=first,
        until=until,
        days=tuple(day for day in days if day.on_call or day.worked),
        spans=held,
        rings=tuple(sorted((r for r in rings if starts <= r.at < ends), key=lambda r: r.at)),
        interventions=done,
    )


def joined(spans: Iterable[Span], first: datetime, last: datetime) -> tuple[Span, ...]:
    """The spans in order and in UTC, joined where they touch or overlap, cut to first … last."""
    found: list[Span] = []
    for start, end in sorted((a.astimezone(UTC), b.astimezone(UTC)) for a, b in spans):
        if end <= start or end <= first or start >= last:
            continue
        if not found or start > found[-1][1]:
            found.append((start, end))
        elif end > found[-1][1]:
            found[-1] = (found[-1][0], end)
    return tuple((max(first, start), min(last, end)) for start, end in found)


def instant(day: date, hours: Hours, at: time = MIDNIGHT) -> datetime:
    """That time of that local day, in UTC: the nights of the clock change have 7 and 9 hours."""
    return wallclock.instant(datetime.combine(day, at), hours.zone)


def month_of(text: str) -> date:
    """The first day of a month that is written 2026-11.

    Raises:
        ValueError: it is not written so.
    """
    match = MONTH.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a month, such as 2026-11")
    return date(int(match[1]), int(match[2]), 1)


def following(month: date) -> date:
    """The first day of the next month."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def _start(intervention: Intervention) -> datetime:
    return intervention.start


def _touches(intervention: Intervention, first: datetime, last: datetime) -> bool:
    return intervention.start < last and (intervention.end or intervention.start) >= first


def _days(first: date) -> Iterator[date]:
    day = first
    while day.month == first.month:
        yield day
        day += timedelta(days=1)


def _day(
    day: date, hours: Hours, held: tuple[Span, ...], worked: tuple[Span, ...], night: Night
) -> Day:
    starts, ends = instant(day, hours), instant(day + timedelta(days=1), hours)
    dawn, dusk = instant(day, hours, night.ends), instant(day, hours, night.begins)
    on_call = _within(held, starts, ends)
    holiday = holiday_on(hours, day) or ""
    return Day(
        day=day,
        on_call=on_call,
        night=_within(held, starts, dawn) + _within(held, dusk, ends),
        sunday=on_call if day.weekday() == SUNDAY else NONE,
        holiday=on_call if holiday else NONE,
        holiday_name=holiday,
        worked=_within(worked, starts, ends),
    )


def _within(spans: tuple[Span, ...], first: datetime, last: datetime) -> timedelta:
    return sum((end - start for start, end in joined(spans, first, last)), NONE)
