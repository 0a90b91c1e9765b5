"""How long a pause is waited through, by the words and the turn model."""

from datetime import UTC, datetime

import pytest

from tests.voice.conftest import SimpleInterpreter
from voicebot.dialogue.expectation import ANYTHING, Expectation, Kind
from voicebot.dialogue.interpretation import Entity, Interpretation
from voicebot.speech.ear import Heard
from voicebot.voice.endpoint import (
    DIGITS_MS,
    DOUBT_MS,
    MORE_MS,
    NOTHING_MS,
    OPENING_MS,
    SOON_MS,
    UNDERSTOOD_MS,
    UNKNOWN_MS,
    patience_ms,
    signs,
)

PHONE = Expectation(Kind.PHONE_NUMBER, "callback_number")
YES_NO = Expectation(Kind.YES_NO)


def patience(text, expectation=ANYTHING, end_of_turn=0.95, meant=None):
    heard = Heard(text, 0.9, end_of_turn=end_of_turn)
    now = datetime(2026, 1, 14, tzinfo=UTC)
    meant = meant or SimpleInterpreter().interpret(text, expectation, now)
    return patience_ms(signs(heard, meant, expectation), expectation)


@pytest.mark.parametrize(
    "text",
    [
        "j'ai une fuite et",
        "c'est pour euh",
        "le numéro c'est",
        "je m'appelle",
        "j'habite dans la rue",
        "bonjour monsieur",
    ],
)
def test_a_sentence_that_calls_for_more_gets_it_however_sure_the_model_is(text):
    assert patience(text, end_of_turn=0.99) == MORE_MS


@pytest.mark.parametrize(
    "digits",
    [
        "zéro six",
        "zéro six douze",
        "zéro six douze trente-quatre",
        "zéro six douze trente-quatre cinquante-six",
    ],
)
def test_digits_that_are_missing_are_waited_for(digits):
    assert patience(digits, PHONE) == DIGITS_MS
    assert patience(f"mon numéro c'est le {digits}") == DIGITS_MS


def test_a_pause_of_900_ms_inside_a_number_is_shorter_than_the_patience_for_it():
    assert patience("zéro six douze", PHONE) > 900 + 200


def test_a_whole_number_is_answered_soon_even_if_the_model_doubts():
    whole = "zéro six douze trente-quatre cinquante-six soixante-dix-huit"
    assert patience(whole, PHONE, end_of_turn=0.2) == SOON_MS


def test_yes_is_answered_soon_where_yes_or_no_was_asked():
    yes = Interpretation("oui", "affirm", 1.0, (Entity("yes_no", True, "oui"),))
    assert patience("oui", YES_NO, end_of_turn=0.2, meant=yes) == SOON_MS
    assert patience("oui", end_of_turn=0.2, meant=yes) > SOON_MS


def test_the_turn_model_decides_where_the_words_do_not():
    sure, doubting = patience("j'ai une fuite", end_of_turn=0.95), 0.4
    assert sure == SOON_MS < patience("j'ai une fuite", end_of_turn=doubting)


def test_what_makes_sense_is_waited_for_less_than_what_does_not():
    sense = Interpretation("j'ai une fuite", "report_leak", 0.9)
    assert patience("j'ai une fuite", end_of_turn=0.1, meant=sense) == UNDERSTOOD_MS
    assert patience("j'ai une fuite", end_of_turn=0.1) == DOUBT_MS


def test_an_ear_without_a_turn_model_gets_a_middle_course():
    assert patience("j'ai une fuite", end_of_turn=None) == UNKNOWN_MS


def test_no_words():
    assert patience("") == NOTHING_MS
    assert patience("", PHONE) == MORE_MS


@pytest.mark.parametrize("text", ["bonjour", "oui allô bonjour", "alors bonsoir"])
def test_who_has_only_greeted_is_about_to_speak(text):
    assert SOON_MS < patience(text) == OPENING_MS


def test_half_a_name_is_waited_for():
    name = Expectation(Kind.NAME, "caller_name")
    assert patience("julien", name) == OPENING_MS
    assert patience("julien robert", name) == SOON_MS


def test_a_price_is_no_telephone_number():
    assert patience("ça coûte trente-quatre") == SOON_MS
