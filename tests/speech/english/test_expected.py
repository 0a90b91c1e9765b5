"""What is awaited in English, heard by a perfect head."""

import numpy as np
import pytest

from voicebot.dialogue.expectation import Expectation, Kind
from voicebot.speech.decoder import best_path
from voicebot.speech.english.phones import INDEX, spoken
from voicebot.speech.spoken_names import KnownNames
from voicebot.speech.tongue import ENGLISH

NAMES = KnownNames(("smith", "hughes", "o'connor"), ("john", "anna"), ("annecy",), ("de la gare",))


def logs_of(text, voice="en"):
    """One frame a phoneme, blanks between."""
    phones = spoken(text, voice)
    logs = np.full((3 * len(phones) + 6, len(INDEX)), -8.0, np.float32)
    logs[:, 0] = -0.01
    for i, phone in enumerate(phones):
        logs[3 + 3 * i] = -8.0
        logs[3 + 3 * i, INDEX[phone]] = -0.05
    return logs


def heard(text, expectation, words=(), voice="en"):
    graph = ENGLISH.expected(expectation, words, NAMES)
    path = best_path(graph, logs_of(text, voice), whole=True)
    return " ".join(path.words) if path else None


@pytest.mark.parametrize("voice", ["en", "en-us"])
@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (Kind.YES_NO, "yes that's right"),
        (Kind.YES_NO, "no thank you"),
        (Kind.YES_NO, "i'm not sure"),
        (Kind.PHONE_NUMBER, "my number is oh seven seven double four three two one nine"),
        (Kind.PHONE_NUMBER, "zero six twelve thirty four fifty six seventy eight"),
        (Kind.NUMBER, "room two hundred and fourteen"),
        (Kind.DATE, "tomorrow morning at half past nine"),
        (Kind.DATE, "the third of march"),
        (Kind.DATE, "monday at ten thirty"),
        (Kind.NAME, "my name is john smith"),
        (Kind.NAME, "mrs o'connor"),
        (Kind.ADDRESS, "fourteen rue de la gare in annecy"),
    ],
)
def test_what_is_awaited_is_heard(kind, said, voice):
    assert heard(said, Expectation(kind), voice=voice) == said


def test_a_name_is_spelt():
    text = "h, u, g, h, e, s"
    assert heard(text, Expectation(Kind.NAME)) == "h. u. g. h. e. s."


def test_a_reference_is_letters_and_digits():
    assert heard("k, b, four nine two", Expectation(Kind.REFERENCE)) == "k. b. four nine two"


def test_a_number_read_back_wrong_is_put_right():
    expectation = Expectation(Kind.YES_NO, instead=Kind.PHONE_NUMBER)
    assert heard("no thirteen not thirty", expectation) == "no thirteen not thirty"


def test_a_client_s_own_name_is_awaited():
    assert heard("this is beaumarchais", Expectation(Kind.NAME), ("Beaumarchais",)) == (
        "this is beaumarchais"
    )


def test_one_of_a_closed_list():
    phrases = Expectation(Kind.PHRASES, phrases=("the blue one", "the red one"))
    assert heard("the red one", phrases) == "the red one"


def test_anything_has_no_grammar():
    assert ENGLISH.expected(Expectation(), (), NAMES) is None
