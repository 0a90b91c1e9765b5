"""Days and hours as they are read back: "demain, jeudi quinze janvier, à midi"."""

from __future__ import annotations

from datetime import datetime, time

from voicebot.french.days import DAYS
from voicebot.french.numbers import say_number

_SAID_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre",
)  # fmt: skip
_SAID_PARTS = {
    "matin": "le matin", "midi": "à midi", "apres-midi": "l'après-midi", "soir": "le soir",
}  # fmt: skip
_LAST_MONTH_DAYS, _THIS_YEAR_DAYS = 30, 300
"""Days within which a day is told without its year."""
_SMALL_HOURS = range(1, 6)
"""Hours that are said with "du matin"."""


def say_date(iso: str, now: datetime) -> str:
    """A day or instant as it is read back: "demain, jeudi quinze janvier, à midi"."""
    iso, _, part = iso.partition("/")
    moment = datetime.fromisoformat(iso)
    day = moment.date()
    number = "premier" if day.day == 1 else say_number(day.day)
    said = f"{DAYS[day.weekday()]} {number} {_SAID_MONTHS[day.month - 1]}"
    near = {0: "aujourd'hui", 1: "demain", 2: "après-demain"}.get((day - now.date()).days)
    if near:
        said = f"{near}, {said}"
    if not -_LAST_MONTH_DAYS <= (day - now.date()).days <= _THIS_YEAR_DAYS:
        said = f"{said} {say_number(day.year)}"
    if part:
        return f"{said}, {_SAID_PARTS[part]}"
    return f"{said}, à {say_time(moment.time())}" if "T" in iso else said


def say_time(at: time) -> str:
    """An hour in words: "quatorze heures trente", "trois heures du matin", "midi"."""
    if at.hour in (0, 12):
        head = "midi" if at.hour == 12 else "minuit"
        spoken = {0: head, 15: f"{head} et quart", 30: f"{head} et demi"}.get(at.minute)
        return spoken or f"{head} {say_number(at.minute)}"
    hour = "une heure" if at.hour == 1 else f"{_feminine(at.hour)} heures"
    said = f"{hour} {_feminine(at.minute)}" if at.minute else hour
    return f"{said} du matin" if at.hour in _SMALL_HOURS else said


def _feminine(number: int) -> str:
    """Hours and minutes are feminine: "vingt et une heures"."""
    said = say_number(number)
    return f"{said}e" if said.endswith("un") else said
