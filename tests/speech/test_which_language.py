import json

import pytest

from voicebot.errors import BadInput
from voicebot.speech.which_language import (
    FILE,
    USUAL,
    Reading,
    Scales,
    changes,
    load_scales,
)

GOOD = Reading("there's no hot water", 0.9, 2.0)
SALAD = Reading("des renaud ta wagner", 0.3, 7.5)


def test_a_good_reading_wins_against_a_salad():
    assert USUAL.english(SALAD, GOOD) > 0.99
    assert USUAL.english(GOOD, SALAD) < 0.01


@pytest.mark.parametrize("better", [0.5, 0.7, 0.9])
def test_better_sounds_and_likelier_words_both_speak_for_a_language(better):
    base = USUAL.english(SALAD, SALAD)
    assert USUAL.english(SALAD, Reading("x", better, SALAD.cost)) > base
    assert USUAL.english(SALAD, Reading("x", SALAD.confidence, SALAD.cost * (1 - better))) > base


def test_a_salad_makes_no_sense_to_its_own_ear():
    assert USUAL.makes_sense(GOOD)
    assert not USUAL.makes_sense(SALAD)
    assert not USUAL.makes_sense(Reading("sans médecin de ça ne du je", 0.65, 6.0))


def test_one_word_changes_no_language():
    assert not changes(0.999, Reading("hello", 0.9, 2.0), settled=False)
    assert changes(0.999, GOOD, settled=False)


def test_a_reading_that_its_ear_does_not_give_changes_no_language():
    assert not changes(0.999, Reading(GOOD.text, 0.1, 2.0, given=False), settled=False)


def test_a_language_that_was_told_is_kept_unless_the_words_are_clear():
    assert changes(0.8, GOOD, settled=False)
    assert not changes(0.8, GOOD, settled=True)
    assert changes(0.99, GOOD, settled=True)


def test_weights_are_kept_with_the_model(tmp_path):
    assert load_scales(tmp_path) == USUAL
    scales = Scales(1.25, 0.5, -0.75)
    scales.write(tmp_path)
    assert load_scales(tmp_path) == scales


@pytest.mark.parametrize("page", ["[", "[]", json.dumps({"fit": 1, "words": "x", "bias": 0})])
def test_damaged_weights_are_named(tmp_path, page):
    (tmp_path / FILE).write_text(page, encoding="utf-8")
    with pytest.raises(BadInput, match=FILE):
        load_scales(tmp_path)
