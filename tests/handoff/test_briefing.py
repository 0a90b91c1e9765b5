"""What a person hears before she takes a call: from the facts, and never for long."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.handoff.briefing import LONGEST_S, asked, seconds, spoken
from voicebot.handoff.matter import Matter
from voicebot.speech.espeak import EspeakMouth

LEAK = {
    "caller_name": "madame Martin",
    "request": "plus de chauffage depuis hier soir, deux enfants en bas âge",
    "address": "12 rue des Lilas",
}


def matter(urgency="", because="", company="Durand Chauffage", **fields):
    return Matter(company, urgency, because, fields, "+33612345678")


def test_client_who_what_where():
    assert asked(matter(**LEAK), "fr") == (
        "Client Durand Chauffage. Madame Martin, plus de chauffage depuis hier soir, deux enfants "
        "en bas âge, 12 rue des Lilas. Appuyez sur 1, ou dites oui."
    )


def test_how_urgent():
    assert spoken(matter("urgent", "Plus de chauffage.", **LEAK), "fr").startswith(
        "Client Durand Chauffage. Urgent. Madame Martin, plus de chauffage"
    )


def test_the_clients_own_reason_where_the_caller_gave_none():
    assert spoken(matter("urgent", "Une fuite qui fait des dégâts."), "fr") == (
        "Client Durand Chauffage. Urgent. Une fuite qui fait des dégâts."
    )


def test_nothing_is_known():
    assert spoken(matter(), "fr") == "Client Durand Chauffage. L'appelant demande quelqu'un."
    assert spoken(matter(), "en") == "For Durand Chauffage. The caller asks for a person."


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("bonjour euh j'ai plus de chauffage", "J'ai plus de chauffage"),
        ("oui bonsoir madame alors voilà mon évier est bouché", "Mon évier est bouché"),
        ("allô", "L'appelant demande quelqu'un"),
    ],
)
def test_greetings_are_left_out(said, told):
    assert spoken(matter(request=said), "fr") == f"Client Durand Chauffage. {told}."


def test_his_name_is_said_once():
    told = spoken(
        matter(caller_name="Paul Martin", request="j'ai une fuite je m'appelle Paul Martin"), "fr"
    )
    assert told.count("Martin") == 1 and "fuite" in told


def test_a_long_story_gives_way_and_the_address_does_not():
    story = "le lave-vaisselle a débordé dans la cuisine, " * 8
    told = spoken(matter("urgent", **{**LEAK, "request": story}), "fr")
    assert told.endswith("12 rue des Lilas.") and "lave-vaisselle" in told
    assert seconds(asked(matter("urgent", **{**LEAK, "request": story}), "fr")) <= LONGEST_S


words = st.text("abcdeéèç '-.,?!0123456789", max_size=300)


@given(words, words, words, words, words.filter(str.strip), st.sampled_from(["fr", "en", "de"]))
def test_never_longer_than_twelve_seconds(name, request, address, because, company, language):
    told = matter("urgent", because, company, caller_name=name, request=request, address=address)
    assert seconds(asked(told, language)) <= LONGEST_S
    assert spoken(told, language)[-1] in ".!?" or len(spoken(told, language)) > 100


def test_a_voice_is_as_quick_as_one_reckons():
    text = asked(matter("urgent", **{**LEAK, "request": "le ballon fuit, " * 20}), "fr")
    assert EspeakMouth().speak(text).seconds <= LONGEST_S
