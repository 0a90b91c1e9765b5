"""What callers and persons are told."""

import pytest

from voicebot.clients.transfer import Instructions
from voicebot.handoff.announcing import fixed, to_caller, to_person, wants_message
from voicebot.handoff.order import ToCaller, ToPerson

PLAN = Instructions(on_call_name="le plombier d'astreinte")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("what", ToCaller)
@pytest.mark.parametrize("name", ["Claire", ""])
def test_there_are_words_for_everything(what, name, language):
    text = to_caller(what, name, PLAN, language, first=False, waited_s=70)
    assert text.endswith(".") and "{" not in text and "  " not in text
    if name and what in (ToCaller.PUT_THROUGH, ToCaller.CALLING, ToCaller.NEXT, ToCaller.LOST):
        assert name in text


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("word", ToPerson)
def test_every_person_is_told(word, language):
    assert to_person(word, language).endswith(".")


def test_a_language_that_is_not_spoken_is_french():
    assert to_person(ToPerson.CALLER_LEFT, "de") == "L'appelant a raccroché."


def test_the_first_word_tells_the_way_out_and_so_does_each_honest_one():
    first = to_caller(ToCaller.CALLING, "Claire", PLAN, "fr", first=True, waited_s=0)
    later = to_caller(ToCaller.NEXT, "Sophie", PLAN, "fr", first=False, waited_s=15)
    still = to_caller(ToCaller.STILL, "", PLAN, "fr", first=False, waited_s=20)
    assert "tapez 2" in first and "tapez 2" in still and "tapez" not in later


def test_who_is_joined_at_once_needs_no_way_out():
    told = to_caller(ToCaller.PUT_THROUGH, "Claire", PLAN, "fr", first=True, waited_s=0)
    assert told == "Je vous passe Claire."


@pytest.mark.parametrize(
    ("count", "who"),
    [
        (2, "la deuxième personne d'astreinte"),
        (9, "la personne suivante"),
        (0, "la personne suivante"),
    ],
)
def test_the_how_manieth_is_rung(count, who):
    told = to_caller(ToCaller.NEXT_ON_CALL, "", PLAN, "fr", first=False, waited_s=30, count=count)
    assert told == f"Pas encore de réponse. Je joins {who}, restez en ligne."


def test_whoever_is_on_call_is_called_as_the_client_says():
    told = to_caller(ToCaller.ON_CALL, "", PLAN, "fr", first=False, waited_s=0)
    assert told == "J'appelle le plombier d'astreinte, restez en ligne."


@pytest.mark.parametrize(
    ("waited", "told"),
    [
        (59, "Je continue"),
        (60, "Voilà une minute"),
        (130, "Voilà deux"),
        (900, "plusieurs minutes"),
    ],
)
def test_how_long_it_has_been_is_no_secret(waited, told):
    assert told in to_caller(ToCaller.STILL, "", PLAN, "fr", first=False, waited_s=waited)


def test_what_can_be_rendered_ahead():
    texts = dict(fixed(PLAN))
    assert texts["J'appelle le plombier d'astreinte, restez en ligne."] == "fr"
    assert "en" in texts.values() and not any("{" in text for text in texts)


@pytest.mark.parametrize(
    ("said", "language", "wants"),
    [
        ("je préfère laisser un message", "fr", True),
        ("message", "fr", True),
        ("rappelez-moi plutôt demain", "fr", True),
        ("je reste en ligne", "fr", False),
        ("c'est long votre musique", "fr", False),
        ("I will leave a message", "en", True),
        ("please call me back", "en", True),
        ("I can wait", "en", False),
        ("", "fr", False),
    ],
)
def test_a_message_instead(said, language, wants):
    assert wants_message(said, language) is wants
