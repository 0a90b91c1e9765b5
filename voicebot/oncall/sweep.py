"""Cuts a period wherever somebody comes or goes, and joins what belongs together."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime

from voicebot.oncall.override import Change, Post, TemporarySchedule, apply
from voicebot.oncall.shift import Shift
from voicebot.oncall.slot import merged


def sweep(planned: Sequence[Shift], changes: Sequence[Change]) -> list[Shift]:
    """The shifts that are left of `planned` once all `changes` are made, in order of time."""
    touched, left = _parted(planned, changes)
    found = [*left, *_swept(touched, changes)]
    return sorted(found, key=lambda s: (s.start, s.level, s.end, s.technician))


def _parted(
    planned: Sequence[Shift], changes: Sequence[Change]
) -> tuple[Sequence[Shift], Sequence[Shift]]:
    """Shifts that must be looked at closely, and those that stay as they are: most of a year."""
    ends: dict[tuple[str, int], datetime] = {}
    for shift in sorted(planned, key=lambda shift: shift.start):
        key = (shift.technician, shift.level)
        if key in ends and shift.start < ends[key]:
            return planned, ()  # two rotations put somebody on one level at once
        ends[key] = shift.end
    spans = merged((change.start, change.end) for change in changes)
    touched: list[Shift] = []
    left: list[Shift] = []
    for shift in planned:
        index = bisect_right(spans, shift.start, key=lambda span: span[1])
        far = index == len(spans) or spans[index][0] >= shift.end
        (left if far else touched).append(shift)
    return touched, left


def _swept(planned: Sequence[Shift], changes: Sequence[Change]) -> list[Shift]:
    edges = sorted(_edges(planned, changes))
    waiting = sorted(planned, key=lambda shift: (shift.start, shift.level), reverse=True)
    running: list[Shift] = []
    opened: dict[tuple[Post, int], datetime] = {}
    found: list[Shift] = []
    for at in edges:
        while waiting and waiting[-1].start <= at:
            running.append(waiting.pop())
        running = [shift for shift in running if shift.end > at]
        base = [Post(s.technician, s.level, s) for s in running]
        now = {(post, id(post.origin)): None for post in apply(base, changes, at)}
        for key in [key for key in opened if key not in now]:
            post = key[0]
            found.append(Shift(post.technician, opened.pop(key), at, post.level))
        for key in now:
            opened.setdefault(key, at)
    return found


def _edges(planned: Sequence[Shift], changes: Sequence[Change]) -> set[datetime]:
    edges = {edge for shift in planned for edge in (shift.start, shift.end)}
    for change in changes:
        edges |= {change.start, change.end}
        if isinstance(change, TemporarySchedule):
            edges |= {edge for shift in change.shifts for edge in (shift.start, shift.end)}
    return edges
