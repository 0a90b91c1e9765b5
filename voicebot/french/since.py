"""For how long something has lasted: "depuis hier soir", "ça fait trois jours"."""

from __future__ import annotations

from voicebot.french.normalise import Word, between, word_set, words
from voicebot.french.numbers import below_hundred, read_number

_UNITS = word_set(
    "minute minutes heure heures jour jours semaine semaines mois an ans quart demi "
    "journee nuit matinee soiree"
)
_POINTS = word_set(
    "hier matin soir midi nuit lundi mardi mercredi jeudi vendredi samedi dimanche tout l "
    "heure debut fin avant semaine derniere dernier mois annee week end toujours "
    "longtemps ce cet cette aujourd hui apres la le une un deux bonne petite demi et "
    "quart environ a peu pres quelques plusieurs de du moment moins bien presque demie et noel "
    "paques toussaint janvier fevrier mars avril mai juin juillet aout septembre octobre novembre "
    "decembre rentree vacances premier"
)
_STREETS = [[word] for word in ("rue", "avenue", "boulevard", "place", "chemin", "bis", "impasse")]
_EMPTY = word_set("ce cet cette la le l une un et a de du peu pres bonne petite tout")


def read_since(text: str) -> str | None:
    """The words that say since when, as they were spoken; None when there are none."""
    found = words(text)
    tokens = [word.plain for word in found]
    for at, token in enumerate(tokens):
        if token == "depuis":
            start = at + 1
        elif tokens[at : at + 2] in (["ca", "fait"], ["cela", "fait"]):
            start = at + 2
        elif tokens[at : at + 3] == ["il", "y", "a"]:
            start = at + 3
        elif tokens[at : at + 2] == ["y", "a"] and (not at or tokens[at - 1] != "il"):
            start = at + 2
        else:
            continue
        span = _span(tokens, start, needs_unit=token != "depuis")
        if span > start:
            return _text(text, found, at, span)
    return None


def _span(tokens: list[str], start: int, *, needs_unit: bool) -> int:
    """The index after the last word of the duration; `start` when there is none."""
    end = start
    unit = False
    while end < len(tokens):
        token = tokens[end]
        least = tokens[end : end + 2] == ["au", "moins"]
        if _house_number(tokens, end) or not (
            least
            or token in _POINTS | _UNITS
            or below_hundred([token], 0)
            or token.isdecimal()
            or token == "h"
        ):
            break
        unit = unit or token in _UNITS
        end += 1
    while end > start and tokens[end - 1] in _EMPTY:
        end -= 1
    return end if unit or not needs_unit else start


def _house_number(tokens: list[str], at: int) -> bool:
    """Whether an address begins here: "depuis hier soir douze rue des Lilas"."""
    read = read_number(tokens, at)
    return read is not None and tokens[read[1] : read[1] + 1] in _STREETS


def _text(text: str, found: list[Word], first: int, end: int) -> str:
    return between(text, found[first], found[end - 1])
