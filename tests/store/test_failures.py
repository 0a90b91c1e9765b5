from datetime import timedelta

import pytest

from voicebot.accounts.lockout import ANYWHERE, DAY, DEVICE, NETWORK, PAIR, Step
from voicebot.clock import FakeClock
from voicebot.store import failures

FREE = ANYWHERE[Step.PASSWORD].free


@pytest.fixture
def connection(database):
    with database.write() as connection:
        yield connection


@pytest.fixture
def now():
    return FakeClock().now()


def limits(login, address, device="", step=Step.PASSWORD):
    return failures.limits(step, login, address, device)


def stranger(number):
    return f"203.0.113.{number % 250}"


def test_a_stranger_locks_himself_out_and_nobody_else(connection, now):
    for _ in range(PAIR.failures):
        assert failures.free_at(connection, limits("Claire", stranger(1)), now) is None
        failures.add(connection, limits("Claire", stranger(1)), now)

    assert failures.free_at(connection, limits(" claire", stranger(1)), now) == now + PAIR.within
    assert failures.free_at(connection, limits("claire", "198.51.100.1"), now) is None
    assert failures.free_at(connection, limits("anne", stranger(1)), now) is None


def test_strangers_from_everywhere_slow_an_account_down(connection, now):
    for tries in range(FREE):
        failures.add(connection, limits("claire", stranger(tries)), now)
    hers = limits("claire", "198.51.100.1")

    assert failures.free_at(connection, hers, now) == now + timedelta(seconds=1)
    for tries in range(200):
        failures.add(connection, limits("claire", stranger(tries)), now)
    assert failures.free_at(connection, hers, now) == now + timedelta(minutes=5)


def test_on_a_known_device_nothing_of_this_counts(connection, now):
    for tries in range(300):
        failures.add(connection, limits("claire", stranger(tries)), now)
    for _ in range(NETWORK.failures):
        failures.add(connection, limits("anne", "198.51.100.1"), now)
    known = limits("claire", "198.51.100.1", "her-browser")

    for _ in range(DEVICE.failures):
        assert failures.free_at(connection, known, now) is None
        failures.add(connection, known, now)
    assert failures.free_at(connection, known, now) == now + DEVICE.within


def test_codes_are_counted_apart_and_sooner_too_many(connection, now):
    free = ANYWHERE[Step.CODE].free
    for tries in range(free):
        failures.add(connection, limits("claire", stranger(tries), step=Step.CODE), now)
    hers = limits("claire", "198.51.100.1", step=Step.CODE)
    assert failures.free_at(connection, hers, now) == now + timedelta(seconds=30)
    assert failures.free_at(connection, limits("claire", "198.51.100.1"), now) is None


def test_a_network_is_locked_whatever_account_it_tries(connection, now):
    for tries in range(NETWORK.failures):
        step = list(Step)[tries % 2]
        failures.add(connection, limits(f"user{tries}", f"2001:db8::{tries}", step=step), now)

    assert failures.free_at(connection, limits("claire", "2001:db8::ffff"), now)
    assert failures.free_at(connection, limits("claire", "2001:db8:0:1::1"), now) is None


def test_who_has_an_account_cannot_guess_at_others_without_end(connection, now):
    """Signing in with one's own account between the guesses does not clear the network."""
    mine = limits("mallory", "192.0.2.1")
    for tries in range(NETWORK.failures):
        at = now + timedelta(seconds=tries)
        failures.add(connection, limits(f"user{tries}", "192.0.2.1"), at)
        failures.add(connection, mine, at + timedelta(milliseconds=1))
        failures.forgive(connection, mine, at + timedelta(milliseconds=1))

    assert failures.free_at(connection, mine, at)


def test_a_right_password_forgives_the_wrong_ones_there(connection, now):
    for device in ("", "her-browser"):
        counted = limits("claire", "192.0.2.1", device)
        for _ in range(PAIR.failures - 1):
            failures.add(connection, counted, now)
        later = now + timedelta(seconds=1)
        failures.add(connection, counted, later)
        failures.forgive(connection, counted, later)
        failures.add(connection, counted, later)
        assert failures.free_at(connection, counted, later) is None


def test_it_does_not_forgive_the_strangers(connection, now):
    for tries in range(FREE):
        failures.add(connection, limits("claire", stranger(tries)), now)
    hers, later = limits("claire", "198.51.100.1"), now + timedelta(minutes=1)
    failures.add(connection, hers, later)
    failures.forgive(connection, hers, later)
    failures.add(connection, limits("claire", stranger(1)), later)
    assert failures.free_at(connection, hers, later)


def test_after_a_day_nothing_is_left(connection, now):
    for tries in range(300):
        failures.add(connection, limits("claire", stranger(tries)), now)
    assert failures.free_at(connection, limits("claire", "198.51.100.1"), now + DAY) is None
    failures.add(connection, limits("anne", "192.0.2.1"), now + DAY + timedelta(seconds=1))
    kept = connection.exec_driver_sql("SELECT count(*) FROM failures").scalar()
    assert kept == 3
