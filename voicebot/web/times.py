"""Times as a French reader writes them, in the client's own zone."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet"),
    *("août", "septembre", "octobre", "novembre", "décembre"),
)


def hour(at: datetime, zone: ZoneInfo) -> str:
    """14:05."""
    return at.astimezone(zone).strftime("%H:%M")


def stamp(at: datetime, zone: ZoneInfo) -> str:
    """14:05:09."""
    return at.astimezone(zone).strftime("%H:%M:%S")


def written(day: date) -> str:
    """Mercredi 14 janvier 2026, without its capital."""
    first = "1er" if day.day == 1 else str(day.day)
    return f"{DAYS[day.weekday()]} {first} {MONTHS[day.month - 1]} {day.year}"


def day(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    """Aujourd'hui, hier, or the date."""
    local, today = at.astimezone(zone).date(), now.astimezone(zone).date()
    near = {0: "Aujourd'hui", 1: "Hier"}.get((today - local).days)
    return near or written(local).capitalize()


def when(at: datetime, zone: ZoneInfo) -> str:
    """Mercredi 14 janvier 2026 à 22 h 30, without its capital."""
    local = at.astimezone(zone)
    return f"{written(local.date())} à {clock(local)}"


def clock(local: datetime) -> str:
    """8 h 05, on one line."""
    return f"{local.hour}\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}{local.minute:02d}"


def duration(seconds: float | None) -> str:
    """1 min 05 s; an ellipsis for a call that goes on."""
    if seconds is None:
        return "…"
    whole = round(seconds)
    minutes, rest = divmod(whole, 60)
    text = f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def elapsed(seconds: float) -> str:
    """1:05, as a player counts."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
