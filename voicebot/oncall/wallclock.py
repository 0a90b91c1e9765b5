"""The clock on the wall of a zone, on the nights too when it is put forward or back.

Rules are written by that clock ("hand-over at 8:00"). A time that it shows twice means the first
time; one that it leaves out means the instant at which it jumps over it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo


def wall(at: datetime, zone: ZoneInfo) -> datetime:
    """What the clock shows at the instant `at`, without a zone."""
    return at.astimezone(zone).replace(tzinfo=None, fold=0)


@lru_cache(maxsize=1 << 16)
def instant(shown: datetime, zone: ZoneInfo) -> datetime:
    """The first instant, in UTC, at which the clock shows `shown` (no zone) or later.

    Remembered: rotas of one zone hand over at the same hours, and are looked at again and again.
    """
    found = shown.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if wall(found, zone) == shown:
        return found
    # The clock never shows it: the change lies between what the two offsets make of it.
    early = int(shown.replace(tzinfo=zone, fold=1).timestamp())
    late = int(found.timestamp())
    while late - early > 1:
        middle = (early + late) // 2
        if wall(datetime.fromtimestamp(middle, UTC), zone) >= shown:
            late = middle
        else:
            early = middle
    return datetime.fromtimestamp(late, UTC)
