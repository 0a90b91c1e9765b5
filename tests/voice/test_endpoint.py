"""How long a pause is waited through, by the words and the turn model."""

from datetime import UTC, datetime

import pytest

from tests.voice.conftest import SimpleInterpreter
from voicebot.dialogue.expectation import ANYTHING, Expectation, Kind
from voicebot.dialogue.interpretation import Entity, Interpretation
from voicebot.speech.ear import Heard
from voicebot.voice.endpoint import (
    BEGUN_MS,
    DIGITS_MS,
    DOUBT_MS,
    MORE_MS,
    NOTHING_MS,
    SOON_MS,
    UNDERSTOOD_MS,
    UNFINISHED_MS,
    UNKNOWN_MS,
    WHOLE_MS,
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
        "c'est pour la succession d'eux",  # so is heard "de", drawn out
    ],
)
def test_a_sentence_that_calls_for_more_gets_it_however_sure_the_model_is(text):
    assert patience(text, end_of_turn=0.99) == MORE_MS


@pytest.mark.parametrize(
    ("number", "waited"),
    [
        ("zéro six douze trente quatre cinquante dix", DIGITS_MS),
        ("zéro un quarante deux dix dix huit zéro trois", DIGITS_MS),
        ("zéro un quarante deux vingt vingt deux zéro trois", DIGITS_MS),
        ("zéro un quarante deux dix neuf soixante dix huit zéro trois", SOON_MS),
        ("zéro six douze trente quatre quatre vingt dix vingt huit", SOON_MS),
        ("zéro six douze trente quatre cinquante six vingt huit", SOON_MS),
    ],
)
def test_a_pair_torn_in_two_may_be_one_and_the_last_still_to_come(number, waited):
    assert patience(number, PHONE) == waited


LETTER = "bonjour madame je vous appelle au sujet d'une lettre importante"


@pytest.mark.parametrize(
    ("ends", "confidence", "intent", "waited"),
    [
        (0.01, 0.9, "leave_message", UNFINISHED_MS),  # sentences seldom end so
        (0.1, 0.9, "leave_message", UNDERSTOOD_MS),
        (0.5, 0.9, "leave_message", WHOLE_MS),
        (0.5, 0.7, "leave_message", UNDERSTOOD_MS),  # perhaps these are not the words
        (0.5, 0.9, "correct", DOUBT_MS),  # "en fait …": nothing was asked for yet
        (None, 0.9, "leave_message", UNDERSTOOD_MS),
    ],
)
def test_where_sentences_end_shortens_the_wait_for_a_request(ends, confidence, intent, waited):
    heard = Heard(LETTER, confidence, end_of_turn=0.5, end_of_sentence=ends)
    meant = Interpretation(LETTER, intent, 0.9)
    assert patience_ms(signs(heard, meant, ANYTHING), ANYTHING) == waited


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


LONG = "j'ai une grosse fuite dans la salle de bain de mon appartement à Lyon"


def test_the_turn_model_decides_where_the_words_do_not():
    assert patience(LONG, end_of_turn=0.95) == SOON_MS < patience(LONG, end_of_turn=0.4)


def test_what_makes_sense_is_waited_for_less_than_what_does_not():
    sense = Interpretation(LONG, "report_leak", 0.9)
    assert patience(LONG, end_of_turn=0.1, meant=sense) == UNDERSTOOD_MS
    assert patience(LONG, end_of_turn=0.1) == DOUBT_MS


def test_a_short_request_is_not_taken_on_the_turn_models_word_alone():
    text = "j'ai une fuite dans ma cave"
    sense = Interpretation(text, "report_leak", 0.9)
    assert patience(text, end_of_turn=0.99, meant=sense) == UNDERSTOOD_MS


@pytest.mark.parametrize("text", ["c'est pour la succession", "j'ai une fuite"])
def test_two_words_of_a_request_are_a_beginning(text):
    assert patience(text, end_of_turn=0.99) == BEGUN_MS


def test_what_was_heard_badly_cannot_end_a_turn_soon():
    heard = Heard(LONG, 0.3, end_of_turn=0.99)
    assert patience_ms(signs(heard, Interpretation(LONG), ANYTHING), ANYTHING) == BEGUN_MS


def test_an_ear_without_a_turn_model_gets_a_middle_course():
    assert patience(LONG, end_of_turn=None) == UNKNOWN_MS


def test_no_words():
    assert patience("") == NOTHING_MS
    assert patience("", PHONE) == MORE_MS


@pytest.mark.parametrize("text", ["bonjour", "oui allô bonjour", "alors bonsoir"])
def test_who_has_only_greeted_is_about_to_speak(text):
    assert SOON_MS < patience(text) == BEGUN_MS


def test_half_a_name_is_waited_for():
    name = Expectation(Kind.NAME, "caller_name")

    def named(text):
        return Interpretation(text, "inform", 0.9, (Entity("person", text, text),))

    assert patience("julien", name, meant=named("Julien")) == BEGUN_MS
    assert patience("julien robert", name, 0.1, named("Julien Robert")) == SOON_MS
    assert patience("m e t", name) == BEGUN_MS


def test_a_date_with_its_time_is_whole():
    date = Expectation(Kind.DATE, "callback_when")

    def dated(value):
        return Interpretation("x", "inform", 0.9, (Entity("date", value, "x"),))

    assert patience("jeudi à dix heures", date, 0.1, dated("2026-01-15T10:00")) == SOON_MS
    assert patience("jeudi", date, 0.1, dated("2026-01-15")) > SOON_MS


def test_a_word_misheard_among_the_digits_ends_no_number():
    assert patience("zéro six jours", PHONE) == DIGITS_MS


def test_quatre_vingt_may_be_two_numbers():
    said = "zéro quatre vingt-six quinze trente-trois quarante-quatre"
    assert patience(said, PHONE) == SOON_MS


def test_a_price_is_no_telephone_number():
    assert patience("ça coûte trente-quatre") < DIGITS_MS
