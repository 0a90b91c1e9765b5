"""How the pages of the people on call write days and times."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from voicebot.web import tongue
from voicebot.web.times import capital, clock, named
from voicebot.web.times import moment as day_and_time
from voicebot.web.tongue import _

NBSP = "\N{NO-BREAK SPACE}"


def short_day(day: date) -> str:
    """Lun. 16 nov., without its capital; in English Mon 16 Nov."""
    return named(day, "EEE d MMM").replace(" ", NBSP)


def brief_day(day: date) -> str:
    """16/11; in English 16 Nov, since some of its readers take 1/2 for the second of January."""
    return named(day, "dd/MM" if tongue.spoken() == tongue.SOURCE else "d MMM")


def dated(day: date) -> str:
    """Lundi 16 novembre, as it stands within a sentence: in French without its capital."""
    return _counted(day, "EEEE d MMMM")


def long_day(day: date) -> str:
    """Lundi 16 novembre."""
    return capital(dated(day))


def moment(at: datetime, zone: ZoneInfo) -> str:
    """Mardi 17 novembre à 18 h 00, without its capital."""
    local = at.astimezone(zone)
    return day_and_time(dated(local.date()), local)


def until(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    """When it ends, as briefly as its start allows: 08:00, mer. 08:00, lun. 23 nov. 08:00."""
    first, last = start.astimezone(zone), end.astimezone(zone)
    shown = last.strftime("%H:%M")
    days = (last.date() - first.date()).days
    if days == 0:
        return shown
    return f"{_weekday(last) if days < 7 else short_day(last.date())}{NBSP}{shown}"


def period(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    """Du … au …; le … de … à … where both are on one day."""
    first, last = start.astimezone(zone), end.astimezone(zone)
    if first.date() == last.date():
        return _(
            "le %(day)s de %(start)s à %(end)s",
            day=dated(first.date()),
            start=clock(first),
            end=clock(last),
        )
    return _("du %(start)s au %(end)s", start=moment(start, zone), end=moment(end, zone))


def bar_hours(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    """As little as tells it: 18:30 – 08:30, or lun. 08:30 → lun. 08:30 where it lasts for days."""
    first, last = start.astimezone(zone), end.astimezone(zone)
    if end - start <= timedelta(hours=24):
        return f"{first:%H:%M} – {last:%H:%M}"
    return f"{_weekday(first)} {first:%H:%M} → {_weekday(last)} {last:%H:%M}"


def next_time(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    """À 18 h 00 today, demain à 8 h 00, else mardi 17 novembre à 18 h 00; without a capital."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    if local.date() == today:
        return _("aujourd'hui à %(time)s", time=clock(local))
    if local.date() == today + timedelta(days=1):
        return _("demain à %(time)s", time=clock(local))
    return moment(at, zone)


def span_of_days(first: date) -> str:
    """Du 16 au 22 novembre 2026, for the week that begins on that Monday."""
    last = first + timedelta(days=6)
    begin = "d"
    if first.month != last.month:
        begin += " MMMM"
    if first.year != last.year:
        begin += " y"
    return _(
        "du %(first)s au %(last)s",
        first=_counted(first, begin),
        last=_counted(last, "d MMMM y"),
    )


def month_name(month: date) -> str:
    """Novembre 2026."""
    return capital(named(month, "LLLL y"))


def hours(length: timedelta) -> str:
    """14 h 30; a dash for nothing."""
    whole, minutes = divmod(round(length.total_seconds() / 60), 60)
    if not whole and not minutes:
        return "–"
    if not minutes:
        return _("%(hours)s h 00", hours=whole).replace(" ", NBSP)
    return _("%(hours)s h %(minutes)s", hours=whole, minutes=f"{minutes:02d}").replace(" ", NBSP)


def input_value(at: datetime, zone: ZoneInfo) -> str:
    """As a field for a date and a time takes it."""
    return at.astimezone(zone).strftime("%Y-%m-%dT%H:%M")


def _counted(day: date, pattern: str) -> str:
    """By that pattern; French alone counts the first of a month, and that day alone."""
    first = day.day == 1 and tongue.spoken() == tongue.SOURCE
    return named(day, pattern.replace("d", "'1er'") if first else pattern)


def _weekday(local: datetime) -> str:
    return named(local.date(), "EEE")
