"""A rota that somebody keeps in a calendar: its events become temporary schedules."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import recurring_ical_events
from icalendar import Calendar

from voicebot.oncall.override import TemporarySchedule
from voicebot.oncall.rota import Rota
from voicebot.oncall.shift import Shift
from voicebot.oncall.technician import Technician, Way
from voicebot.oncall.wallclock import instant

MOST_EVENTS = 5000
"""Of one import: an event that repeats every second is a mistake."""
_LEVEL = re.compile(r"\b(?:niveau|level|n)\s*(\d)\b")


@dataclass(frozen=True)
class Import:
    """What became of a calendar."""

    schedules: tuple[TemporarySchedule, ...]
    """One for each stretch of events without a hole; in the holes the rotations hold."""
    shifts: int
    left_out: tuple[str, ...]
    """One line for each event that is no shift, with why."""


def import_calendar(
    text: str, rota: Rota, people: Mapping[str, Technician], start: datetime, end: datetime
) -> Import:
    """Reads the events that touch the period from `start` up to `end`.

    A technician is known by his name, his e-mail address among the attendees, or his id.

    Raises:
        ValueError: the text is no calendar, or holds more events than a rota does.
    """
    found: list[Shift] = []
    left_out: list[str] = []
    for event in _events(text, start, end):
        begins, ends = (_instant(event[name].dt, rota) for name in ("DTSTART", "DTEND"))
        summary = str(event.get("SUMMARY", "")).strip()
        title = repr(summary) if summary else "an event without a title"
        shown = f"{_line(text, event)}{title}, {event['DTSTART'].dt:%Y-%m-%d}"
        if str(event.get("STATUS", "")).upper() == "CANCELLED":
            continue
        who = _people(event, summary, people)
        if len(who) != 1:
            why = f"may be {' or '.join(who)}" if who else "names nobody of this client"
            left_out.append(f"{shown}: {why}")
        elif ends <= begins:
            left_out.append(f"{shown}: ends when it begins")
        else:
            level = _LEVEL.search(_folded(summary))
            found.append(Shift(who[0], begins, ends, int(level[1]) if level else 1))
    schedules = tuple(_schedule(rota, stretch) for stretch in _stretches(found))
    return Import(schedules, len(found), tuple(left_out))


def _events(text: str, start: datetime, end: datetime) -> list[Any]:
    try:
        calendar = Calendar.from_ical(text)
        if calendar.name != "VCALENDAR":
            raise ValueError("there is no VCALENDAR in it")
        found = []
        for event in recurring_ical_events.of(calendar).after(start):
            if _instant_utc(event["DTSTART"].dt) >= end:
                break
            found.append(event)
            if len(found) > MOST_EVENTS:
                raise ValueError(f"it holds more than {MOST_EVENTS} events")
        return found
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        why = " ".join(str(error).split())[:100]
        raise ValueError(f"not a calendar that can be read: {why}") from None


def _people(event: Any, summary: str, people: Mapping[str, Technician]) -> list[str]:
    """Whom an event may mean: by address, then by a whole name, then by a part of one."""
    attendees = event.get("ATTENDEE", [])
    listed = attendees if isinstance(attendees, list) else [attendees]
    addresses = {str(one).lower().removeprefix("mailto:") for one in listed}
    by_address = [
        id
        for id, person in people.items()
        if addresses & {contact.address.lower() for contact in person.by(Way.EMAIL)}
    ]
    if by_address:
        return by_address
    words = _folded(summary).split()
    whole = [id for id, one in people.items() if {*_folded(one.name).split()} <= {*words}]
    if whole:
        return whole
    return [
        id
        for id, one in people.items()
        if id in words or any(part in words for part in _folded(one.name).split() if len(part) > 2)
    ]


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(char for char in plain if not unicodedata.combining(char))
    return re.sub(r"[^\w-]+", " ", kept)


def _stretches(shifts: Iterable[Shift]) -> list[list[Shift]]:
    found: list[list[Shift]] = []
    until = datetime.min.replace(tzinfo=UTC)
    for shift in sorted(shifts, key=lambda s: (s.start, s.level, s.end)):
        if shift.start > until:
            found.append([])
        found[-1].append(shift)
        until = max(until, shift.end)
    return found


def _schedule(rota: Rota, stretch: list[Shift]) -> TemporarySchedule:
    end = max(shift.end for shift in stretch)
    return TemporarySchedule(rota.id, stretch[0].start, end, tuple(stretch), "calendar")


def _instant(moment: date | datetime, rota: Rota) -> datetime:
    """A whole day, or a time without a zone, is one on the client's clock."""
    if not isinstance(moment, datetime):
        return instant(datetime.combine(moment, time(0)), rota.zone)
    if moment.tzinfo is None:
        return instant(moment, rota.zone)
    return moment.astimezone(UTC)


def _instant_utc(moment: date | datetime) -> datetime:
    whole = moment if isinstance(moment, datetime) else datetime.combine(moment, time(0))
    return whole if whole.tzinfo else whole.replace(tzinfo=UTC) - timedelta(days=1)


def _line(text: str, event: Any) -> str:
    """`12: `, the line on which the event's name stands; "" where it has none."""
    name = str(event.get("UID", ""))
    for number, line in enumerate(text.splitlines(), 1):
        if name and line.startswith("UID") and name in line:
            return f"line {number}: "
    return ""
