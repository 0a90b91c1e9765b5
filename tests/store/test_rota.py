"""What changes a rota from day to day, kept."""

from datetime import timedelta

import pytest

from tests.oncall.rotas import at, rota, rotation
from voicebot.errors import BadInput, NotFound
from voicebot.oncall.confirmation import Due, Task
from voicebot.oncall.override import Override, OverrideKind, TemporarySchedule
from voicebot.oncall.rota import on_call, shifts
from voicebot.oncall.shift import Shift
from voicebot.oncall.swap import Swap, SwapState
from voicebot.oncall.verification import MOST_TRIES, Verdict
from voicebot.store import confirmations, contacts, overrides, swaps

WEEKS = rota(rotation("karim lea"))
NOW = at("2026-01-01T12:00")
START, END = at("2026-01-06T08:00"), at("2026-01-07T08:00")
ADD = Override("nuit", OverrideKind.ADD, START, END, add="paul", level=2, reason="salon")
WHOSE = ("karim", "+33639981001")


@pytest.fixture
def write(database):
    with database.write() as connection:
        yield connection


def test_changes_are_read_back_as_they_were_made(write):
    away = TemporarySchedule("nuit", START, END, (Shift("lea", START, END, 1),), "congés")
    first = overrides.add(write, "a", ADD, by="moreau", at=NOW, exceptional=True)
    overrides.add(write, "a", away, by="moreau", at=NOW)
    overrides.add(write, "b", ADD, by="x", at=NOW)

    one, other = overrides.kept(write, "a")
    assert (one.id, one.change, one.by, one.at, one.exceptional) == (
        first,
        ADD,
        "moreau",
        NOW,
        True,
    )
    assert other.change == away
    assert overrides.changes(write, "a", END) == ()
    assert overrides.changes(write, "a", None, START) == ()
    assert overrides.changes_at(write, "a", START) == (ADD, away)


def test_a_change_is_taken_back_once_and_by_its_own_client(write):
    id = overrides.add(write, "a", ADD, by="moreau", at=NOW)
    assert not overrides.withdraw(write, "b", id, by="x", at=NOW)
    assert overrides.withdraw(write, "a", id, by="moreau", at=NOW)
    assert not overrides.withdraw(write, "a", id, by="moreau", at=NOW)
    assert overrides.changes(write, "a") == ()


def asked(write):
    swap = Swap("nuit", "karim", "lea", START, END)
    return swaps.ask(write, "a", swap, WEEKS, NOW)


def test_a_swap_that_is_accepted_changes_the_rota(write):
    id = asked(write)
    assert on_call(WEEKS, START, overrides.changes(write, "a")) == ("karim",)
    swaps.settle(write, "a", id, WEEKS, by="lea", accepted=True, at=NOW)
    assert on_call(WEEKS, START, overrides.changes(write, "a")) == ("lea",)
    (kept,) = overrides.kept(write, "a")
    assert (kept.swap, kept.by) == (id, "lea")
    assert swaps.list_swaps(write, "a", SwapState.ASKED) == ()


def test_a_swap_that_is_declined_changes_nothing(write):
    id = asked(write)
    swaps.settle(write, "a", id, WEEKS, by="lea", accepted=False, at=NOW)
    assert overrides.changes(write, "a") == ()
    with pytest.raises(BadInput, match="declined before"):
        swaps.settle(write, "a", id, WEEKS, by="lea", accepted=True, at=NOW)


def test_a_swap_accepted_after_the_hours_went_to_somebody_else(write):
    id = asked(write)
    ill = Override("nuit", OverrideKind.REPLACE, START, END, add="paul", remove="karim")
    overrides.add(write, "a", ill, by="moreau", at=NOW)
    with pytest.raises(BadInput, match="karim is not on call"):
        swaps.settle(write, "a", id, WEEKS, by="lea", accepted=True, at=NOW)
    assert len(overrides.changes(write, "a")) == 1


def test_a_swap_of_another_client_is_not_found(write):
    with pytest.raises(NotFound, match="no swap"):
        swaps.settle(write, "b", asked(write), WEEKS, by="lea", accepted=True, at=NOW)


def test_a_number_is_verified_by_its_code(write):
    contacts.ask(write, "a", WHOSE, "482913", NOW)
    assert contacts.give(write, "a", WHOSE, "000000", NOW, by="karim") is Verdict.WRONG
    assert contacts.verified(write, "a") == frozenset()
    assert contacts.give(write, "a", WHOSE, "482913", NOW, by="karim") is Verdict.VERIFIED
    assert contacts.verified(write, "a") == {WHOSE}
    assert contacts.verified(write, "b") == frozenset()


def test_guessing_ends_and_a_new_code_begins_anew(write):
    contacts.ask(write, "a", WHOSE, "482913", NOW)
    for _ in range(MOST_TRIES):
        contacts.give(write, "a", WHOSE, "000000", NOW, by="karim")
    assert contacts.give(write, "a", WHOSE, "482913", NOW, by="karim") is Verdict.TOO_MANY
    contacts.ask(write, "a", WHOSE, "111222", NOW)
    assert contacts.give(write, "a", WHOSE, "111222", NOW, by="karim") is Verdict.VERIFIED


def test_no_code_was_sent(write):
    assert contacts.give(write, "a", WHOSE, "482913", NOW, by="karim") is Verdict.NOT_ASKED


def test_somebody_vouches_for_a_fixed_line(write):
    contacts.vouch(write, "a", WHOSE, NOW, by="moreau")
    assert contacts.verified(write, "a") == {WHOSE}


(SHIFT,) = shifts(WEEKS, at("2026-01-12T08:00"), at("2026-01-19T08:00"))
TASK = Task(Due.ASK, "nuit", SHIFT)


def known(write):
    return confirmations.known(write, "a", NOW)[TASK.key]


def test_a_shift_is_asked_about_once_and_confirmed(write):
    assert confirmations.ask(write, "a", TASK, SHIFT.start)
    assert not confirmations.ask(write, "a", TASK, SHIFT.start)
    assert confirmations.confirm(write, "a", "lea", by="link", at=SHIFT.start) == 1
    assert confirmations.confirm(write, "a", "lea", by="link", at=SHIFT.start) == 0
    assert not confirmations.miss(write, "a", TASK, SHIFT.start)
    assert known(write).confirmed_at == SHIFT.start


def test_an_alarm_is_given_once_and_a_late_answer_still_counts(write):
    confirmations.ask(write, "a", TASK, SHIFT.start)
    late = SHIFT.start + timedelta(minutes=15)
    assert confirmations.miss(write, "a", TASK, late)
    assert not confirmations.miss(write, "a", TASK, late)
    assert confirmations.confirm(write, "a", "lea", by="link", at=late) == 1
    assert (known(write).missed_at, known(write).confirmed_at) == (late, late)


def test_nobody_confirms_for_another_nor_what_is_over(write):
    confirmations.ask(write, "a", TASK, SHIFT.start)
    assert confirmations.confirm(write, "a", "karim", by="link", at=SHIFT.start) == 0
    assert confirmations.confirm(write, "b", "lea", by="link", at=SHIFT.start) == 0
    assert confirmations.confirm(write, "a", "lea", by="link", at=SHIFT.end) == 0
