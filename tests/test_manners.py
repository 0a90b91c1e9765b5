"""At every question of every flow, who asks for a person, says goodbye or asks again is heard."""

from datetime import datetime
from pathlib import Path

import pytest

from voicebot.calls.journal import MemoryJournal
from voicebot.calls.session import CallSession, Utterance
from voicebot.clients.loader import find_client
from voicebot.clock import FakeClock
from voicebot.understanding.embedded import load_or_train

ROOT = Path(__file__).parent.parent
NUMBER = ("06 12 34 56 78", "oui")
CALLS = {
    "law": ("cabinet-durand", "je voudrais laisser un message", "c'est pour mon dossier de divorce",
            "luc petit", *NUMBER),
    "custody": ("cabinet-durand", "mon fils est en garde à vue", "karim benali",
                "au commissariat de lyon", *NUMBER),
    "fever": ("maison-sante-lilas", "ma fille a quarante de fièvre", "lola",
              "le trois mars deux mille vingt", *NUMBER),
    "appointment": ("maison-sante-lilas", "je voudrais un rendez-vous", "jeudi matin", "luc petit"),
    "leak": ("plomberie-moreau", "ça fuit de partout", "oui", *NUMBER, "12 rue des lilas à lyon"),
    "outage": ("infoge-services", "le serveur est en panne", "dupont", "je l'ai pas", *NUMBER),
    "robot": ("agri-robotique", "le robot est arrêté", "non", "412", "e 42", *NUMBER),
    "booking": ("hotel-beaurivage", "je voudrais réserver une chambre", "vendredi", "deux nuits"),
    "noise": ("hotel-beaurivage", "les voisins font du bruit", "212", "luc petit"),
}  # fmt: skip
PLACES = [(name, said) for name, (_, *lines) in CALLS.items() for said in range(len(lines) + 1)]


@pytest.fixture(scope="module")
def interpreter(tmp_path_factory):
    return load_or_train(ROOT / "nlu", tmp_path_factory.mktemp("nlu"))


@pytest.fixture(params=PLACES, ids=lambda place: f"{place[0]} {place[1]}")
def at_question(request, interpreter):
    name, said = request.param
    client = find_client(ROOT / "flows", CALLS[name][0])
    clock = FakeClock(datetime(2026, 1, 14, 23, 30, tzinfo=client.timezone))
    session = CallSession(client, interpreter, MemoryJournal(), clock, call_id="manners")
    session.answer()
    for line in CALLS[name][1 : said + 1]:
        session.hear(Utterance(line))
    return session


def test_a_person_is_asked_for(at_question):
    asked = at_question.expectation.slot
    reply = at_question.hear(Utterance("je veux parler à quelqu'un"))
    assert "utter_nobody_there" in [say.response for say in reply.says]
    assert reply.expectation.slot == asked


def test_goodbye_ends_the_call(at_question):
    assert at_question.hear(Utterance("merci au revoir")).hang_up


def test_the_question_is_repeated(at_question):
    asked, known = at_question.expectation.slot, at_question.slots
    reply = at_question.hear(Utterance("vous pouvez répéter s'il vous plaît"))
    assert reply.says and reply.expectation.slot == asked
    assert at_question.slots.get(asked) == known.get(asked)


def test_time_is_given(at_question):
    asked = at_question.expectation.slot
    reply = at_question.hear(Utterance("attendez deux secondes"))
    assert [say.response for say in reply.says] == ["utter_hold_on"]
    assert reply.expectation.slot == asked
