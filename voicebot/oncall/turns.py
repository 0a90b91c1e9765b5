"""The turns of a rotation, within its slots."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from voicebot.oncall.rotation import Rotation
from voicebot.oncall.shift import Shift
from voicebot.oncall.slot import HolidayTest, in_slots, merged_spans
from voicebot.oncall.wallclock import instant


def member_at(
    rotation: Rotation, at: datetime, zone: ZoneInfo, is_holiday: HolidayTest
) -> str | None:
    """Whom the rotation puts on call at the instant `at`."""
    turn = rotation.turn(at, zone)
    if turn < 0 or at >= _end(rotation, zone):
        return None
    return rotation.member(turn) if in_slots(rotation.slots, at, zone, is_holiday) else None


def turns(
    rotation: Rotation,
    start: datetime,
    end: datetime,
    zone: ZoneInfo,
    is_holiday: HolidayTest,
    level: int,
) -> Iterator[Shift]:
    """The turns that touch a period, whole, without the hours outside of the slots."""
    turn = max(rotation.turn(start, zone), 0)
    until, close = _end(rotation, zone), rotation.handover(turn, zone)
    while close < min(end, until):
        opens, close = close, rotation.handover(turn + 1, zone)
        spans = [(opens, min(close, until))]
        if rotation.slots:
            inside = merged_spans(rotation.slots, opens, close, zone, is_holiday)
            spans = [(max(a, opens), min(b, close, until)) for a, b in inside]
        yield from (
            Shift(rotation.member(turn), a, b, level)
            for a, b in spans
            if a < b and a < end and b > start
        )
        turn += 1


def _end(rotation: Rotation, zone: ZoneInfo) -> datetime:
    return instant(rotation.ends, zone) if rotation.ends else datetime.max.replace(tzinfo=UTC)
