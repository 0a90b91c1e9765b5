"""Values as they are said on a telephone: numbers in pairs, dates in words, codes spelt."""

from __future__ import annotations

from datetime import date, datetime

from voicebot.dialogue.digits import national
from voicebot.dialogue.interpretation import Value

_DAYS = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = {
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
_NEAR = {"fr": ("aujourd'hui", "demain"), "en": ("today", "tomorrow")}
_TITLES = (
    "madame",
    "monsieur",
    "mademoiselle",
    "docteur",
    "maître",
    "professeur",
    "Mr",
    "Mrs",
    "Ms",
)
_PARTICLES = (
    "le",
    "la",
    "de",
    "du",
    "des",
    "van",
    "von",
    "el",
    "ben",
    "da",
    "do",
    "di",
    "dos",
    "al",
)
_PARTS = {
    "fr": {"matin": "matin", "midi": "midi", "apres-midi": "après-midi", "soir": "soir"},
    "en": {"matin": "morning", "midi": "midday", "apres-midi": "afternoon", "soir": "evening"},
}
_TODAY_PARTS = {
    "fr": {
        "matin": "ce matin", "midi": "ce midi", "apres-midi": "cet après-midi", "soir": "ce soir",
    },
    "en": {
        "matin": "this morning", "midi": "today at midday", "apres-midi": "this afternoon",
        "soir": "this evening",
    },
}  # fmt: skip
_YES_NO = {"fr": ("oui", "non"), "en": ("yes", "no")}


def spoken(value: Value, type_: str, language: str, now: datetime) -> str:
    """`value` as one says it; "" when there is none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _YES_NO[_known(language)][0 if value else 1]
    if type_ == "phone_number":
        return phone(str(value))
    if type_ == "date":
        return day(str(value), _known(language), now)
    if type_ == "reference":
        return ", ".join(str(value))
    return str(value)


def phone(number: str) -> str:
    """A telephone number in pairs, with a breath between them."""
    digits = national(number)
    if digits.startswith("+"):
        return "plus " + ", ".join(_pairs(digits[1:]))
    return ", ".join(_pairs(digits))


def phone_end(number: str) -> str:
    """The last two digits: enough to recognise one's own number."""
    return number[-2:]


def polite(name: str) -> str:
    """The name as one addresses it: "madame Martin"; "" without a title, as a bare name is rude."""
    title, _, rest = name.partition(" ")
    if title not in _TITLES or not rest:
        return ""
    parts = rest.split()
    if len(parts) > 1 and parts[0].lower() not in _PARTICLES:
        parts = parts[1:]  # the first name is left out: "madame Sophie Martin" is "madame Martin"
    return " ".join((title, *parts))


def day(value: str, language: str, now: datetime) -> str:
    """An ISO date, with a time or a part of the day, in words; other text as it is.

    "2026-01-15/matin" is "demain matin", which is not nine o'clock.
    """
    moment_text, _, part = value.partition("/")
    try:
        moment = datetime.fromisoformat(moment_text)
    except ValueError:
        return value
    if part in _PARTS[language]:
        if moment.date() == now.date():
            return _TODAY_PARTS[language][part]
        return f"{_date(moment.date(), language, now.date())} {_PARTS[language][part]}"
    text = _date(moment.date(), language, now.date())
    return f"{text}{_time(moment, language)}" if "T" in value else text


def wish(language: str, now: datetime) -> str:
    """What one wishes on parting at this hour."""
    if 5 <= now.hour < 17:
        return "bonne journée" if language == "fr" else "have a good day"
    if 17 <= now.hour < 22:
        return "bonne soirée" if language == "fr" else "have a good evening"
    return "bonne nuit" if language == "fr" else "good night"


def _known(language: str) -> str:
    return language if language in _DAYS else "fr"


def _pairs(digits: str) -> list[str]:
    odd = len(digits) % 2
    head = [digits[:odd]] if odd else []
    return head + [digits[i : i + 2] for i in range(odd, len(digits), 2)]


def _date(when: date, language: str, today: date) -> str:
    ahead = (when - today).days
    if ahead in (0, 1):
        return _NEAR[language][ahead]
    weekday, month = _DAYS[language][when.weekday()], _MONTHS[language][when.month - 1]
    number = "1er" if language == "fr" and when.day == 1 else str(when.day)
    return f"{weekday} {number} {month}" if language == "fr" else f"{weekday}, {month} {number}"


def _time(moment: datetime, language: str) -> str:
    if language == "en":
        return f" at {moment.hour}:{moment.minute:02d}"
    if moment.minute == 0:
        return {0: " à minuit", 12: " à midi"}.get(moment.hour, f" à {moment.hour} heures")
    return f" à {moment.hour} heures {moment.minute}"
