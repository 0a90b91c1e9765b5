"""A voice repeats itself at its pitch; breath, clatter and silence do not."""

import numpy as np
import pytest

from voicebot.speech.ear import SAMPLE_RATE
from voicebot.voice.voiced import periodicity

TIME = np.arange(512) / SAMPLE_RATE


@pytest.mark.parametrize("pitch_hz", [85, 120, 220, 380])
def test_a_voice_is_periodic(pitch_hz):
    voice = sum(np.sin(2 * np.pi * pitch_hz * n * TIME) / n for n in range(1, 8))
    assert periodicity(voice.astype(np.float32)) > 0.9


def test_noise_is_not():
    rng = np.random.default_rng(7)
    found = [periodicity(rng.normal(size=512).astype(np.float32)) for _ in range(50)]
    assert max(found) < 0.5


def test_silence_is_not():
    assert periodicity(np.zeros(512, np.float32)) == 0.0
