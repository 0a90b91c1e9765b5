"""A shift: one person, on call from one instant to another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Shift:
    """From `start` up to, not including, `end`, both in UTC."""

    technician: str
    """The id."""
    start: datetime
    end: datetime
    level: int = 1
    """1 is called first."""

    def holds(self, at: datetime) -> bool:
        """Whether `at` falls inside."""
        return self.start <= at < self.end

    @property
    def length(self) -> timedelta:
        """How long it lasts, in hours that pass and not hours that the clock shows."""
        return self.end - self.start
