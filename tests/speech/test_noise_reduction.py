"""A line's noise is taken away, and what is said stays."""

import numpy as np
import pytest

from voicebot.speech.noise_reduction import FRAME, reduce_noise
from voicebot.speech.telephone import Noise, add_noise, noise

RATE = 16_000
TIME = np.arange(3 * RATE) / RATE
SYLLABLES = (np.sin(2 * np.pi * 2 * TIME) > 0.3).astype(np.float32)
SPEECH = (0.3 * SYLLABLES * np.sin(2 * np.pi * 600 * TIME)).astype(np.float32)


def power(samples: np.ndarray) -> float:
    return float(np.mean(samples.astype(np.float64) ** 2))


@pytest.mark.parametrize("colour", [Noise.WHITE, Noise.PINK])
def test_pauses_become_quieter_and_what_is_said_stays(colour):
    said = add_noise(SPEECH, noise(len(SPEECH), np.random.default_rng(3), colour), 15)
    cleaned = reduce_noise(said)
    pauses, syllables = SYLLABLES == 0, SYLLABLES == 1
    assert power(cleaned[pauses]) < 0.65 * power(said[pauses])
    assert power(cleaned[syllables]) > 0.8 * power(SPEECH[syllables])
    assert power(cleaned - SPEECH) < 0.65 * power(said - SPEECH)


def test_clean_speech_is_hardly_touched():
    assert power(reduce_noise(SPEECH) - SPEECH) < 0.01 * power(SPEECH)


@pytest.mark.parametrize("count", [0, 1, FRAME, 4 * FRAME - 1, 4 * FRAME, 8_001, 128_000])
def test_any_length_comes_back_as_long_as_it_was(count):
    sound = noise(max(count, 1), np.random.default_rng(1))[:count]
    cleaned = reduce_noise(sound)
    assert cleaned.shape == (count,)
    assert np.isfinite(cleaned).all()


def test_silence_stays_silence():
    assert not reduce_noise(np.zeros(RATE, np.float32)).any()
