"""When too many tries have failed: how long the next one waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Limit:
    """So many failures within that time, and no more."""

    failures: int
    within: timedelta

    def free_at(self, failed: Sequence[datetime], now: datetime) -> datetime | None:
        """When the next try is allowed; None for now.

        Args:
            failed: when tries failed, in any order.
            now: the present.
        """
        recent = sorted(at for at in failed if now - self.within < at <= now)
        if len(recent) < self.failures:
            return None
        return recent[-self.failures] + self.within


ACCOUNT = Limit(8, timedelta(minutes=15))
"""Of one account, from wherever: a guesser has 768 tries a day, against 12 characters."""
ADDRESS = Limit(40, timedelta(minutes=15))
"""From one address, for whatever account: an office behind one address mistypes more often."""
LONGEST = max(ACCOUNT.within, ADDRESS.within)
"""What is older than this counts for nothing."""
