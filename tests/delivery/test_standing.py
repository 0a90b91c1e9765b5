"""Expect, fast-forward, expect; and what holds whatever happens, in whatever order."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.delivery.conftest import NOW
from voicebot.delivery.outcome import Refused, Sent, Trouble
from voicebot.delivery.standing import (
    LEASE,
    LONGEST_WAIT,
    SPREAD,
    Standing,
    State,
    claimed,
    dismissed,
    free,
    received,
    retried,
    settled,
    wait,
)

FRESH = Standing(until=NOW + timedelta(hours=1), due_at=NOW)


def seconds(number):
    return timedelta(seconds=number)


def attempt(standing, outcome, now, lease="us", jitter=0.0):
    return settled(claimed(standing, lease, now), lease, outcome, "twilio", now, jitter)


def test_a_letter_is_sent_and_then_delivered():
    sent = attempt(FRESH, Sent("SM1"), NOW)
    assert (sent.state, sent.reference, sent.sent_at, sent.attempts) == ("sent", "SM1", NOW, 1)
    assert not free(sent, NOW + timedelta(days=2))

    there = received(sent, True, None, None, NOW + seconds(3))
    assert (there.state, there.delivered_at) == ("delivered", NOW + seconds(3))


def test_trouble_waits_longer_each_time_until_the_letter_is_of_no_use():
    standing, now, waits = FRESH, NOW, []
    while standing.state is not State.FAILED:
        assert free(standing, now)
        standing = attempt(standing, Trouble("http 503", "sorry"), now)
        if standing.state is State.PENDING:
            assert not free(standing, standing.due_at - seconds(1))
            waits.append((standing.due_at - now).total_seconds())
            now = standing.due_at
    assert waits == [5, 10, 20, 40, 80, 160, 320, 600, 600, 600, 600]
    assert (standing.code, standing.why, standing.attempts) == ("http 503", "sorry", 12)
    assert standing.failed_at == now < FRESH.until


def test_what_can_never_go_is_given_up_at_once():
    dead = attempt(FRESH, Refused("twilio 21211", "no such number"), NOW)
    assert (dead.state, dead.failed_at, dead.attempts) == ("failed", NOW, 1)
    assert not free(dead, NOW + timedelta(days=1))


def test_a_gateway_that_asks_for_time_gets_it_within_bounds():
    assert wait(1, Trouble("http 429", wait=42), 0.0) == seconds(42)
    assert wait(1, Trouble("http 429", wait=1), 0.0) == seconds(5)
    assert wait(1, Trouble("http 429", wait=86_400), 0.0) == LONGEST_WAIT
    assert wait(1, Trouble("http 429", wait=-9), 0.0) == seconds(5)


def test_chance_spreads_the_waits_by_half():
    assert wait(3, Trouble("timeout"), 0.0) == seconds(20)
    assert wait(3, Trouble("timeout"), 1.0) == seconds(30)


def test_a_worker_that_dies_leaves_the_letter_to_the_next():
    held = claimed(FRESH, "dead worker", NOW)
    assert not free(held, NOW + LEASE - seconds(1))
    assert free(held, NOW + LEASE)

    again = claimed(held, "us", NOW + LEASE)
    assert (again.state, again.attempts, again.lease) == ("sending", 2, "us")


def test_who_no_longer_holds_a_letter_cannot_make_it_fail():
    ours = claimed(claimed(FRESH, "slow", NOW), "us", NOW + LEASE)
    for late in (Trouble("timeout"), Refused("http 400")):
        assert settled(ours, "slow", late, "http", NOW + LEASE, 0.0) == ours


def test_but_that_it_was_sent_is_true_whoever_says_so():
    ours = claimed(claimed(FRESH, "slow", NOW), "us", NOW + LEASE)
    sent = settled(ours, "slow", Sent("SM1"), "twilio", NOW + LEASE, 0.0)
    assert sent.state is State.SENT
    # The second worker's trouble comes too late to matter.
    assert settled(sent, "us", Trouble("timeout"), "twilio", NOW + LEASE, 0.0) == sent


def test_a_receipt_that_overtakes_its_answer():
    held = claimed(FRESH, "us", NOW)
    early = received(held, True, None, None, NOW + seconds(1))
    after = settled(early, "us", Sent("SM1"), "twilio", NOW + seconds(2), 0.0)
    assert (after.state, after.reference) == ("delivered", "SM1")


def test_a_receipt_of_failure_that_overtakes_its_answer():
    held = claimed(FRESH, "us", NOW)
    early = received(held, False, "twilio 30005", None, NOW + seconds(1))
    after = settled(early, "us", Sent("SM1"), "twilio", NOW + seconds(2), 0.0)
    assert (after.state, after.code, after.reference) == ("failed", "twilio 30005", "SM1")


def test_receipts_out_of_order_never_take_back_a_delivery():
    there = received(attempt(FRESH, Sent("SM1"), NOW), True, None, None, NOW)
    assert received(there, False, "30003", None, NOW) == there
    dead = received(attempt(FRESH, Sent("SM1"), NOW), False, "30003", "unreachable", NOW)
    assert dead.state is State.FAILED
    assert received(dead, True, None, None, NOW).state is State.DELIVERED


def test_nothing_is_sent_that_is_of_no_use_any_more():
    late = claimed(FRESH, "us", FRESH.until)
    assert (late.state, late.code, late.attempts) == ("failed", "too late", 0)


def test_a_person_tries_anew_or_takes_note():
    dead = attempt(FRESH, Refused("http 400"), NOW)
    again = retried(dead, NOW + timedelta(hours=3))
    assert free(again, NOW + timedelta(hours=3))
    assert (again.state, again.attempts, again.code) == ("pending", 0, None)
    assert dismissed(dead, NOW).dismissed_at == NOW
    assert retried(again, NOW) == again
    assert dismissed(again, NOW) == again


@pytest.mark.parametrize("jump", [timedelta(hours=3), timedelta(days=400)])
def test_a_clock_put_back_holds_no_letter(jump):
    waiting = attempt(FRESH, Trouble("timeout"), NOW)
    assert free(waiting, NOW - jump)
    assert free(claimed(FRESH, "dead worker", NOW), NOW - jump)


OUTCOMES = st.one_of(
    st.builds(Sent, st.sampled_from([None, "SM1"]), st.booleans()),
    st.builds(Trouble, st.just("timeout"), wait=st.none() | st.floats(-1e9, 1e9)),
    st.builds(Refused, st.just("http 400")),
)
EVENTS = st.one_of(
    st.tuples(st.just("wait"), st.integers(0, 4000)),
    st.tuples(st.just("claim"), st.sampled_from("ab")),
    st.tuples(st.just("settle"), st.sampled_from("ab"), OUTCOMES),
    st.tuples(st.just("receipt"), st.booleans()),
    st.tuples(st.just("dismiss"), st.none()),
)


def play(standing, event, now, jitter):
    match event:
        case "claim", lease if free(standing, now):
            return claimed(standing, lease, now)
        case "settle", lease, outcome:
            return settled(standing, lease, outcome, "http", now, jitter)
        case "receipt", delivered:
            return received(standing, delivered, None, None, now)
        case "dismiss", _:
            return dismissed(standing, now)
    return standing


@given(st.lists(EVENTS, max_size=40), st.floats(0, 1))
def test_whatever_happens(events, jitter):
    standing, now, taken = FRESH, NOW, 0
    for event in events:
        if event[0] == "wait":
            now += seconds(event[1])
        before, standing = standing, play(standing, event, now, jitter)
        taken += standing.state is State.SENDING and standing != before
        assert (standing.lease is None) == (standing.state is not State.SENDING)
        assert (standing.leased_until is None) == (standing.lease is None)
        assert (standing.failed_at is not None) == (standing.state is State.FAILED)
        assert (standing.delivered_at is not None) == (standing.state is State.DELIVERED)
        if before.state in (State.SENT, State.DELIVERED):
            assert standing.state in (before.state, State.DELIVERED, State.FAILED)
        if before.state is State.DELIVERED:
            assert standing.state is State.DELIVERED
        if standing.state is State.PENDING:
            assert now - timedelta(days=1) <= standing.due_at <= now + LONGEST_WAIT * (1 + SPREAD)
            assert standing.due_at < standing.until
    assert standing.attempts == taken


@given(st.lists(EVENTS, max_size=40), st.floats(0, 1))
def test_a_letter_is_never_forgotten(events, jitter):
    """Left alone long enough, a letter that nobody settled is free, or has come to an end."""
    standing, now = FRESH, NOW
    for event in events:
        now += seconds(event[1]) if event[0] == "wait" else seconds(0)
        standing = play(standing, event, now, jitter)
    later = now + LONGEST_WAIT * 2
    ended = standing.state in (State.SENT, State.DELIVERED, State.FAILED)
    assert ended or free(standing, later)
    assert ended or claimed(standing, "next", standing.until).state is State.FAILED


def test_a_retry_of_one_that_died_starts_clean():
    dead = replace(attempt(FRESH, Refused("http 400"), NOW), sent_at=NOW)
    assert attempt(retried(dead, NOW), Sent("SM2"), NOW).state is State.SENT
