"""Each kind of expectation, heard from perfect phoneme probabilities."""

from dataclasses import replace

import pytest

from voicebot.dialogue.expectation import Expectation, Kind
from voicebot.speech.grammar import Names, grow
from voicebot.speech.graph import GraphBuilder
from voicebot.speech.lexicon import pronunciations

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
    (Kind.DATE, "dans un mois"),
    (Kind.DATE, "dans une semaine"),
    (Kind.DATE, "dans une demi-heure"),
    (Kind.DATE, "dans vingt minutes"),
    (Kind.DATE, "jeudi en quinze"),
    (Kind.DATE, "à vingt et une heures"),
    (Kind.DATE, "à neuf heures vingt cinq"),
    (Kind.DATE, "à huit heures quarante"),
    (Kind.DATE, "à neuf heures moins cinq"),
    (Kind.DATE, "le douze mars dix neuf cent cinquante deux"),
    (Kind.DATE, "le trois mai mille neuf cent quatre vingt sept"),
    (Kind.NUMBER, "vingt mille"),
    (Kind.NUMBER, "cinq mille"),
    (Kind.NUMBER, "cent vingt mille kilos"),
    (Kind.NUMBER, "huitante cinq"),
    (Kind.NUMBER, "octante deux"),
    (Kind.NUMBER, "nonante neuf"),
    (Kind.PHONE_NUMBER, "zéro six quatre vingt huit trente douze quarante"),
    (Kind.PHONE_NUMBER, "zéro deux septante huit huitante deux douze quatorze"),
    (Kind.NUMBER, "j'ai soixante quinze ans"),
    (Kind.NUMBER, "chambre deux cent douze"),
    (Kind.NAME, "madame lefèvre à l'appareil"),
    (Kind.NAME, "kervella"),
    (Kind.ADDRESS, "douze rue des lilas à quimper"),
    (Kind.ADDRESS, "quarante cinq boulevard voltaire"),
    (Kind.ADDRESS, "lieu-dit kervella"),
    (Kind.ADDRESS, "c'est au lieu-dit le moulin"),
    (Kind.ADDRESS, "le bourg à quimper"),
    (Kind.ADDRESS, "résidence des lilas bâtiment b"),
    (Kind.ADDRESS, "hameau de la croix à brest"),
    (Kind.ADDRESS, "immeuble bellevue"),
    (Kind.ADDRESS, "à la ferme du moulin"),
    (Kind.ADDRESS, "zone artisanale de bellevue"),
    (Kind.ADDRESS, "dans la zone industrielle à quimper"),
    (Kind.ADDRESS, "trois rue de la gare vingt neuf mille quimper"),
    (Kind.REFERENCE, "a b douze quarante cinq"),
]
CLIENT = ("Kervella", "Le Goff")


@pytest.mark.parametrize(("kind", "text"), AWAITED)
def test_what_is_awaited_is_heard_under_its_grammar(ear, kind, text):
    heard = ear.decode(logs_of(text), Expectation(kind), CLIENT)
    assert heard.text == text
    assert heard.in_expectation


def test_a_name_with_an_apostrophe_is_written_as_the_client_wrote_it(ear):
    heard = ear.decode(logs_of("monsieur n'diaye"), Expectation(Kind.NAME), ("N'Diaye",))
    assert heard.text == "monsieur n'diaye"


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


def test_a_grammar_is_grown_alike_in_every_process():
    names = ("le goff", "ar men", "de la tour", "kervella", "van den berg")

    def labels(rule):
        builder = GraphBuilder(pronunciations)
        start, end = builder.state(), builder.state()
        grow(builder, rule, start, end)
        return builder.build().words

    first = [word for name in names if " " in name for word in name.split()]
    grown = [word for word in labels(Names(names)) if word in first]
    assert grown == list(dict.fromkeys(first))


def test_a_number_said_again_to_a_read_back_comes_with_what_else_it_may_have_been(ear):
    said = "non c'est le zéro six douze trente quatre cinquante six soixante dix huit"
    logs = logs_of(said, spoilt=0.2)
    asked = Expectation(Kind.YES_NO, "callback_number", instead=Kind.PHONE_NUMBER)
    unread = ear.decode(logs, asked)
    read_back = ear.decode(logs, replace(asked, value="+33612345678"))
    assert unread.text == read_back.text == said
    assert len(read_back.alternatives) > len(unread.alternatives)
    assert said not in read_back.alternatives
    assert len(set(read_back.alternatives)) == len(read_back.alternatives)
