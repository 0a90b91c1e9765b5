"""Days and hours counted from now: "dans quinze jours", "d'ici une petite heure", "il y a …"."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dateutil.relativedelta import relativedelta  # type: ignore[import-untyped]

from voicebot.french.days import Step
from voicebot.french.numbers import read_number

_MINUTES = (
    (("une", "demi", "heure"), 30),
    (("un", "quart", "d", "heure"), 15),
    (("trois", "quarts", "d", "heure"), 45),
    (("une", "petite", "heure"), 60),
    (("une", "bonne", "heure"), 60),
)
_ABOUT = {"huitaine": 7, "dizaine": 10, "quinzaine": 14}
_DAYS = {8: 7, 15: 14}
"""Days are counted with both ends: "quinze jours" is two weeks."""


def from_now(tokens: list[str], at: int, now: datetime) -> Step | None:
    """E.g. "dans quinze jours", "d'ici deux heures et demie", "il y a trois jours"."""
    if tokens[at] in ("dans", "ici"):
        return _span(tokens, at + 1, now, 1)
    if tokens[at : at + 2] == ["y", "a"]:
        return _span(tokens, at + 2, now, -1)
    return None


def _span(tokens: list[str], at: int, now: datetime, sign: int) -> Step | None:
    for phrase, minutes in _MINUTES:
        if tuple(tokens[at : at + len(phrase)]) == phrase:
            return _moment(now, sign * minutes, at + len(phrase))
    about = _ABOUT.get(tokens[at + 1]) if tokens[at : at + 1] == ["une"] and tokens[at + 1 :] else 0
    if about:
        end = at + 4 if tokens[at + 2 : at + 4] == ["de", "jours"] else at + 2
        return now.date() + timedelta(days=sign * about), None, None, end
    read = read_number(tokens, at)
    if read is None or read[1] >= len(tokens) or not 0 < read[0] <= 1000:
        return None
    count, end = read
    unit = tokens[end].rstrip("s")
    if unit == "heure" and tokens[end + 1 : end + 3] in (["et", "demie"], ["et", "demi"]):
        return _moment(now, sign * (60 * count + 30), end + 3)
    if unit in ("minute", "heure"):
        return _moment(now, sign * count * (60 if unit == "heure" else 1), end + 1)
    gone = {
        "jour": relativedelta(days=_DAYS.get(count, count)),
        "semaine": relativedelta(weeks=count),
        "moi": relativedelta(months=count),
        "an": relativedelta(years=min(count, 100)),
    }.get(unit)
    return (now.date() + sign * gone, None, None, end + 1) if gone else None


def _moment(now: datetime, minutes: int, end: int) -> Step:
    """So many minutes from now, also across the night in which clocks change."""
    later = now.astimezone(UTC) + timedelta(minutes=minutes)
    local = later.astimezone(now.tzinfo).replace(second=0, microsecond=0)
    return local.date(), local.time(), None, end
