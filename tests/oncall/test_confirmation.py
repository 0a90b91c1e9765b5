from datetime import timedelta

from tests.oncall.rotas import at, rota, rotation
from voicebot.oncall.confirmation import Confirmation, Due, ask_text, key_of, tasks
from voicebot.oncall.on_call import ConfirmationRule
from voicebot.oncall.override import Override, OverrideKind
from voicebot.oncall.rota import shifts

WEEKS = rota(rotation("karim lea"))
RULE = ConfirmationRule(frozenset({"nuit"}), timedelta(hours=1), timedelta(minutes=15))
(LEA,) = shifts(WEEKS, at("2026-01-12T08:00"), at("2026-01-19T08:00"))


def due(moment, known=None, changes=(), people=WEEKS):
    return [
        (t.due, t.shift.technician) for t in tasks(RULE, people, changes, known or {}, at(moment))
    ]


def test_asked_an_hour_before_then_an_alarm_when_nobody_answers():
    assert due("2026-01-12T06:59") == []
    assert due("2026-01-12T07:00") == [(Due.ASK, "lea")]
    asked = {key_of("nuit", LEA): Confirmation(at("2026-01-12T07:00"))}
    assert due("2026-01-12T08:14", asked) == []
    assert due("2026-01-12T08:15", asked) == [(Due.ALARM, "lea")]


def test_no_alarm_for_who_has_confirmed_nor_a_second_one():
    asked = at("2026-01-12T07:00")
    confirmed = {key_of("nuit", LEA): Confirmation(asked, confirmed_at=at("2026-01-12T07:05"))}
    missed = {key_of("nuit", LEA): Confirmation(asked, missed_at=at("2026-01-12T08:15"))}
    assert due("2026-01-12T09:00", confirmed) == due("2026-01-12T09:00", missed) == []


def test_after_a_stop_of_the_program_he_is_asked_late_and_has_as_long_to_answer():
    assert due("2026-01-12T10:00") == [(Due.ASK, "lea")]
    asked = {key_of("nuit", LEA): Confirmation(at("2026-01-12T10:00"))}
    assert due("2026-01-12T10:14", asked) == []
    assert due("2026-01-12T10:15", asked) == [(Due.ALARM, "lea")]


def test_nobody_is_woken_on_the_third_night_to_say_that_he_is_there():
    assert due("2026-01-12T19:59") == [(Due.ASK, "lea")]
    assert due("2026-01-15T03:00") == []


def test_a_clock_that_goes_back_asks_nobody_twice():
    asked = {key_of("nuit", LEA): Confirmation(at("2026-01-12T07:00"))}
    assert due("2026-01-12T07:30", asked) == due("2026-01-12T06:30", asked) == []


def test_who_goes_on_is_not_asked():
    alone = rota(rotation("karim"))
    assert due("2026-01-12T07:30", people=alone) == due("2026-01-12T09:00", people=alone) == []


def test_who_takes_over_in_the_middle_is_asked_at_once():
    ill = Override(
        "nuit", OverrideKind.REPLACE, at("2026-01-14T12:00"), at("2026-01-15T12:00"), "paul", "lea"
    )
    assert due("2026-01-14T11:30", changes=[ill]) == [(Due.ASK, "paul")]


def test_rotas_that_are_not_named_ask_nobody():
    other = rota(rotation("karim lea"))
    rule = ConfirmationRule(frozenset({"jour"}))
    assert tasks(rule, other, (), {}, at("2026-01-12T07:30")) == ()


def test_a_rota_that_nobody_is_on_has_nothing_due():
    gone = rota(rotation("karim", ends=at("2026-01-06").replace(tzinfo=None)))
    assert due("2026-02-01T08:00", people=gone) == []


def test_the_letter():
    begins = at("2026-01-12T08:00")
    assert ask_text("Plomberie Moreau", begins, "{link}") == (
        "Plomberie Moreau : votre astreinte commence à 8 h. Confirmez votre prise de poste : {link}"
    )
    assert "à 8 h 30." in ask_text("X", begins + timedelta(minutes=30), "{link}")
    assert "begins at 08:00" in ask_text("X", begins, "{link}", "en")
