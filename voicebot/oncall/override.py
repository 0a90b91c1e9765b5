"""What changes a rota from day to day, without touching its rotations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from voicebot.oncall.shift import Shift


class OverrideKind(StrEnum):
    """What an override does."""

    ADD = "add"
    REMOVE = "remove"
    REPLACE = "replace"


@dataclass(frozen=True)
class Override:
    """From `start` up to `end`, somebody more, somebody less, or somebody else."""

    rota: str
    kind: OverrideKind
    start: datetime
    end: datetime
    add: str | None = None
    """Who is put on call, by `add` and `replace`."""
    remove: str | None = None
    """Who is not on call, by `remove` and `replace`."""
    level: int = 1
    """At which level `add` puts somebody."""
    reason: str = ""

    def __post_init__(self) -> None:
        _in_order(self.start, self.end)
        for name, idle in (("add", OverrideKind.REMOVE), ("remove", OverrideKind.ADD)):
            if (getattr(self, name) is None) != (self.kind is idle):
                has = "has no" if self.kind is idle else "needs"
                raise ValueError(f"an override of the kind {self.kind!r} {has} `{name}`")
        if self.level < 1:
            raise ValueError(f"there is no level {self.level}")


@dataclass(frozen=True)
class TemporarySchedule:
    """From `start` up to `end`, these shifts hold and the rotations do not."""

    rota: str
    start: datetime
    end: datetime
    shifts: tuple[Shift, ...] = ()
    reason: str = ""

    def __post_init__(self) -> None:
        _in_order(self.start, self.end)
        for shift in self.shifts:
            if not self.start <= shift.start < shift.end <= self.end:
                raise ValueError("a shift of a temporary schedule lies outside of it")


Change = Override | TemporarySchedule
"""What the store keeps, in the order in which it was made."""


@dataclass(frozen=True)
class Post:
    """Somebody on call at an instant."""

    technician: str
    level: int
    origin: Shift | Change | None = field(default=None, compare=False)
    """What put him there, so that one shift ends where another begins."""


def apply(posts: Iterable[Post], changes: Iterable[Change], at: datetime) -> tuple[Post, ...]:
    """Who is on call at `at`, where it would be `posts` by the rotations alone.

    The last temporary schedule that covers `at` takes the place of the rotations; the overrides
    are then made in the order given, whether they are older than it or not.
    """
    holding = [change for change in changes if change.start <= at < change.end]
    found = list(posts)
    for change in holding:
        if isinstance(change, TemporarySchedule):
            found = [Post(s.technician, s.level, s) for s in change.shifts if s.holds(at)]
    for change in holding:
        if isinstance(change, Override):
            found = _override(found, change)
    # Once at each level, the first level first.
    return tuple(sorted(dict.fromkeys(found), key=lambda post: post.level))


def _override(posts: list[Post], change: Override) -> list[Post]:
    if change.add is None:
        return [post for post in posts if post.technician != change.remove]
    if change.remove is None:
        return [*posts, Post(change.add, change.level, change)]
    return [
        replace(post, technician=change.add) if post.technician == change.remove else post
        for post in posts
    ]


def _in_order(start: datetime, end: datetime) -> None:
    if start.tzinfo is None or end.tzinfo is None:
        raise ValueError("a change begins and ends at an instant, with a zone")
    if end <= start:
        raise ValueError("a change that ends before it begins")
