"""Public holidays of a country and its region."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import holidays

SPEAK_FRENCH = frozenset({"FR", "BE", "CH", "LU"})
ENGLISH = "en_US"
"""The English that every country's holidays are known in; spelt as the British do, see below."""


def holiday_name(country: str, region: str | None, day: date, language: str = "fr") -> str | None:
    """The name of the public holiday on `day`, if it is one.

    In French where the country knows its holidays so, otherwise in English.
    """
    return _of_year(country, region, day.year, language).get(day)


@lru_cache(maxsize=256)
def _of_year(country: str, region: str | None, year: int, language: str) -> dict[date, str]:
    french = language == "fr" and country in SPEAK_FRENCH
    found = holidays.country_holidays(
        country, subdiv=region, years=year, language="fr" if french else ENGLISH
    )
    return {day: name.replace("Labor", "Labour") for day, name in found.items()}
