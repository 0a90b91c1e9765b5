"""A number that was refused is not read back again."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from voicebot.calls.refused import Refused
from voicebot.calls.reply import Utterance
from voicebot.dialogue.expectation import Expectation, Kind
from voicebot.dialogue.filling import whole
from voicebot.dialogue.interpretation import Interpretation
from voicebot.understanding.embedded import load_or_train

NOW = datetime(2026, 1, 15, 22, tzinfo=ZoneInfo("Europe/Paris"))
WRONG, RIGHT = "+33462428494", "+33462498494"
SAID = "zéro quatre soixante deux {} quatre vingt quatre quatre vingt quatorze"
AGAIN = "non c'est le " + SAID.format("quarante deux")
OTHERWISE = "non c'est le " + SAID.format("quarante neuf")


@pytest.fixture(scope="module")
def interpret(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Interpretation]:
    nlu = Path(__file__).resolve().parents[2] / "nlu"
    embedded = load_or_train(nlu, tmp_path_factory.mktemp("cache"))
    return lambda text, value: embedded.interpret(text, read_back(value), NOW)


def read_back(value: str) -> Expectation:
    return Expectation(Kind.YES_NO, "callback_number", instead=Kind.PHONE_NUMBER, value=value)


def number(refused: Refused, said: Utterance, value: str, interpret) -> object:
    meant = refused.read(said, read_back(value), lambda text: interpret(text, value))
    found = whole(meant, "phone_number")
    return found.value if found else None


def test_the_number_that_was_refused_is_taken_for_what_it_sounds_like(interpret):
    said = Utterance(AGAIN, alternatives=(AGAIN, OTHERWISE))
    assert number(Refused(), said, WRONG, interpret) == RIGHT


def test_none_of_the_refused_ones_comes_back(interpret):
    refused = Refused()
    assert number(refused, Utterance(OTHERWISE), WRONG, interpret) == RIGHT
    third = "non c'est le " + SAID.format("cinquante neuf")
    said = Utterance(AGAIN, alternatives=(OTHERWISE, third))
    assert number(refused, said, RIGHT, interpret) == "+33462598494"


def test_words_that_group_in_two_ways_need_no_alternative(interpret):
    text = "non c'est le zéro six trente quatre vingt trois quarante sept quatre vingt cinq"
    other = text.replace("quatre vingt cinq", "quatre vingt un")
    said = Utterance(text, alternatives=(other,))
    assert number(Refused(), said, "+33630834785", interpret) == "+33634234785"


@pytest.mark.parametrize("said", ["oui c'est bien ça", "oui " + SAID.format("quarante deux")])
def test_who_agrees_refuses_nothing(said, interpret):
    utterance = Utterance(said, alternatives=(OTHERWISE,))
    assert number(Refused(), utterance, WRONG, interpret) in (None, WRONG)


def test_without_an_alternative_it_stays_what_was_understood(interpret):
    meant = interpret(AGAIN, WRONG)
    kept = Refused().read(Utterance(AGAIN), read_back(WRONG), lambda text: interpret(text, WRONG))
    assert kept == meant
