"""A week of a rota, drawn to scale: an hour is as wide as every other, on clock changes too."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from voicebot.oncall import wallclock
from voicebot.oncall.holiday import holiday_name
from voicebot.oncall.override import Change, Override
from voicebot.oncall.rota import Rota, shifts
from voicebot.oncall.shift import Shift
from voicebot.oncall.statement import Span
from voicebot.web.tongue import spoken

ROW, HEAD, TITLE, GAP_ROW = 62, 48, 26, 10
"""Pixels: a row of shifts, the days' names, a level's name, the space between levels."""
HUES = 8
"""Colours that the style sheet knows; beyond that they come again, and names tell who it is."""
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Column:
    """A day."""

    day: date
    x: str
    width: str
    hours: int
    """24; 23 and 25 on the days of the clock change."""
    holiday: str = ""


@dataclass(frozen=True)
class Bar:
    """A shift, or hours in which nobody is on call."""

    start: datetime
    """The whole shift, also where the week cuts it."""
    end: datetime
    technician: str | None
    """None in a gap."""
    level: int
    x: str
    width: str
    y: int
    hue: int = 0
    replaces: str | None = None
    """Who was to be on call here; the technician himself where an override added him."""

    @property
    def key(self) -> str:
        """What names it in an address."""
        ends = (int(at.timestamp()) for at in (self.start, self.end))
        return "_".join((str(self.level), *map(str, ends), self.technician or ""))


@dataclass(frozen=True)
class Lane:
    """A level."""

    level: int
    y: int
    height: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Week:
    """Seven days of a rota, ready to be drawn. Positions are per cent of the width."""

    first: date
    """The Monday."""
    start: datetime
    end: datetime
    columns: tuple[Column, ...]
    lanes: tuple[Lane, ...]
    height: int
    now_x: str | None
    """Where now is, when it is in this week."""

    @property
    def bars(self) -> tuple[Bar, ...]:
        """All of them, in order of time."""
        found = (bar for lane in self.lanes for bar in lane.bars)
        return tuple(sorted(found, key=lambda bar: (bar.start, bar.level)))

    def bar(self, key: str) -> Bar | None:
        """The bar of that key."""
        return next((bar for bar in self.bars if bar.key == key), None)


def monday(day: date) -> date:
    """The Monday of that day's week."""
    return day - timedelta(days=day.weekday())


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which the day begins, in UTC."""
    return wallclock.instant(datetime(day.year, day.month, day.day), zone)


def week(
    rota: Rota,
    first: date,
    now: datetime,
    *,
    changes: Collection[Change] = (),
    gaps: Iterable[Span] = (),
    people: Collection[str] = (),
) -> Week:
    """Draws a week.

    Args:
        rota: whose shifts.
        first: any day of the week.
        now: for the line that shows it.
        changes: what the store keeps.
        gaps: hours in which somebody should be on call and nobody is.
        people: everybody of the client, in the order in which they get their colours.
    """
    first = monday(first)
    start, end = midnight(first, rota.zone), midnight(first + WEEK, rota.zone)
    scale = _Scale(start, end)
    found = shifts(rota, start, end, changes, whole=True)
    by_level: dict[int, list[Shift]] = {n: [] for n in range(1, len(rota.levels) + 1)}
    for shift in found:
        by_level.setdefault(shift.level, []).append(shift)
    lanes: list[Lane] = []
    y = HEAD
    for level, held in sorted(by_level.items()):
        holes = [(a, b) for a, b in gaps if a < end and b > start] if level == 1 else []
        bars = _bars(held, holes, level, y + TITLE, scale, _Look(changes, tuple(people)))
        rows = max(((bar.y - y - TITLE) // ROW for bar in bars), default=0) + 1
        lanes.append(Lane(level, y, TITLE + rows * ROW, bars))
        y += TITLE + rows * ROW + GAP_ROW
    now_x = scale.x(now) if start <= now < end else None
    return Week(first, start, end, _columns(rota, first, scale), tuple(lanes), y, now_x)


@dataclass(frozen=True)
class _Scale:
    start: datetime
    end: datetime

    def part(self, at: datetime) -> float:
        inside = min(max(at, self.start), self.end)
        return (inside - self.start) / (self.end - self.start)

    def x(self, at: datetime) -> str:
        return f"{100 * self.part(at):.3f}%"

    def width(self, start: datetime, end: datetime) -> str:
        return f"{100 * (self.part(end) - self.part(start)):.3f}%"


@dataclass(frozen=True)
class _Look:
    changes: Collection[Change]
    people: tuple[str, ...]

    def hue(self, technician: str) -> int:
        known = technician in self.people
        return self.people.index(technician) % HUES if known else HUES - 1

    def replaces(self, shift: Shift) -> str | None:
        """Whom an override took off for this shift."""
        made = (
            change
            for change in self.changes
            if isinstance(change, Override)
            and change.add == shift.technician
            and change.start <= shift.start
            and shift.end <= change.end
        )
        found = list(made)
        return found[-1].remove or shift.technician if found else None


def _bars(
    held: list[Shift], holes: list[Span], level: int, y: int, scale: _Scale, look: _Look
) -> tuple[Bar, ...]:
    bars = [
        Bar(
            start=a,
            end=b,
            technician=None,
            level=level,
            x=scale.x(a),
            width=scale.width(a, b),
            y=y,
        )
        for a, b in holes
    ]
    rows: list[datetime] = []
    for shift in held:
        # The first row that is free: people who are on call together stand below each other.
        row = next((n for n, until in enumerate(rows) if until <= shift.start), len(rows))
        rows[row : row + 1] = [shift.end]
        bars.append(
            Bar(
                start=shift.start,
                end=shift.end,
                technician=shift.technician,
                level=level,
                x=scale.x(shift.start),
                width=scale.width(shift.start, shift.end),
                y=y + row * ROW,
                hue=look.hue(shift.technician),
                replaces=look.replaces(shift),
            )
        )
    return tuple(sorted(bars, key=lambda bar: (bar.start, bar.y)))


def _columns(rota: Rota, first: date, scale: _Scale) -> tuple[Column, ...]:
    columns = []
    for n in range(7):
        day = first + timedelta(days=n)
        starts, ends = midnight(day, rota.zone), midnight(day + timedelta(days=1), rota.zone)
        columns.append(
            Column(
                day=day,
                x=scale.x(starts),
                width=scale.width(starts, ends),
                hours=round((ends - starts) / timedelta(hours=1)),
                holiday=holiday_name(rota.country, rota.region, day, spoken()) or "",
            )
        )
    return tuple(columns)


def local(text: str, zone: ZoneInfo) -> datetime:
    """The instant, in UTC, that a form's date and time mean in that zone.

    Raises:
        ValueError: it is not a date and a time.
    """
    shown = datetime.fromisoformat(text)
    return shown.astimezone(UTC) if shown.tzinfo else wallclock.instant(shown, zone)
