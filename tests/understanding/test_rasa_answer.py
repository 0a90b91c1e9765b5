import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.understanding.rasa_answer import RasaAnswer, RasaTrouble

INTENTS = frozenset(("greet", "report_leak", "out_of_scope"))
GOOD = {
    "text": "ça fuit",
    "intent": {"name": "report_leak", "confidence": 0.9},
    "intent_ranking": [
        {"name": "report_leak", "confidence": 0.9},
        {"name": "greet", "confidence": 0.1},
    ],
    "entities": [],
}


def read(answer, asked="ça fuit"):
    body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    return RasaAnswer.read(body, asked, INTENTS)


def test_how_likely_each_intent_is():
    assert read(GOOD).shares() == {"report_leak": 0.9, "greet": 0.1}


def test_without_a_ranking_the_intent_stands_for_it():
    assert read({**GOOD, "intent_ranking": []}).shares() == {"report_leak": 0.9}


def test_float32_may_be_a_hair_above_one():
    answer = {**GOOD, "intent_ranking": [{"name": "greet", "confidence": 1.0000001192092896}]}
    assert read(answer).shares() == {"greet": 1.0}


@pytest.mark.parametrize("name", [None, "", "nlu_fallback"])
def test_nothing_understood_is_an_answer(name):
    ranking = [{"name": name, "confidence": 0.6}, {"name": "greet", "confidence": 0.4}]
    assert read({**GOOD, "intent_ranking": ranking}).shares() == {"out_of_scope": 0.6, "greet": 0.4}


def test_no_share_at_all_is_nothing_understood():
    answer = {**GOOD, "intent": {"name": None, "confidence": 0.0}, "intent_ranking": []}
    assert read(answer).shares() == {"out_of_scope": 1.0}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b'"rasa"',
        b"<html>502 Bad Gateway</html>",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        json.dumps(GOOD).encode()[:40],
        json.dumps({**GOOD, "intent": None}).encode(),
        json.dumps({**GOOD, "intent": "report_leak"}).encode(),
        json.dumps({**GOOD, "intent_ranking": [{"name": "greet", "confidence": 7}]}).encode(),
        b'{"text": "\xc3\xa7a fuit", "intent": {"name": "greet", "confidence": NaN}}',
        json.dumps({**GOOD, "entities": [{"entity": "thing"}]}).encode(),
    ],
)
def test_what_is_no_answer_is_told_so_without_its_words(body):
    with pytest.raises(RasaTrouble) as trouble:
        read(body)
    assert trouble.value.why == "an answer that cannot be read"


def test_the_answer_to_another_text_is_none():
    with pytest.raises(RasaTrouble, match="another text"):
        read(GOOD, "bonjour")


def test_a_model_with_other_intents_is_the_wrong_one():
    ranking = [{"name": "order_pizza", "confidence": 1.0}]
    with pytest.raises(RasaTrouble, match="other intents"):
        read({**GOOD, "intent_ranking": ranking})


@pytest.mark.parametrize(("start", "end"), [(3, 3), (5, 2), (0, 99)])
def test_entities_lie_inside_the_text(start, end):
    found = [{"entity": "thing", "value": "x", "start": start, "end": end}]
    with pytest.raises(RasaTrouble, match="outside"):
        read({**GOOD, "entities": found})


@given(st.binary(max_size=200))
def test_any_bytes_are_an_answer_or_a_trouble(body):
    with pytest.raises(RasaTrouble):
        read(body)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
)


@given(st.sampled_from(sorted(GOOD)), JSON)
def test_any_value_anywhere_is_an_answer_or_a_trouble(name, value):
    try:
        shares = read({**GOOD, name: value}).shares()
    except RasaTrouble:
        return
    assert shares.keys() <= INTENTS
