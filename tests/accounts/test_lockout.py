from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from voicebot.accounts.lockout import ACCOUNT, ADDRESS, Limit

NOW = datetime(2026, 1, 14, 21, 30, tzinfo=UTC)
THREE = Limit(3, timedelta(minutes=10))


def ago(*minutes):
    return [NOW - timedelta(minutes=each) for each in minutes]


def test_below_the_limit_nobody_waits():
    assert THREE.free_at([], NOW) is None
    assert THREE.free_at(ago(1, 2), NOW) is None


def test_at_the_limit_the_next_try_waits_until_the_first_counts_no_more():
    assert THREE.free_at(ago(1, 2, 4), NOW) == NOW + timedelta(minutes=6)


def test_what_is_old_counts_for_nothing():
    assert THREE.free_at(ago(1, 2, 10), NOW) is None


def test_a_clock_that_was_put_back_locks_nobody_out():
    assert THREE.free_at(ago(-1, -2, -3), NOW) is None


@given(st.lists(st.integers(0, 3600), max_size=60))
def test_the_wait_ends_when_it_says_and_not_before(seconds):
    failed = [NOW - timedelta(seconds=each) for each in seconds]
    for limit in (THREE, ACCOUNT, ADDRESS):
        free = limit.free_at(failed, NOW)
        if free is not None:
            assert NOW < free <= NOW + limit.within
            assert limit.free_at(failed, free) is None
            assert limit.free_at(failed, free - timedelta(seconds=1)) == free
