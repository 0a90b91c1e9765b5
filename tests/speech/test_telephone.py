import numpy as np
import pytest

from voicebot.speech.mouth import Sound
from voicebot.speech.telephone import Law, Noise, add_noise, g711, level, noise, telephone

TIME = np.arange(16_000) / 16_000


def tone(hertz: float) -> np.ndarray:
    return (0.5 * np.sin(2 * np.pi * hertz * TIME)).astype(np.float32)


@pytest.mark.parametrize("law", list(Law))
def test_g711_keeps_the_sound_and_adds_a_little_noise(law):
    error = g711(tone(440), law) - tone(440)
    assert -45 < 20 * np.log10(level(error) / level(tone(440))) < -30


@pytest.mark.parametrize("law", list(Law))
def test_g711_never_leaves_one(law):
    loud = np.array([-5, -1, 0, 1, 5], np.float32)
    assert np.abs(g711(loud, law)).max() <= 1.0


@pytest.mark.parametrize(("hertz", "kept"), [(100, False), (1_000, True), (6_000, False)])
def test_only_the_band_goes_through(hertz, kept):
    rng = np.random.default_rng(1)
    mixed = Sound(tone(hertz) + 0.5 * tone(800), 16_000)
    spectrum = np.abs(np.fft.rfft(telephone(mixed, rng, snr_db=60)[:15_000]))
    power = spectrum[round(hertz * 15_000 / 16_000)] / spectrum.max()
    assert (power > 0.3) == kept


@pytest.mark.parametrize("colour", list(Noise))
def test_noise_lies_as_far_below_as_asked(colour):
    hiss = noise(16_000, np.random.default_rng(2), colour)
    added = add_noise(tone(440), hiss, 20) - tone(440)
    assert 20 * np.log10(level(tone(440)) / level(added)) == pytest.approx(20, abs=0.5)


def test_nothing_stays_nothing():
    rng = np.random.default_rng(1)
    assert len(telephone(Sound(np.zeros(0, np.float32), 22_050), rng)) == 0
