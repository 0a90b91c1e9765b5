"""Cuts a period wherever somebody comes or goes, and joins what belongs together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from voicebot.oncall.override import Change, Post, TemporarySchedule, apply
from voicebot.oncall.shift import Shift


def sweep(planned: Sequence[Shift], changes: Sequence[Change]) -> list[Shift]:
    """The shifts that are left of `planned` once all `changes` are made, in order of time."""
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
    return sorted(found, key=lambda s: (s.start, s.level, s.end, s.technician))


def _edges(planned: Sequence[Shift], changes: Sequence[Change]) -> set[datetime]:
    edges = {edge for shift in planned for edge in (shift.start, shift.end)}
    for change in changes:
        edges |= {change.start, change.end}
        if isinstance(change, TemporarySchedule):
            edges |= {edge for shift in change.shifts for edge in (shift.start, shift.end)}
    return edges
