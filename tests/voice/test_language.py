"""Words heard in English are weighed in English: how long to wait hangs on what they mean."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from voicebot.dialogue.expectation import Expectation, Kind
from voicebot.speech.ear import FakeEar, Heard
from voicebot.understanding.embedded import load_or_train
from voicebot.voice.earpool import EarPool
from voicebot.voice.endpoint import DIGITS_MS, SOON_MS
from voicebot.voice.hearing import Hearing

ROOT = Path(__file__).parents[2]
YES_NO = Expectation(Kind.YES_NO)


@pytest.fixture(scope="module")
def hearing(tmp_path_factory):
    pool = EarPool(1)
    interpreter = load_or_train(ROOT / "nlu", tmp_path_factory.mktemp("nlu"))
    now = datetime(2026, 1, 14, 22, tzinfo=UTC)
    yield Hearing("c1", FakeEar(), interpreter, pool, (), lambda: now)
    pool.close()


def heard(text, language):
    return Heard(text, 0.9, end_of_turn=0.5, language=language)


def test_sure_is_an_answer_in_english(hearing):
    assert hearing.weigh(heard("sure", "en"), YES_NO).patience_ms == SOON_MS
    assert hearing.weigh(heard("sure", "fr"), YES_NO).patience_ms > SOON_MS


def test_digits_of_an_english_number_are_waited_for(hearing):
    awaited = Expectation(Kind.PHONE_NUMBER)
    found = hearing.weigh(heard("oh seven seven double four", "en"), awaited)
    assert found.patience_ms == DIGITS_MS
