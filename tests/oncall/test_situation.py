"""Replacements, overflow and round the clock: why a call comes."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from tests.oncall.rotas import PARIS, at
from voicebot.oncall.hours import (
    Closure,
    Hours,
    Overflow,
    Replacement,
    Situation,
    Window,
    next_opening,
    situation,
)

DAY = (Window(time(9), time(12)), Window(time(14), time(18)))
MORNING = (Window(time(9), time(12)),)
OFFICE = Hours(
    zone=PARIS,
    week=(DAY, DAY, DAY, DAY, DAY, (), ()),
    closures=(Closure(date(2026, 8, 3), date(2026, 8, 21)),),
    replacements=(
        Replacement(date(2026, 12, 24), date(2026, 12, 24), MORNING, "veille de Noël"),
        Replacement(date(2026, 1, 17), date(2026, 1, 18), MORNING, "portes ouvertes"),
        Replacement(date(2026, 5, 8), date(2026, 5, 8), MORNING),
        Replacement(date(2026, 8, 10), date(2026, 8, 10), MORNING),
        Replacement(date(2026, 2, 2), date(2026, 2, 2), (), "inventaire"),
    ),
)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-12-24T10:00", Situation.OPEN),
        ("2026-12-24T14:30", Situation.CLOSED),
        ("2026-12-23T14:30", Situation.OPEN),
        ("2026-01-17T10:00", Situation.OPEN),  # a Saturday
        ("2026-01-18T10:00", Situation.OPEN),
        ("2026-05-08T10:00", Situation.OPEN),  # a public holiday
        ("2026-05-08T15:00", Situation.CLOSED),
        ("2026-08-10T10:00", Situation.OPEN),  # within a closure
        ("2026-02-02T10:00", Situation.CLOSURE),
    ],
)
def test_a_replacement_wins_over_week_holiday_and_closure(moment, expected):
    assert situation(OFFICE, at(moment)) is expected


def test_the_next_opening_knows_of_replacements():
    assert next_opening(OFFICE, at("2026-12-24T13:00")) == at("2026-12-28T09:00")
    assert next_opening(OFFICE, at("2026-08-09T13:00")) == at("2026-08-10T09:00")
    assert next_opening(OFFICE, at("2026-02-02T08:00")) == at("2026-02-03T09:00")


LINE = "+33199001020"


@pytest.mark.parametrize(
    ("moment", "called", "expected"),
    [
        ("2026-01-14T10:00", LINE, Situation.OVERFLOW),
        ("2026-01-14T10:00", "+33199001021", Situation.OPEN),
        ("2026-01-14T10:00", None, Situation.OPEN),
        ("2026-01-14T23:00", LINE, Situation.CLOSED),
        ("2026-01-14T13:00", LINE, Situation.LUNCH),
        ("2026-05-01T10:00", LINE, Situation.HOLIDAY),
    ],
)
def test_a_line_that_calls_go_to_when_nobody_picks_up(moment, called, expected):
    hours = replace(OFFICE, overflow=Overflow(frozenset({LINE})))
    assert situation(hours, at(moment), called) is expected


def test_hours_of_overflow():
    rush = replace(OFFICE, overflow=Overflow(week=((Window(time(9), time(10)),),) * 7))
    assert situation(rush, at("2026-01-14T09:30")) is Situation.OVERFLOW
    assert situation(rush, at("2026-01-14T10:00")) is Situation.OPEN
    assert situation(rush, at("2026-01-14T08:30")) is Situation.CLOSED
    assert next_opening(rush, at("2026-01-14T09:30")) == at("2026-01-14T09:30")


def test_round_the_clock_every_call_may_be_overflow():
    always = Hours(zone=PARIS, round_the_clock=True, overflow=Overflow(always=True))
    assert situation(always, at("2026-12-25T03:00")) is Situation.OVERFLOW


def test_round_the_clock_but_for_one_day():
    farm = Hours(
        zone=PARIS,
        round_the_clock=True,
        replacements=(Replacement(date(2026, 2, 2), date(2026, 2, 2), MORNING),),
    )
    assert situation(farm, at("2026-02-02T10:00")) is Situation.OPEN
    assert situation(farm, at("2026-02-02T13:00")) is Situation.CLOSED
    assert situation(farm, at("2026-02-03T03:00")) is Situation.OPEN


@pytest.mark.parametrize(
    ("utc", "expected"),
    [
        ("2026-10-25T00:30", Situation.OVERFLOW),  # 2:30, summer time
        ("2026-10-25T01:30", Situation.OVERFLOW),  # 2:30 again, winter time
        ("2026-10-25T02:30", Situation.OPEN),  # 3:30
        ("2026-03-29T00:59", Situation.OPEN),  # 1:59
        ("2026-03-29T01:00", Situation.OPEN),  # 3:00: nobody overflows at 2:00
    ],
)
def test_hours_of_overflow_on_both_nights_of_the_clock_change(utc, expected):
    nights = Hours(
        zone=PARIS,
        round_the_clock=True,
        overflow=Overflow(week=((Window(time(2), time(3)),),) * 7),
    )
    moment = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert situation(nights, moment) is expected
