"""Voice is found on a telephone line, by voices of no training; noise is none."""

from __future__ import annotations

import numpy as np
import pytest

from voicebot.speech.callers import HELD_OUT_VARIANTS
from voicebot.speech.ear import Samples
from voicebot.speech.espeak import EspeakMouth
from voicebot.speech.mouth import Sound
from voicebot.speech.telephone import Noise, noise, telephone
from voicebot.speech.whisper_gate import NO_VOICE_S
from voicebot.speech.whisper_voice import voice_seconds

RNG = np.random.default_rng(3)


def on_the_line(text: str, variant: str) -> Samples:
    """As the pipeline cuts a turn out: 0.3 s before the voice, and 0.1 s behind it."""
    said = EspeakMouth(variant=variant).speak(text)
    around = (int(0.3 * said.sample_rate), int(0.1 * said.sample_rate))
    return telephone(Sound(np.pad(said.samples, around), said.sample_rate), RNG, snr_db=20)


@pytest.mark.parametrize("variant", HELD_OUT_VARIANTS)
def test_a_sentence_holds_voice_for_most_of_its_time(variant: str) -> None:
    samples = on_the_line("J'ai une fuite d'eau dans la cuisine.", variant)
    assert voice_seconds(samples) > 0.5 * (len(samples) / 16_000 - 0.4)


@pytest.mark.parametrize("text", ["Oui.", "Non.", "Allô ?"])
def test_one_word_is_enough(text: str) -> None:
    assert voice_seconds(on_the_line(text, "f2")) > NO_VOICE_S


def tone(hertz: float) -> Samples:
    return (0.2 * np.sin(2 * np.pi * hertz * np.arange(48_000) / 16_000)).astype(np.float32)


@pytest.mark.parametrize(
    "sound",
    [
        *(0.1 * noise(48_000, np.random.default_rng(4), colour) for colour in Noise),
        tone(440),
        tone(425) + tone(350),
        np.zeros(48_000, np.float32),
        np.zeros(0, np.float32),
    ],
)
def test_noise_a_hum_and_a_dialling_tone_hold_none(sound: Samples) -> None:
    assert voice_seconds(sound) < NO_VOICE_S
