"""What the rota's linter finds: a trouble of a coming night, told before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from voicebot.errors import Place
from voicebot.oncall.slot import Span


class Trouble(StrEnum):
    """Which kind."""

    NOBODY = "nobody"
    """A rota that nobody is on at all."""
    GAP = "gap"
    THIN = "thin"
    """The first level has nobody, another has."""
    OVERLAP = "overlap"
    NO_NUMBER = "no_number"
    UNVERIFIED = "unverified"
    GONE = "gone"
    """A change names somebody, or a rota, that is not there any more."""
    NOTICE = "notice"
    REST = "rest"


WARNINGS = frozenset({Trouble.THIN})
"""Nobody is left unreached by these."""


@dataclass(frozen=True)
class Facts:
    """What a trouble is about, for whoever tells of it in another language."""

    rota: str = ""
    level: int = 0
    people: tuple[str, ...] = ()
    """Technicians' ids."""
    spans: tuple[Span, ...] = ()
    number: float = 0
    """Of addresses, of hours of rest, of days: what the kind counts."""
    per: str = ""
    """Of rest: `daily`, `weekly`, or `row`, days that follow each other."""
    change: int | None = None
    """Kept in the store."""
    told: date | None = None
    """When people were told."""
    begins: date | None = None
    """What they were told of too late."""


@dataclass(frozen=True)
class Found:
    """One trouble."""

    kind: Trouble
    what: str
    where: Place | None = None
    """Where it comes from in oncall.yml; None for what comes from a change kept in the store."""
    todo: str = ""
    at: datetime | None = None
    """When it first bites."""
    facts: Facts = Facts()

    @property
    def is_error(self) -> bool:
        """Whether somebody may be left unreached, or a promise of the client's is broken."""
        return self.kind not in WARNINGS

    def __str__(self) -> str:
        what = f"{self.what} ({self.todo})" if self.todo else self.what
        severity = "error" if self.is_error else "warning"
        return f"{self.where}: {severity}: {what}" if self.where else f"{severity}: {what}"


def told(spans: Sequence[Span], zone: ZoneInfo) -> str:
    """Some spans in few words: the first, how many more, how long in all."""
    (start, end), more = spans[0], len(spans) - 1
    first = f"from {_shown(start, zone)} to {_shown(end, zone)}"
    if not more:
        return first
    hours = sum((b - a for a, b in spans), timedelta()) / timedelta(hours=1)
    return f"{first}, and {more} more times, {hours:,.0f} h in all"


def _shown(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).strftime("%a %Y-%m-%d %H:%M")
