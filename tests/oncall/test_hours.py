from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from voicebot.oncall.hours import Closure, Hours, Situation, Window, next_opening, situation

PARIS = ZoneInfo("Europe/Paris")
DAY = (Window(time(9), time(12, 30)), Window(time(14), time(18)))
OFFICE = Hours(
    zone=PARIS,
    week=(DAY, DAY, DAY, DAY, DAY, (), ()),
    closures=(Closure(date(2026, 8, 3), date(2026, 8, 21), "congés d'été"),),
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-01-14T08:59", Situation.CLOSED),
        ("2026-01-14T09:00", Situation.OPEN),
        ("2026-01-14T12:29", Situation.OPEN),
        ("2026-01-14T12:30", Situation.LUNCH),
        ("2026-01-14T13:59", Situation.LUNCH),
        ("2026-01-14T14:00", Situation.OPEN),
        ("2026-01-14T18:00", Situation.CLOSED),
        ("2026-01-17T10:00", Situation.CLOSED),
        ("2026-05-01T10:00", Situation.HOLIDAY),
        ("2026-05-01T23:00", Situation.HOLIDAY),
        ("2026-08-03T10:00", Situation.CLOSURE),
        ("2026-08-21T23:59", Situation.CLOSURE),
        ("2026-08-24T10:00", Situation.OPEN),
        ("2026-08-15T10:00", Situation.CLOSURE),
    ],
)
def test_situation(moment, expected):
    assert situation(OFFICE, at(moment)) is expected


def test_the_instant_may_come_in_any_zone():
    assert situation(OFFICE, datetime(2026, 1, 14, 8, 30, tzinfo=UTC)) is Situation.OPEN
    assert situation(OFFICE, datetime(2026, 7, 14, 7, 30, tzinfo=UTC)) is Situation.HOLIDAY


def test_good_friday_is_a_holiday_in_alsace_alone():
    good_friday = at("2026-04-03T10:00")
    alsace = Hours(zone=PARIS, week=OFFICE.week, region="Alsace")
    assert situation(OFFICE, good_friday) is Situation.OPEN
    assert situation(alsace, good_friday) is Situation.HOLIDAY


def test_round_the_clock_is_always_open():
    assert situation(Hours(zone=PARIS, round_the_clock=True), at("2026-12-25T03:00")) == "open"


def test_open_on_holidays():
    hotel = Hours(zone=PARIS, week=(DAY,) * 7, open_on_holidays=True)
    assert situation(hotel, at("2026-05-01T10:00")) is Situation.OPEN


# The night of 29 March 2026 has no 2:30; that of 25 October 2026 has it twice.
NIGHTS = Hours(zone=PARIS, week=((Window(time(0), time(3)), Window(time(20), time(0))),) * 7)


@pytest.mark.parametrize(
    ("utc", "expected"),
    [
        ("2026-03-29T00:59", Situation.OPEN),  # 1:59, winter time
        ("2026-03-29T01:00", Situation.LUNCH),  # 3:00, summer time
        ("2026-10-25T00:30", Situation.OPEN),  # 2:30, summer time
        ("2026-10-25T01:30", Situation.OPEN),  # 2:30 again, winter time
        ("2026-10-25T02:00", Situation.LUNCH),  # 3:00
        ("2026-10-25T22:59", Situation.OPEN),  # 23:59, winter time
    ],
)
def test_both_nights_of_the_clock_change(utc, expected):
    moment = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert situation(NIGHTS, moment) is expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-01-14T07:00", "2026-01-14T09:00"),
        ("2026-01-14T13:00", "2026-01-14T14:00"),
        ("2026-01-16T19:00", "2026-01-19T09:00"),
        ("2026-04-30T19:00", "2026-05-04T09:00"),
        ("2026-08-01T10:00", "2026-08-24T09:00"),
        ("2026-01-14T10:15", "2026-01-14T10:15"),
    ],
)
def test_next_opening(moment, expected):
    assert next_opening(OFFICE, at(moment)) == at(expected)


def test_next_opening_after_the_clock_went_back():
    shop = Hours(zone=PARIS, week=((Window(time(2, 45), time(3, 0)),),) * 7)
    second_two_thirty = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    found = next_opening(shop, second_two_thirty)
    assert found is not None and found.astimezone(UTC) > second_two_thirty


def test_a_client_that_never_opens_has_no_next_opening():
    assert next_opening(Hours(zone=PARIS), at("2026-01-14T10:00")) is None
