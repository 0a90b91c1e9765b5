from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.accounts.lockout import ANYWHERE, DAY, NETWORK, PAIR, Limit, Slope, Step, network

NOW = datetime(2026, 1, 14, 21, 30, tzinfo=UTC)
THREE = Limit(3, timedelta(minutes=10))
SLOPE = Slope(3, DAY, timedelta(seconds=10), 2, timedelta(minutes=1))


def ago(*minutes):
    return [NOW - timedelta(minutes=each) for each in minutes]


def waits(slope, failures):
    """How long the next try waits after so many that failed just now."""
    free = slope.free_at([NOW] * failures, NOW)
    return (free - NOW).total_seconds() if free else 0


def test_below_the_limit_nobody_waits():
    assert THREE.free_at([], NOW) is None
    assert THREE.free_at(ago(1, 2), NOW) is None


def test_at_the_limit_the_next_try_waits_until_the_first_counts_no_more():
    assert THREE.free_at(ago(1, 2, 4), NOW) == NOW + timedelta(minutes=6)


def test_what_is_old_counts_for_nothing():
    assert THREE.free_at(ago(1, 2, 10), NOW) is None
    assert SLOPE.free_at([NOW - DAY] * 9, NOW) is None


def test_a_clock_that_was_put_back_locks_nobody_out():
    assert THREE.free_at(ago(-1, -2, -3), NOW) is None
    assert SLOPE.free_at(ago(*[-1] * 9), NOW) is None


def test_the_wait_grows_slowly_and_not_for_ever():
    assert [waits(SLOPE, n) for n in range(2, 12)] == [0, 10, 10, 20, 20, 40, 40, 60, 60, 60]
    assert waits(SLOPE, 100_000) == 60


def test_it_is_counted_from_the_last_failure():
    assert SLOPE.free_at(ago(1, 1, 1), NOW) is None
    assert SLOPE.free_at([*ago(5, 5), NOW - timedelta(seconds=4)], NOW) == NOW + timedelta(
        seconds=6
    )


def test_the_owner_waits_five_minutes_at_most_whatever_strangers_do():
    assert waits(ANYWHERE[Step.PASSWORD], 10_000) == 300


@pytest.mark.parametrize(
    ("step", "first", "later"), [(Step.PASSWORD, 374, 288), (Step.CODE, 113, 96)]
)
def test_how_often_the_whole_world_can_guess_in_a_day(step, first, later):
    """Who has thousands of addresses, and tries again in the second in which he may."""
    bound, now, failed = ANYWHERE[step], NOW, []
    while now < NOW + 2 * DAY:
        wait = bound.free_at(failed, now)
        if wait:
            now = wait
        else:
            failed.append(now)
    days = [sum(NOW + day * DAY <= at < NOW + (day + 1) * DAY for at in failed) for day in (0, 1)]
    assert days == [first, later]


@given(st.lists(st.integers(0, 3600), max_size=60))
def test_the_wait_ends_when_it_says_and_not_before(seconds):
    failed = [NOW - timedelta(seconds=each) for each in seconds]
    for limit in (THREE, PAIR, NETWORK, SLOPE, *ANYWHERE.values()):
        free = limit.free_at(failed, NOW)
        if free is not None:
            assert NOW < free <= NOW + limit.within
            assert limit.free_at(failed, free) is None
            assert limit.free_at(failed, free - timedelta(seconds=1)) == free


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("testclient", "testclient"),
    ],
)
def test_a_household_counts_as_one(address, counted):
    assert network(address) == counted
