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
)
_ABOUT = {"huitaine": 7, "dizaine": 10, "quinzaine": 14}
_TENS = {"dizaine": 10, "quinzaine": 15, "vingtaine": 20, "trentaine": 30, "quarantaine": 40}
_ROUGHLY = ("petit", "petite", "petits", "petites", "bon", "bonne", "bons", "bonnes")
"""Beside a span, and it stays the same: "dans une petite heure"."""
_AND: dict[tuple[str, ...], int] = {("et", "demie"): 30, ("et", "demi"): 30, ("et", "quart"): 15}
_DAYS = {8: 7, 15: 14}
"""Days are counted with both ends: "quinze jours" is two weeks."""


def from_now(tokens: list[str], at: int, now: datetime) -> Step | None:
    """E.g. "dans quinze jours", "d'ici deux heures et demie", "il y a trois jours"."""
    if tokens[at] in ("dans", "ici", "sous"):
        return _span(tokens, at + 1, now, 1)
    if tokens[at : at + 2] == ["y", "a"]:
        return _span(tokens, at + 2, now, -1)
    return None


def _span(tokens: list[str], at: int, now: datetime, sign: int) -> Step | None:
    if tokens[at + 1 : at + 2] and tokens[at + 1] in _ROUGHLY:
        tokens, at = [*tokens[: at + 1], tokens[at], *tokens[at + 2 :]], at + 1
    for phrase, minutes in _MINUTES:
        if tuple(tokens[at : at + len(phrase)]) == phrase:
            return _moment(now, sign * minutes, at + len(phrase))
    about = _about(tokens, at, now, sign)
    read = read_number(tokens, at)
    if about or read is None or read[1] >= len(tokens) or not 0 < read[0] <= 1000:
        return about
    count, end = read
    end = _or_more(tokens, count, end)
    unit = tokens[end].rstrip("s")
    more = _AND.get(tuple(tokens[end + 1 : end + 3])) if unit == "heure" else None
    if more:
        return _moment(now, sign * (60 * count + more), end + 3)
    if unit in ("minute", "heure"):
        return _moment(now, sign * count * (60 if unit == "heure" else 1), end + 1)
    gone = {
        "jour": relativedelta(days=_DAYS.get(count, count)),
        "semaine": relativedelta(weeks=count),
        "moi": relativedelta(months=count),
        "an": relativedelta(years=min(count, 100)),
    }.get(unit)
    return (now.date() + sign * gone, None, None, end + 1) if gone else None


def _about(tokens: list[str], at: int, now: datetime, sign: int) -> Step | None:
    """E.g. "une dizaine de minutes", "une quinzaine de jours", "huitaine"."""
    start = at + 1 if tokens[at : at + 1] == ["une"] else at
    word = tokens[start] if start < len(tokens) else ""
    if tokens[start + 1 : start + 3] == ["de", "minutes"] and word in _TENS:
        return _moment(now, sign * _TENS[word], start + 3)
    if word not in _ABOUT:
        return None
    end = start + 3 if tokens[start + 1 : start + 3] == ["de", "jours"] else start + 1
    return now.date() + timedelta(days=sign * _ABOUT[word]), None, None, end


def _or_more(tokens: list[str], count: int, end: int) -> int:
    """The index after "ou trois" of "deux ou trois jours", or of "deux trois jours"."""
    later = read_number(tokens, end + 1 if tokens[end] == "ou" else end)
    return later[1] if later and later[0] > count and later[1] < len(tokens) else end


def _moment(now: datetime, minutes: int, end: int) -> Step:
    """So many minutes from now, also across the night in which clocks change."""
    later = now.astimezone(UTC) + timedelta(minutes=minutes)
    local = later.astimezone(now.tzinfo).replace(second=0, microsecond=0)
    return local.date(), local.time(), None, end
