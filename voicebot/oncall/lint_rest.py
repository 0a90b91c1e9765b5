"""Too little rest, as the client counts it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from voicebot.oncall.on_call import OnCall, Rest
from voicebot.oncall.shift import Shift
from voicebot.oncall.slot import Span
from voicebot.oncall.statement import joined
from voicebot.oncall.technician import Technician
from voicebot.oncall.trouble import Facts, Found, Trouble, told
from voicebot.oncall.wallclock import instant, wall

DAY = timedelta(days=1)


def rest_findings(
    on_call: OnCall, shifts: Iterable[Shift], zone: ZoneInfo, period: Span
) -> Iterator[Found]:
    """Technicians whose shifts, of all rotas together, leave too little rest."""
    rest = on_call.rest
    own: dict[str, list[Span]] = {}
    for shift in shifts:
        own.setdefault(shift.technician, []).append((shift.start, shift.end))
    for id, spans in sorted(own.items()):
        person = on_call.technicians.get(id)
        if person is not None:
            yield from _of(person, rest, joined(spans, *period), zone, period)


def _of(
    person: Technician, rest: Rest, spans: Sequence[Span], zone: ZoneInfo, period: Span
) -> Iterator[Found]:
    if not rest.on_call_is_rest:
        daily, weekly = timedelta(hours=rest.daily_hours), timedelta(hours=rest.weekly_hours)
        off = _Off(spans)
        days = [day for day in _days(spans, period) if off.longest(day) < daily]
        weeks = [week for week in _weeks(zone, period) if off.longest(week) < weekly]
        kinds = ((days, rest.daily_hours, "daily"), (weeks, rest.weekly_hours, "weekly"))
        for found, hours, name in kinds:
            if found:
                what = f"{person.id}: less than {hours:g} h of {name} rest {told(found, zone)}"
                facts = Facts(people=(person.id,), spans=tuple(found), number=hours, per=name)
                yield Found(Trouble.REST, what, person.where, "", found[0][0], facts)
    if rest.most_days_in_row is not None:
        rows = [row for row in _rows(spans, zone) if _length(row, zone) > rest.most_days_in_row]
        if rows:
            what = (
                f"{person.id} is on call more than {rest.most_days_in_row} days in a row "
                f"{told(rows, zone)}"
            )
            facts = Facts(
                people=(person.id,), spans=tuple(rows), number=rest.most_days_in_row, per="row"
            )
            yield Found(Trouble.REST, what, person.where, "", rows[0][0], facts)


def _days(spans: Sequence[Span], period: Span) -> Iterator[Span]:
    """The 24 hours that begin with each stretch on call."""
    return ((start, start + DAY) for start, _ in spans if start + DAY <= period[1])


def _weeks(zone: ZoneInfo, period: Span) -> Iterator[Span]:
    """The whole civil weeks, Monday to Sunday, of the period."""
    monday = wall(period[0], zone).date()
    monday += timedelta(days=-monday.weekday() % 7)
    while True:
        start, end = (
            instant(datetime.combine(monday + timedelta(days=n), time(0)), zone) for n in (0, 7)
        )
        if end > period[1]:
            return
        if start >= period[0]:
            yield start, end
        monday += timedelta(days=7)


class _Off:
    """The time off between spans that are in order and apart."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def longest(self, within: Span) -> timedelta:
        """The longest time off in `within`."""
        free, longest = within[0], timedelta()
        first, last = bisect_right(self._ends, within[0]), bisect_left(self._starts, within[1])
        for index in range(first, last):
            longest = max(longest, self._starts[index] - free)
            free = self._ends[index]
        return max(longest, within[1] - free)


def _rows(spans: Sequence[Span], zone: ZoneInfo) -> Iterator[Span]:
    """Stretches of days each of which has hours on call."""
    row: Span | None = None
    for start, end in spans:
        if row and wall(start, zone).date() <= wall(row[1], zone).date() + DAY:
            row = (row[0], end)
            continue
        if row:
            yield row
        row = (start, end)
    if row:
        yield row


def _length(row: Span, zone: ZoneInfo) -> int:
    """Days from the first to the last, both counted; midnight ends the day before it."""
    last = wall(row[1] - timedelta(microseconds=1), zone).date()
    return (last - wall(row[0], zone).date()).days + 1
