"""Who speaks over the bot, and whether it yields."""

import pytest

from voicebot.dialogue.expectation import ANYTHING, Expectation, Kind
from voicebot.voice.bargein import Overlap, Verdict, judge, too_long

YES_NO = Expectation(Kind.YES_NO)


def verdict(
    text, *, ms=600, confidence=0.9, final=True, spoke=False, expectation=ANYTHING, left=5_000
):
    return judge(Overlap(text, confidence, ms, final, spoke), expectation, left)


@pytest.mark.parametrize(
    "text", ["", "hm", "euh", "mm hm", "oui", "oui oui", "d'accord", "très bien"]
)
def test_what_goes_along_lets_the_bot_carry_on(text):
    assert verdict(text) is Verdict.RESUME


@pytest.mark.parametrize("text", ["attendez", "non", "j'ai une fuite", "oui mais c'est urgent"])
def test_what_wants_the_floor_stops_it(text):
    assert verdict(text) is Verdict.STOP


def test_a_word_that_the_ear_is_not_sure_of_is_a_cough():
    assert verdict("que", ms=200, confidence=0.3) is Verdict.RESUME
    assert verdict("Martin", ms=500, confidence=0.3) is Verdict.STOP


def test_yes_near_the_end_of_a_question_answers_it():
    assert verdict("oui", expectation=YES_NO, left=900) is Verdict.STOP
    assert verdict("oui", expectation=YES_NO, left=4_000) is Verdict.RESUME


def test_any_word_over_the_last_half_second_counts():
    assert verdict("oui", left=300) is Verdict.STOP
    assert verdict("hm", left=300) is Verdict.RESUME


def test_partial_words_stop_it_early_but_never_set_it_going():
    assert verdict("j'ai une", final=False) is Verdict.STOP
    assert verdict("oui", final=False) is Verdict.WAIT
    assert verdict("", final=False) is Verdict.WAIT
    assert verdict("une", final=False) is Verdict.WAIT


def test_a_noise_without_words_does_not_hold_it_for_ever():
    assert too_long(1_400, "")
    assert not too_long(1_400, "j'ai")
    assert not too_long(400, "")


def test_speech_that_the_ear_cannot_read_stops_it_and_a_hum_does_not():
    assert verdict("", ms=1_200, spoke=True) is Verdict.STOP
    assert verdict("hm hm", ms=1_200, spoke=True) is Verdict.RESUME
