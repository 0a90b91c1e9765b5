"""A rota: who is on call at an instant, and the shifts of a period."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from voicebot.errors import Place
from voicebot.oncall.coverage import WHEN_CLOSED, Coverage
from voicebot.oncall.holiday import holiday_name
from voicebot.oncall.override import Change, Post, apply
from voicebot.oncall.rotation import Rotation
from voicebot.oncall.shift import Shift
from voicebot.oncall.sweep import sweep
from voicebot.oncall.turns import member_at, turns

__all__ = ["Level", "Rota", "Shift", "on_call", "posts", "shifts"]


@dataclass(frozen=True)
class Level:
    """One level; everybody whom its rotations put on call at an instant is called together."""

    rotations: tuple[Rotation, ...]
    together: bool = False
    """Whether several people at once are meant; where not, lint tells of overlaps."""


@dataclass(frozen=True)
class Rota:
    """The rota of one team of a client."""

    id: str
    """Unique within a client: `nuit`."""
    name: str
    zone: ZoneInfo
    levels: tuple[Level, ...]
    """The first is called first."""
    country: str = "FR"
    """Whose public holidays its slots mean."""
    region: str | None = None
    covers: Coverage = WHEN_CLOSED
    """When somebody must be on call."""
    where: Place | None = field(default=None, compare=False)

    @property
    def members(self) -> frozenset[str]:
        """Everybody in its rotations."""
        return frozenset(m for level in self.levels for r in level.rotations for m in r.members)

    def is_holiday(self, day: date) -> bool:
        """Whether `day` is a public holiday where the client is."""
        return holiday_name(self.country, self.region, day) is not None


def on_call(rota: Rota, at: datetime, changes: Iterable[Change] = ()) -> tuple[str, ...]:
    """The technicians on call at the instant `at`, those of the first level first, each once."""
    return tuple(dict.fromkeys(post.technician for post in posts(rota, at, changes)))


def posts(rota: Rota, at: datetime, changes: Iterable[Change] = ()) -> tuple[Post, ...]:
    """Who is on call at the instant `at`, and at which level."""
    found = [
        Post(who, number)
        for number, level in enumerate(rota.levels, 1)
        for rotation in level.rotations
        if (who := member_at(rotation, at, rota.zone, rota.is_holiday)) is not None
    ]
    return apply(found, [change for change in changes if change.rota == rota.id], at)


def shifts(
    rota: Rota,
    start: datetime,
    end: datetime,
    changes: Iterable[Change] = (),
    *,
    whole: bool = False,
) -> tuple[Shift, ...]:
    """The shifts that touch the period from `start` up to `end`, in order of time.

    Args:
        rota: whose shifts.
        start: an instant with a zone.
        end: a later one.
        changes: all that the store keeps; those of other rotas are passed over.
        whole: shifts that reach over an end of the period are cut off there, or left whole.
    """
    planned = [
        turn
        for number, level in enumerate(rota.levels, 1)
        for rotation in level.rotations
        for turn in turns(rotation, start, end, rota.zone, rota.is_holiday, number)
    ]
    mine = [c for c in changes if c.rota == rota.id and c.start < end and c.end > start]
    found = [shift for shift in sweep(planned, mine) if shift.start < end and shift.end > start]
    if whole:
        return tuple(found)
    return tuple(
        shift
        if start <= shift.start and shift.end <= end
        else replace(shift, start=max(shift.start, start), end=min(shift.end, end))
        for shift in found
    )
