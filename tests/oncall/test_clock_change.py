"""The nights of 29 March 2026 (no 2:30) and 25 October 2026 (2:30 twice), in Paris."""

from datetime import UTC, datetime, time, timedelta

import pytest

from tests.oncall.rotas import PARIS, at, rota, rotation, seen
from voicebot.oncall.rota import on_call, shifts
from voicebot.oncall.rotation import Every
from voicebot.oncall.slot import Slot
from voicebot.oncall.wallclock import instant, wall


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("2026-01-14T12:00", "2026-01-14T11:00"),
        ("2026-07-14T12:00", "2026-07-14T10:00"),
        ("2026-03-29T01:59", "2026-03-29T00:59"),
        ("2026-03-29T02:00", "2026-03-29T01:00"),  # the clock jumps over these three
        ("2026-03-29T02:30", "2026-03-29T01:00"),
        ("2026-03-29T03:00", "2026-03-29T01:00"),
        ("2026-10-25T02:00", "2026-10-25T00:00"),  # shown twice: the first time
        ("2026-10-25T02:59", "2026-10-25T00:59"),
        ("2026-10-25T03:00", "2026-10-25T02:00"),
    ],
)
def test_the_instant_at_which_the_clock_shows_a_time(shown, expected):
    assert instant(datetime.fromisoformat(shown), PARIS) == utc(expected)


def test_what_the_clock_shows_carries_no_trace_of_its_zone():
    shown = wall(utc("2026-10-25T01:30"), PARIS)
    assert (shown, shown.tzinfo, shown.fold) == (datetime(2026, 10, 25, 2, 30), None, 0)


def test_an_hourly_rotation_when_an_hour_comes_twice():
    hourly = rota(rotation("a b c", Every.HOUR, "2026-10-25T00:00"))
    found = shifts(hourly, at("2026-10-25T00:00"), at("2026-10-25T05:00"))
    assert seen(found) == [
        "a 10-25 00:00 → 10-25 01:00",
        "b 10-25 01:00 → 10-25 02:00",
        "c 10-25 02:00 → 10-25 03:00",
        "a 10-25 03:00 → 10-25 04:00",
        "b 10-25 04:00 → 10-25 05:00",
    ]
    assert [s.length for s in found] == [timedelta(hours=h) for h in (1, 1, 2, 1, 1)]
    assert on_call(hourly, utc("2026-10-25T00:30")) == ("c",)
    assert on_call(hourly, utc("2026-10-25T01:30")) == ("c",)


def test_an_hourly_rotation_when_an_hour_is_left_out():
    hourly = rota(rotation("a b c", Every.HOUR, "2026-03-29T00:00"))
    found = shifts(hourly, at("2026-03-29T00:00"), at("2026-03-29T05:00"))
    assert seen(found) == [
        "a 03-29 00:00 → 03-29 01:00",
        "b 03-29 01:00 → 03-29 03:00",
        "a 03-29 03:00 → 03-29 04:00",
        "b 03-29 04:00 → 03-29 05:00",
    ]
    assert sum((s.length for s in found), timedelta()) == timedelta(hours=4)


def test_a_hand_over_at_half_past_in_the_hour_that_comes_twice():
    half = rota(rotation("a b", Every.HOUR, "2026-10-25T00:30"))
    found = shifts(half, utc("2026-10-24T23:00"), utc("2026-10-25T03:00"))
    starts = ["2026-10-24T23:00", "2026-10-24T23:30", "2026-10-25T00:30", "2026-10-25T02:30"]
    assert [shift.start for shift in found] == [utc(start) for start in starts]
    for moment in ("2026-10-25T00:31", "2026-10-25T01:15", "2026-10-25T01:45", "2026-10-25T02:29"):
        assert on_call(half, utc(moment)) == (found[2].technician,)


def test_twelve_hours_each_hand_over_at_the_same_time_all_year():
    half_days = rota(rotation("day night", Every.HOUR, "2026-01-05T08:00", length=12))
    for day in ("2026-03-28", "2026-03-29", "2026-03-30", "2026-10-24", "2026-10-25", "2026-12-01"):
        assert on_call(half_days, at(f"{day}T07:59")) == ("night",)
        assert on_call(half_days, at(f"{day}T08:00")) == ("day",)
        assert on_call(half_days, at(f"{day}T20:00")) == ("night",)


def test_a_daily_hand_over_at_a_time_that_is_left_out():
    daily = rota(rotation("a b", Every.DAY, "2026-03-28T02:30"))
    found = shifts(daily, at("2026-03-28T02:30"), at("2026-03-30T02:30"))
    assert seen(found) == ["a 03-28 02:30 → 03-29 03:00", "b 03-29 03:00 → 03-30 02:30"]


def test_a_night_slot_that_ends_in_the_hour_that_comes_twice():
    until_half_past_two = Slot(opens=time(20), closes=time(2, 30))
    evening = rota(rotation("a", Every.DAY, "2026-10-20T12:00", slots=(until_half_past_two,)))
    assert on_call(evening, utc("2026-10-25T00:29")) == ("a",)  # 2:29, the first time
    assert on_call(evening, utc("2026-10-25T01:15")) == ()  # 2:15 again
    (shift,) = shifts(evening, utc("2026-10-24T18:00"), utc("2026-10-25T06:00"))
    assert (shift.start, shift.end) == (utc("2026-10-24T18:00"), utc("2026-10-25T00:30"))
