"""The shifts as an iCalendar feed (RFC 5545), for the calendars that people already look at."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from voicebot.oncall.rota import Rota
from voicebot.oncall.shift import Shift
from voicebot.oncall.slot import Span
from voicebot.oncall.technician import Technician

PRODUCT = "-//voicebot//on call//FR"
REFRESH = timedelta(hours=1)
BEFORE, AFTER = timedelta(days=62), timedelta(days=366)

Entry = tuple[Rota, Shift]


def feed_period(now: datetime) -> Span:
    """What a feed holds: the two months that were, and the year that comes."""
    return now - BEFORE, now + AFTER


def technician_feed(
    client: str, company: str, technician: Technician, entries: Iterable[Entry], stamp: datetime
) -> str:
    """One technician's shifts; those of others among `entries` are left out.

    Args:
        client: the slug, which keeps the events of two clients apart.
        company: as it is said.
        technician: whose.
        entries: shifts as `shifts(…, whole=True)` gives them, so that an event stays the same one
            while its period moves on.
        stamp: when the feed was made.
    """
    english = technician.language == "en"
    title = f"On call – {company}" if english else f"Astreinte – {company}"
    own = ((rota, shift) for rota, shift in entries if shift.technician == technician.id)
    events = ((rota, shift, f"{title}{_place(rota, shift, english)}") for rota, shift in own)
    return _text(client, title, events, stamp)


def client_feed(
    client: str,
    company: str,
    entries: Iterable[Entry],
    people: Mapping[str, Technician],
    stamp: datetime,
) -> str:
    """A client's shifts, each with its technician's name and never a number."""
    events = (
        (rota, shift, f"{_name(people, shift)}{_place(rota, shift, english=False)}")
        for rota, shift in entries
    )
    return _text(client, f"Astreintes – {company}", events, stamp)


def _name(people: Mapping[str, Technician], shift: Shift) -> str:
    known = people.get(shift.technician)
    return known.name if known else shift.technician


def _place(rota: Rota, shift: Shift, english: bool) -> str:
    """Which rota, and the level where there is more than one."""
    if len(rota.levels) == 1 and shift.level == 1:
        return f" – {rota.name}"
    return f" – {rota.name}, {'level' if english else 'niveau'} {shift.level}"


def _text(
    client: str, title: str, events: Iterable[tuple[Rota, Shift, str]], stamp: datetime
) -> str:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for rota, shift, summary in events:
        event = Event()
        event.add("uid", uid(client, rota, shift))
        event.add("dtstamp", stamp)
        event.add("dtstart", shift.start)
        event.add("dtend", shift.end)
        event.add("summary", summary)
        # On call one is still free to accept an appointment.
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return calendar.to_ical().decode()


def uid(client: str, rota: Rota, shift: Shift) -> str:
    """The same for the same shift each time, also when its end has moved."""
    name = "/".join((client, rota.id, str(shift.level), shift.technician, shift.start.isoformat()))
    return f"{hashlib.sha256(name.encode()).hexdigest()[:32]}@voicebot"
