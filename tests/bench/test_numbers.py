"""Numbers dictated to the real dialogue: the share that is right is counted, not assumed."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from voicebot.bench.dictating import again, dictation, typed
from voicebot.bench.numbers import denial, on_line, take
from voicebot.calls.session import Utterance
from voicebot.clients.loader import find_client
from voicebot.dialogue.interpretation import Interpretation
from voicebot.french.phone import continue_phone, read_phone
from voicebot.understanding.reader import read_entities

FLOWS = Path(__file__).parents[2] / "flows"


class Reads:
    """The facts as they are read everywhere; the intents that a call for a number needs."""

    name = "reads"

    def interpret(self, text, expected, now):
        found = read_entities(text, expected, now)
        said = next((e.value for e in found if e.name == "yes_no"), None)
        intent = {True: "affirm", False: "deny"}.get(said, "inform" if found else None)
        if "message" in text:
            intent = "leave_message"
        return Interpretation(text, intent, 0.9, found)


@pytest.fixture(scope="module")
def client():
    return find_client(FLOWS, "cabinet-durand")


def as_typed(parts, expectation, turn):
    return Utterance(typed(parts))


def test_97_of_100_numbers_are_right_typed(client):
    taken = [take(client, Reads(), dictation(seed), as_typed) for seed in range(300)]
    assert sum(one.first for one in taken) >= 0.97 * len(taken)
    assert all(one.after for one in taken)


def test_a_number_heard_wrong_once_is_right_after_the_read_back(client):
    said = dictation(3)

    def hears(parts, expectation, turn):
        return Utterance("zéro six douze trente-quatre cinquante-six soixante-dix-huit"
                         if turn == 0 else typed(parts))  # fmt: skip

    taken = take(client, Reads(), said, hears)
    assert (taken.first, taken.after) == (False, True)


def test_a_number_always_heard_wrong_is_not_right(client):
    wrong = Utterance("zéro six douze trente-quatre cinquante-six soixante-dix-huit")
    taken = take(client, Reads(), dictation(3), lambda parts, expectation, turn: wrong)
    assert (taken.first, taken.after) == (False, False)


def test_who_is_not_heard_at_all_is_asked_for_the_keys(client):
    taken = take(client, Reads(), dictation(3), lambda parts, expectation, turn: Utterance(""))
    assert not taken.after


def test_each_dictation_says_its_number():
    for seed in range(200):
        said = dictation(seed)
        assert said == dictation(seed)
        first, *rest = (" ".join(p for p in parts if isinstance(p, str)) for parts in said.turns)
        found = read_phone(first, expected=True)
        for text in rest:
            assert found is not None
            found = continue_phone(found.number, text)
        if said.way != "hundreds":  # "six cent vingt cinq cent vingt huit" is said in two ways
            assert found is not None and found.number == said.number, (first, rest)


def test_what_is_said_again_is_the_number():
    for seed in range(100):
        number = dictation(seed).number
        found = read_phone(" ".join(p for p in again(number) if isinstance(p, str)), expected=True)
        assert found is not None and found.number == number


def test_one_wrong_pair_may_be_put_right_alone():
    said = {denial("+33612345678", "+33613345678", random.Random(seed)) for seed in range(20)}
    assert any("au lieu de" in str(parts[0]) for parts in said)
    assert any(len(parts) > 1 for parts in said)


def test_the_line_is_noisy_before_and_after_the_voice():
    noise = np.full(800, 0.01, np.float32)
    line = on_line(np.ones(1600, np.float32), noise)
    assert line.dtype == np.float32 and len(line) > 1600
    assert abs(line[0]) > 0 and abs(line[-1]) > 0
