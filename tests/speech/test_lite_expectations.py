"""Each kind of expectation, heard from perfect phoneme probabilities."""

import pytest

from voicebot.dialogue.expectation import Expectation, Kind

from .synthetic import logs_of

AWAITED = [
    (Kind.PHONE_NUMBER, "zéro six douze trente quatre cinquante six soixante dix huit"),
    (Kind.PHONE_NUMBER, "c'est le zéro un quarante quatre quatre vingt dix sept onze vingt deux"),
    (Kind.PHONE_NUMBER, "zéro six cent douze trois cent quarante vingt deux"),
    (Kind.PHONE_NUMBER, "plus trente trois six douze douze douze douze"),
    (Kind.PHONE_NUMBER, "zéro six un deux trois quatre cinq six sept huit"),
    (Kind.YES_NO, "oui tout à fait"),
    (Kind.YES_NO, "non non c'est pas ça"),
    (Kind.YES_NO, "je sais pas"),
    (Kind.DATE, "le douze mars à neuf heures"),
    (Kind.DATE, "demain matin vers dix heures"),
    (Kind.NUMBER, "j'ai soixante quinze ans"),
    (Kind.NUMBER, "chambre deux cent douze"),
    (Kind.NAME, "madame lefèvre à l'appareil"),
    (Kind.NAME, "kervella"),
    (Kind.ADDRESS, "douze rue des lilas à quimper"),
    (Kind.ADDRESS, "quarante cinq boulevard voltaire"),
    (Kind.REFERENCE, "a b douze quarante cinq"),
]
CLIENT = ("Kervella", "Le Goff")


@pytest.mark.parametrize(("kind", "text"), AWAITED)
def test_what_is_awaited_is_heard_under_its_grammar(ear, kind, text):
    heard = ear.decode(logs_of(text), Expectation(kind), CLIENT)
    assert heard.text == text
    assert heard.in_expectation


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.ANYTHING])
def test_a_caller_may_say_anything_else(ear, kind):
    awaited = Expectation(kind, phrases=("un café", "un thé"))
    heard = ear.decode(logs_of("je voudrais parler à quelqu'un"), awaited, CLIENT)
    assert heard.text == "je voudrais parler à quelqu'un"
    assert not heard.in_expectation


def test_phrases_are_recognised_when_half_heard(ear):
    awaited = Expectation(Kind.PHRASES, phrases=("la chaudière de gauche", "le robot de droite"))
    heard = ear.decode(logs_of("la chaudière de gauche", spoilt=0.3), awaited)
    assert heard.text == "la chaudière de gauche"
    assert heard.in_expectation


def test_none_of_the_phrases_is_said_honestly(ear):
    awaited = Expectation(Kind.PHRASES, phrases=("la chaudière de gauche", "le robot de droite"))
    heard = ear.decode(logs_of("bonjour madame"), awaited)
    assert not heard.in_expectation


def test_nothing_is_heard_in_blanks_whatever_is_awaited(ear):
    for kind in Kind:
        heard = ear.decode(logs_of(""), Expectation(kind, phrases=("oui",)))
        assert heard.text == ""
        assert not heard.in_expectation


def test_confidence_falls_with_the_sound(ear):
    clear = ear.decode(logs_of("bonjour je voudrais un rendez-vous"))
    dull = ear.decode(logs_of("bonjour je voudrais un rendez-vous", spoilt=0.5))
    assert dull.confidence <= clear.confidence
