from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from voicebot.errors import NotFound
from voicebot.speech.espeak import SAMPLE_RATE, EspeakMouth, phonemes


def test_it_speaks():
    sound = EspeakMouth().speak("Bonjour, vous êtes bien au cabinet.")
    assert sound.sample_rate == SAMPLE_RATE
    assert sound.samples.dtype == np.float32
    assert 1.0 < sound.seconds < 5.0
    assert 0.1 < np.abs(sound.samples).max() <= 1.0


@pytest.mark.parametrize("text", ["", "  \n"])
def test_nothing_is_an_empty_sound(text):
    assert len(EspeakMouth().speak(text).samples) == 0


def test_it_speaks_english_too():
    assert EspeakMouth().speak("hello there", "en").seconds > 0.3


def test_faster_is_shorter():
    text = "je vous écoute et je note votre message"
    assert EspeakMouth(rate=250).speak(text).seconds < EspeakMouth(rate=120).speak(text).seconds


def test_an_unknown_variant_is_an_error():
    with pytest.raises(NotFound, match="has no variant"):
        EspeakMouth(variant="nobody").speak("bonjour")


def test_threads_take_turns():
    def length(i: int) -> int:
        return len(EspeakMouth(rate=120 + 40 * (i % 4)).speak("bonjour madame").samples)

    with ThreadPoolExecutor(8) as pool:
        lengths = list(pool.map(length, range(32)))
    assert all(a == pytest.approx(lengths[i % 4], rel=0.02) for i, a in enumerate(lengths))


def test_the_name_holds_what_changes_the_sound():
    names = {EspeakMouth().name, EspeakMouth(rate=150).name, EspeakMouth(variant="f2").name}
    assert len(names) == 3


def test_words_given_together_are_linked():
    assert "z" in phonemes("les amis")
    assert "z" not in phonemes("les")


def test_a_last_letter_is_said_and_does_not_open_the_next_text():
    assert phonemes("A, B, H", "en").endswith("tʃ")
    assert phonemes("my name", "en") == phonemes("my name", "en")
    assert phonemes("my name", "en").startswith("m_aɪ")
