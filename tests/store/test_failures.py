from datetime import timedelta

import pytest

from voicebot.accounts.lockout import ACCOUNT, ADDRESS
from voicebot.clock import FakeClock
from voicebot.store import failures


@pytest.fixture
def connection(database):
    with database.write() as connection:
        yield connection


@pytest.fixture
def now():
    return FakeClock().now()


def test_an_account_is_locked_from_wherever_it_is_tried(connection, now):
    for tries in range(ACCOUNT.failures):
        counted = failures.limits("Claire", f"192.0.2.{tries}")
        assert failures.free_at(connection, counted, now) is None
        failures.add(connection, counted, now)

    counted = failures.limits(" claire", "198.51.100.1")
    assert failures.free_at(connection, counted, now) == now + ACCOUNT.within
    assert failures.free_at(connection, failures.limits("anne", "198.51.100.1"), now) is None
    assert failures.free_at(connection, counted, now + ACCOUNT.within) is None


def test_an_address_is_locked_whatever_account_it_tries(connection, now):
    for tries in range(ADDRESS.failures):
        failures.add(connection, failures.limits(f"user{tries}", "192.0.2.1"), now)

    assert failures.free_at(connection, failures.limits("claire", "192.0.2.1"), now)
    assert failures.free_at(connection, failures.limits("claire", "192.0.2.2"), now) is None


def test_who_has_an_account_cannot_guess_at_others_without_end(connection, now):
    """Signing in with one's own account between the guesses does not clear the address."""
    mine = failures.limits("mallory", "192.0.2.1")
    for tries in range(ADDRESS.failures):
        at = now + timedelta(seconds=tries)
        failures.add(connection, failures.limits(f"user{tries}", "192.0.2.1"), at)
        failures.add(connection, mine, at + timedelta(milliseconds=1))
        failures.forgive(connection, mine, at + timedelta(milliseconds=1))

    assert failures.free_at(connection, mine, at)


def test_a_right_password_forgives_the_wrong_ones(connection, now):
    counted = failures.limits("claire", "192.0.2.1")
    for _ in range(ACCOUNT.failures - 1):
        failures.add(connection, counted, now)
    later = now + timedelta(seconds=1)
    failures.add(connection, counted, later)
    failures.forgive(connection, counted, later)
    failures.add(connection, counted, later)
    assert failures.free_at(connection, counted, later) is None
