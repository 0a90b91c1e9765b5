"""When too many tries have failed: how long the next one waits."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

IPV6_PREFIX = 64
"""Bits that a provider gives to one household: whoever has them has every address in them."""


class Step(StrEnum):
    """What is tried."""

    PASSWORD = "password"
    CODE = "code"
    """Of the second factor: six digits, so that far fewer tries are one too many."""


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
        recent = _recent(failed, self.within, now)
        if len(recent) < self.failures:
            return None
        return recent[-self.failures] + self.within


@dataclass(frozen=True)
class Slope:
    """So many failures are free; from there on the next try waits longer and longer."""

    free: int
    within: timedelta
    first: timedelta
    """The wait once they are used up …"""
    doubled_after: int
    """… doubled after so many failures more …"""
    most: timedelta
    """… and never longer: nobody is kept out for good."""

    def free_at(self, failed: Sequence[datetime], now: datetime) -> datetime | None:
        """When the next try is allowed; None for now."""
        recent = _recent(failed, self.within, now)
        over = len(recent) - self.free
        if over < 0:
            return None
        # Beyond 2^20 it is the longest in any case.
        wait = min(self.most, self.first * 2 ** min(20, over // self.doubled_after))
        until = recent[-1] + wait
        return until if until > now else None


Bound = Limit | Slope
QUARTER = timedelta(minutes=15)
DAY = timedelta(days=1)
PAIR = Limit(8, QUARTER)
"""Of one account, from one network: a stranger locks out himself, and not the account's owner."""
DEVICE = Limit(8, QUARTER)
"""Of one account, from a browser that its owner has signed in on. Nothing else counts there, so
that whatever strangers do he is let in."""
NETWORK = Limit(40, QUARTER)
"""From one network, for whatever account: an office behind one address mistypes more often."""
ANYWHERE = {
    Step.PASSWORD: Slope(50, DAY, timedelta(seconds=1), 5, timedelta(minutes=5)),
    Step.CODE: Slope(10, DAY, timedelta(seconds=30), 2, QUARTER),
}
"""Of one account, from all networks where it is not known: who has thousands of addresses."""
LONGEST = DAY
"""What is older than this counts for nothing."""


def network(address: str) -> str:
    """What stands for an address when tries are counted: itself, or the household's prefix."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, IPV6_PREFIX), strict=False))
    return str(found)


def _recent(failed: Sequence[datetime], within: timedelta, now: datetime) -> list[datetime]:
    return sorted(at for at in failed if now - within < at <= now)
