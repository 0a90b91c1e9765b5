"""A rotation: people who follow each other, at hand-overs told by the clock on the wall."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from voicebot.errors import Place
from voicebot.oncall.slot import Slot
from voicebot.oncall.wallclock import instant, wall


class Every(StrEnum):
    """What is counted between two hand-overs."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


_LENGTH = {
    Every.HOUR: timedelta(hours=1),
    Every.DAY: timedelta(days=1),
    Every.WEEK: timedelta(weeks=1),
}


@dataclass(frozen=True)
class Rotation:
    """Each of `members` in order, for `length` hours, days, weeks or months.

    Hand-overs are read on the wall: "every day at 8:00" is 8:00 in winter and in summer, and an
    hour that the clock repeats belongs to one turn of an hourly rotation.
    """

    members: tuple[str, ...]
    """Technicians' ids; one may come more than once."""
    every: Every
    begins: datetime
    """The first hand-over, on the client's clock, without a zone. Nobody is on call before."""
    length: int = 1
    slots: tuple[Slot, ...] = ()
    """When it holds; none is always. The turns go on all the same outside of them."""
    ends: datetime | None = None
    """The end, on the client's clock."""
    told: datetime | None = None
    """When its members were told of it, on the client's clock."""
    where: Place | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if not self.members:
            raise ValueError("a rotation with nobody in it")
        if self.length < 1:
            raise ValueError(f"a rotation cannot hand over every {self.length} {self.every}s")
        if self.begins.tzinfo is not None or (self.ends and self.ends.tzinfo is not None):
            raise ValueError("a rotation begins and ends by the client's clock, without a zone")
        if self.ends is not None and self.ends <= self.begins:
            raise ValueError("a rotation that ends before it begins")

    def handover(self, turn: int, zone: ZoneInfo) -> datetime:
        """The instant at which that turn begins, in UTC; the first is turn 0."""
        return instant(self._shown(turn), zone)

    def turn(self, at: datetime, zone: ZoneInfo) -> int:
        """The turn at the instant `at`; negative before the rotation begins."""
        shown = wall(at, zone)
        if self.every is Every.MONTH:
            months = (shown.year - self.begins.year) * 12 + shown.month - self.begins.month
            turn = months // self.length
            turn -= self._shown(turn) > shown
        else:
            turn = (shown - self.begins) // (_LENGTH[self.every] * self.length)
        # While the clock shows an hour for the second time, it may stand before a hand-over that
        # has already taken place.
        while self.handover(turn + 1, zone) <= at:
            turn += 1
        return turn

    def member(self, turn: int) -> str:
        """Whose turn it is."""
        return self.members[turn % len(self.members)]

    def _shown(self, turn: int) -> datetime:
        """What the clock shows when that turn begins."""
        if self.every is not Every.MONTH:
            return self.begins + turn * self.length * _LENGTH[self.every]
        # Counted from the start each time: after a short month the 31st is the 31st again.
        years, month = divmod(self.begins.month - 1 + turn * self.length, 12)
        year, month = self.begins.year + years, month + 1
        day = min(self.begins.day, monthrange(year, month)[1])
        return self.begins.replace(year=year, month=month, day=day)
