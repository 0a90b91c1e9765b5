"""Who is heard in English gets English for the rest of the call, and finds his way back."""

from pathlib import Path

import pytest

from voicebot.calls.journal import MemoryJournal
from voicebot.calls.session import CallSession, Utterance
from voicebot.clients.loader import find_client
from voicebot.clock import FakeClock
from voicebot.dialogue.interpretation import Interpretation
from voicebot.speech.ear import Heard
from voicebot.understanding.embedded import load_or_train
from voicebot.voice.door import utterance

ROOT = Path(__file__).parents[2]


class Breaks:
    """An interpreter that does not keep its word."""

    name = "breaks"

    def interpret(self, text, expected, now):
        raise ValueError("no such model")


class NothingUnderstood:
    """Tells what it was asked to expect."""

    name = "nothing"

    def __init__(self):
        self.expected = []

    def interpret(self, text, expected, now):
        self.expected.append(expected)
        return Interpretation(text)


@pytest.fixture(scope="module")
def interpreter(tmp_path_factory):
    return load_or_train(ROOT / "nlu", tmp_path_factory.mktemp("nlu"))


@pytest.fixture
def call(interpreter):
    return begun(interpreter)


def begun(interpreter):
    client = find_client(ROOT / "flows", "hotel-beaurivage")
    session = CallSession(client, interpreter, MemoryJournal(), FakeClock(), call_id="c1")
    session.answer()
    return session


def said_in(reply):
    return {say.language for say in reply.says}


def test_a_caller_heard_in_english_is_answered_in_english_to_the_end(call):
    reply = call.hear(Utterance("can i leave a message", language="en"))
    assert said_in(reply) == {"en"}
    assert reply.expectation.language == "en"
    reply = call.hear(Utterance("my name is john smith", language="en"))
    assert call.slots["caller_name"] == "John Smith"
    assert said_in(reply) == {"en"}


def test_words_that_no_list_knows_for_english_are_read_in_english_where_the_ear_heard_it(call):
    """Typed, "room two one four" is too short to be English beyond doubt."""
    call.hear(Utterance("we are locked out the code doesn't work", language="en"))
    call.hear(Utterance("room two one four", language="en"))
    assert str(call.slots["room"]) == "214"


def test_who_is_heard_in_french_again_gets_french(call):
    call.hear(Utterance("leave message for manager", language="en"))
    reply = call.hear(Utterance("pardon je préfère parler français", language="fr"))
    assert said_in(reply) == {"fr"}
    assert reply.expectation.language == "fr"


def test_an_ear_that_tells_no_language_changes_none(call):
    assert said_in(call.hear(Utterance("je voudrais laisser un message"))) == {"fr"}


def test_the_language_is_settled_by_a_sentence_and_not_by_a_word(call):
    assert not call.expectation.settled
    call.hear(Utterance("allô bonjour", language="fr"))
    assert not call.expectation.settled
    call.hear(Utterance("je voudrais laisser un message", language="fr"))
    assert call.expectation.settled


def test_the_language_changes_although_nothing_is_understood():
    reads = NothingUnderstood()
    session = begun(reads)
    reply = session.hear(Utterance("some words or other", language="en"))
    assert reads.expected[-1].language == "en"
    assert reply.expectation.language == "en"
    assert said_in(begun(Breaks()).hear(Utterance("some words or other", language="en"))) == {"en"}


def test_the_journal_keeps_in_which_language_it_was_heard():
    session = begun(NothingUnderstood())
    session.hear(utterance(Heard("some words", 0.7, language="en"), 900, "lite"))
    heard = [e for e in session._journal.entries["c1"] if e.kind == "heard"]
    assert heard[0].data["language"] == "en"
