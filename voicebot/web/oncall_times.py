"""How the pages of the people on call write days and times."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from voicebot.web.times import DAYS, MONTHS, clock

NBSP = "\N{NO-BREAK SPACE}"
SHORT_MONTHS = (
    *("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil."),
    *("août", "sept.", "oct.", "nov.", "déc."),
)


def short_day(day: date) -> str:
    """Lun. 16 nov., without its capital."""
    return f"{DAYS[day.weekday()][:3]}. {day.day} {SHORT_MONTHS[day.month - 1]}".replace(" ", NBSP)


def long_day(day: date) -> str:
    """Lundi 16 novembre."""
    first = "1er" if day.day == 1 else str(day.day)
    return f"{DAYS[day.weekday()].capitalize()} {first} {MONTHS[day.month - 1]}"


def moment(at: datetime, zone: ZoneInfo) -> str:
    """Mardi 17 novembre à 18 h 00, without its capital."""
    local = at.astimezone(zone)
    return f"{long_day(local.date()).lower()} à {clock(local)}"


def until(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    """When it ends, as briefly as its start allows: 08:00, mer. 08:00, lun. 23 nov. 08:00."""
    first, last = start.astimezone(zone), end.astimezone(zone)
    shown = last.strftime("%H:%M")
    days = (last.date() - first.date()).days
    if days == 0:
        return shown
    near = DAYS[last.weekday()][:3] + "."
    return f"{near if days < 7 else short_day(last.date())}{NBSP}{shown}"


def period(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    """Du … au …; le … de … à … where both are on one day."""
    first, last = start.astimezone(zone), end.astimezone(zone)
    if first.date() == last.date():
        return f"le {long_day(first.date()).lower()} de {clock(first)} à {clock(last)}"
    return f"du {moment(start, zone)} au {moment(end, zone)}"


def bar_hours(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    """As little as tells it: 18:30 – 08:30, or lun. 08:30 → lun. 08:30 where it lasts for days."""
    first, last = start.astimezone(zone), end.astimezone(zone)
    if end - start <= timedelta(hours=24):
        return f"{first:%H:%M} – {last:%H:%M}"
    begins, ends = (DAYS[at.weekday()][:3] for at in (first, last))
    return f"{begins}. {first:%H:%M} → {ends}. {last:%H:%M}"


def next_time(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    """À 18 h 00 today, demain à 8 h 00, else mardi 17 novembre à 18 h 00; without a capital."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    if local.date() == today:
        return f"aujourd'hui à {clock(local)}"
    if local.date() == today + timedelta(days=1):
        return f"demain à {clock(local)}"
    return moment(at, zone)


def span_of_days(first: date) -> str:
    """Du 16 au 22 novembre 2026, for the week that begins on that Monday."""
    last = first + timedelta(days=6)
    end = f"{last.day} {MONTHS[last.month - 1]} {last.year}"
    begin = "1er" if first.day == 1 else str(first.day)
    if first.month != last.month:
        begin += f" {MONTHS[first.month - 1]}"
    if first.year != last.year:
        begin += f" {first.year}"
    return f"du {begin} au {'1er' + end[1:] if last.day == 1 else end}"


def month_name(month: date) -> str:
    """Novembre 2026."""
    return f"{MONTHS[month.month - 1].capitalize()} {month.year}"


def hours(length: timedelta) -> str:
    """14 h 30; a dash for nothing."""
    minutes = round(length.total_seconds() / 60)
    return f"{minutes // 60}{NBSP}h{NBSP}{minutes % 60:02d}" if minutes else "–"


def input_value(at: datetime, zone: ZoneInfo) -> str:
    """As a field for a date and a time takes it."""
    return at.astimezone(zone).strftime("%Y-%m-%dT%H:%M")
