"""Times as a reader writes them, in the client's own zone."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date

from voicebot.web import tongue
from voicebot.web.tongue import _

NBSP = "\N{NO-BREAK SPACE}"


def hour(at: datetime, zone: ZoneInfo) -> str:
    """14:05."""
    return at.astimezone(zone).strftime("%H:%M")


def stamp(at: datetime, zone: ZoneInfo) -> str:
    """14:05:09."""
    return at.astimezone(zone).strftime("%H:%M:%S")


def written(day: date) -> str:
    """Mercredi 14 janvier 2026, without its capital; in English Wednesday 14 January 2026."""
    # French alone counts the first of a month, and that day alone.
    first = day.day == 1 and tongue.spoken() == tongue.SOURCE
    return named(day, "EEEE '1er' MMMM y" if first else "EEEE d MMMM y")


def named(day: date, pattern: str) -> str:
    """A day by a pattern of the CLDR, with the page's own names of days and months."""
    return format_date(day, pattern, locale=tongue.LOCALES[tongue.spoken()])


def day(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    """Aujourd'hui, hier, or the date."""
    local, today = at.astimezone(zone).date(), now.astimezone(zone).date()
    match (today - local).days:
        case 0:
            return _("Aujourd'hui")
        case 1:
            return _("Hier")
    return capital(written(local))


def when(at: datetime, zone: ZoneInfo) -> str:
    """Mercredi 14 janvier 2026 à 22 h 30, without its capital."""
    local = at.astimezone(zone)
    return moment(written(local.date()), local)


def moment(day: str, local: datetime) -> str:
    """A day in words and the time of it: … à 22 h 30."""
    return _("%(day)s à %(time)s", day=day, time=clock(local))


def clock(local: datetime) -> str:
    """8 h 05, on one line; in English 08:05."""
    if tongue.spoken() == tongue.SOURCE:
        return f"{local.hour}{NBSP}h{NBSP}{local.minute:02d}"
    return f"{local:%H:%M}"


def duration(seconds: float | None) -> str:
    """1 min 05 s; an ellipsis for a call that goes on."""
    if seconds is None:
        return "…"
    whole = round(seconds)
    minutes, rest = divmod(whole, 60)
    text = f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"
    return text.replace(" ", NBSP)


def elapsed(seconds: float) -> str:
    """1:05, as a player counts."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def capital(text: str) -> str:
    """The same with a capital; those within it stay, as English days and months have them."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """The same as it stands within a sentence: without its first capital."""
    return text[:1].lower() + text[1:]
