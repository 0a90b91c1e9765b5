"""Keeps one address from ringing without end."""

from __future__ import annotations

from dataclasses import dataclass, field

from voicebot.accounts.lockout import network
from voicebot.clock import Clock

ADDRESSES = 10_000
"""Addresses remembered; beyond that the one that rang longest ago is forgotten."""


@dataclass
class Throttle:
    """A bucket of calls for each address, or IPv6 household, filled as time goes by."""

    clock: Clock
    burst: int = 60
    """Calls that may come at once: every line of a large switchboard, or a bench."""
    per_second: float = 2.0
    _buckets: dict[str, tuple[float, float]] = field(default_factory=dict)

    def allows(self, address: str) -> bool:
        """Whether this address may ring once more now."""
        address = network(address)
        now = self.clock.monotonic()
        left, since = self._buckets.pop(address, (float(self.burst), now))
        left = min(self.burst, left + (now - since) * self.per_second)
        allowed = left >= 1
        # Put back last, so that the first in the dictionary is the one that rang longest ago.
        self._buckets[address] = (left - 1 if allowed else left, now)
        if len(self._buckets) > ADDRESSES:
            del self._buckets[next(iter(self._buckets))]
        return allowed
