"""Public holidays of a country and its region."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import holidays


def holiday_name(country: str, region: str | None, day: date) -> str | None:
    """The name of the public holiday on `day`, if it is one."""
    return _of_year(country, region, day.year).get(day)


@lru_cache(maxsize=256)
def _of_year(country: str, region: str | None, year: int) -> dict[date, str]:
    language = "fr" if country in ("FR", "BE", "CH", "LU") else None
    found = holidays.country_holidays(country, subdiv=region, years=year, language=language)
    return dict(found.items())
