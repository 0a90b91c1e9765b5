"""Whatever the rota: its shifts and who is on call at an instant say the same."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as some

from voicebot.oncall.override import Override, OverrideKind, TemporarySchedule
from voicebot.oncall.rota import Level, Rota, on_call, posts, shifts
from voicebot.oncall.rotation import Every, Rotation
from voicebot.oncall.shift import Shift
from voicebot.oncall.slot import Slot
from voicebot.oncall.wallclock import instant, wall

ZONES = [ZoneInfo(name) for name in ("Europe/Paris", "America/Toronto", "Australia/Lord_Howe")]
"""Lord Howe changes by half an hour."""
NIGHTS = [
    datetime(2026, 3, 29),
    datetime(2026, 10, 25),
    datetime(2026, 3, 8),
    datetime(2026, 11, 1),
]
NAMES = some.sampled_from("abcd")
minutes = some.integers(0, 24 * 60 - 1).map(lambda m: time(m // 60, m % 60))


def moments(start: datetime, hours: int):
    return some.integers(0, hours * 60).map(lambda m: start + timedelta(minutes=m))


@some.composite
def rotations(draw):
    begins = draw(moments(datetime(2026, 1, 1), 24 * 100))
    slots = some.builds(
        Slot, some.frozensets(some.integers(0, 6)), minutes, minutes, some.booleans()
    )
    return Rotation(
        members=tuple(draw(some.lists(NAMES, min_size=1, max_size=4))),
        every=draw(some.sampled_from(Every)),
        begins=begins,
        length=draw(some.integers(1, 13)),
        slots=tuple(draw(some.lists(slots, max_size=2))),
        ends=draw(some.none() | moments(begins + timedelta(minutes=1), 24 * 300)),
    )


@some.composite
def rotas(draw):
    levels = some.lists(some.lists(rotations(), min_size=1, max_size=2), min_size=1, max_size=2)
    zone = draw(some.sampled_from(ZONES))
    return Rota("r", "R", zone, tuple(Level(tuple(level)) for level in draw(levels)))


@some.composite
def periods(draw):
    """Some days around a clock change, in UTC."""
    night = draw(some.sampled_from(NIGHTS)).replace(tzinfo=UTC)
    start = night + timedelta(minutes=draw(some.integers(-3000, 3000)))
    return start, start + timedelta(minutes=draw(some.integers(1, 6000)))


@some.composite
def changes(draw, period):
    start, _ = period
    a, b = sorted(draw(some.tuples(*[some.integers(-600, 6600)] * 2)))
    opens, closes = start + timedelta(minutes=a), start + timedelta(minutes=b + 1)
    kind = draw(some.sampled_from([*OverrideKind, None]))
    if kind is None:
        middle = opens + (closes - opens) / 2
        return TemporarySchedule("r", opens, closes, (Shift("d", opens, middle, 1),))
    add = None if kind is OverrideKind.REMOVE else draw(NAMES)
    remove = None if kind is OverrideKind.ADD else draw(NAMES)
    return Override("r", kind, opens, closes, add, remove, draw(some.integers(1, 2)))


@settings(max_examples=150, deadline=None)
@given(rotas(), periods(), some.data())
def test_on_call_is_who_holds_the_shift(rota, period, data):
    start, end = period
    made = data.draw(some.lists(changes(period), max_size=3))
    found = shifts(rota, start, end, made)
    edges = {edge for shift in found for edge in (shift.start, shift.end)} | {start, end}
    for edge in edges:
        for at in (edge, edge - timedelta(seconds=1), edge + timedelta(seconds=1)):
            if start <= at < end:
                holding = {(s.technician, s.level) for s in found if s.holds(at)}
                assert {(p.technician, p.level) for p in posts(rota, at, made)} == holding


@settings(max_examples=100, deadline=None)
@given(rotas(), periods(), some.data())
def test_nobody_has_two_shifts_at_one_level_at_once_and_all_lie_in_the_period(rota, period, data):
    start, end = period
    made = data.draw(some.lists(changes(period), max_size=3))
    found = shifts(rota, start, end, made)
    assert all(start <= shift.start < shift.end <= end for shift in found)
    by = {}
    for shift in found:
        by.setdefault((shift.technician, shift.level), []).append(shift)
    for own in by.values():
        assert all(one.end <= other.start for one, other in pairwise(own))


@settings(max_examples=100, deadline=None)
@given(rotations(), periods(), some.sampled_from(ZONES))
def test_a_rotation_without_slots_tiles_the_period(rotation, period, zone):
    start, end = period
    always = Rotation(rotation.members, rotation.every, datetime(2026, 1, 1), rotation.length)
    found = shifts(Rota("r", "R", zone, (Level((always,)),)), start, end)
    assert found[0].start == start and found[-1].end == end
    assert all(one.end == other.start for one, other in pairwise(found))


@settings(max_examples=100, deadline=None)
@given(rotas(), periods(), some.integers(1, 5999))
def test_the_shifts_of_two_halves_are_those_of_the_whole(rota, period, cut):
    start, end = period
    middle = min(start + timedelta(minutes=cut), end)
    halves = [*shifts(rota, start, middle), *shifts(rota, middle, end)]
    whole = sum((s.length for s in shifts(rota, start, end)), timedelta())
    assert sum((s.length for s in halves), timedelta()) == whole


@settings(max_examples=200, deadline=None)
@given(periods(), some.sampled_from(ZONES))
def test_an_instant_is_the_first_at_which_the_clock_shows_as_much(period, zone):
    shown = wall(period[0], zone).replace(second=0, microsecond=0)
    found = instant(shown, zone)
    assert wall(found, zone) >= shown
    assert wall(found - timedelta(seconds=1), zone) < shown


@given(rotas(), some.sampled_from(ZONES))
@settings(max_examples=50, deadline=None)
def test_before_anything_begins_nobody_is_on_call(rota, zone):
    assert on_call(rota, datetime(2025, 12, 30, tzinfo=UTC)) == ()
