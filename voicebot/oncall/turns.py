"""The turns of a rotation, within its slots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from voicebot.oncall.rotation import Rotation
from voicebot.oncall.shift import Shift
from voicebot.oncall.slot import HolidayTest, Span, in_slots, merged_spans
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
    first, until = max(rotation.turn(start, zone), 0), _end(rotation, zone)
    last = rotation.turn(end, zone)
    close = rotation.handover(first, zone)
    if close >= min(end, until):
        return
    held = [(close, rotation.handover(last + 1, zone))]
    if rotation.slots:
        # Once for all turns: the hours of a year are asked for much less often than hourly.
        held = merged_spans(rotation.slots, *held[0], zone, is_holiday)
    index = 0
    for turn in range(first, last + 1):
        opens, close = close, rotation.handover(turn + 1, zone)
        while index < len(held) and held[index][1] <= opens:
            index += 1
        for a, b in _cut(held, index, opens, min(close, until)):
            if a < b and a < end and b > start:
                yield Shift(rotation.member(turn), a, b, level)


def _cut(spans: Sequence[Span], index: int, opens: datetime, closes: datetime) -> Iterator[Span]:
    """What lies between two instants of spans, in order and apart, from that one on."""
    while index < len(spans) and spans[index][0] < closes:
        yield max(spans[index][0], opens), min(spans[index][1], closes)
        index += 1


def _end(rotation: Rotation, zone: ZoneInfo) -> datetime:
    return instant(rotation.ends, zone) if rotation.ends else datetime.max.replace(tzinfo=UTC)
