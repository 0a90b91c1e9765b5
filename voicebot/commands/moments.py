"""Times as a user types them, on the clock of the client."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from voicebot.errors import BadInput
from voicebot.oncall.wallclock import instant


def moment(text: str, zone: ZoneInfo) -> datetime:
    """E.g. "2026-01-05 8:00" by the client's clock, "2026-01-05" for its midnight; in UTC.

    Raises:
        BadInput: it is no such time.
    """
    padded = re.sub(r"[ T](\d):", r" 0\1:", text.strip())
    try:
        found = datetime.fromisoformat(padded)
    except ValueError:
        todo = 'write "2026-01-05 18:00"'
        raise BadInput(f"{text!r} is not a day and an hour", todo=todo) from None
    return instant(found, zone) if found.tzinfo is None else found.astimezone(UTC)


def shown(at: datetime, zone: ZoneInfo) -> str:
    """E.g. "Mon 2026-01-05 18:00"."""
    return at.astimezone(zone).strftime("%a %Y-%m-%d %H:%M")
