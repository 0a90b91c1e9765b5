"""What a telephone line does to a voice: band, G.711, noise, loss, the room it is spoken in."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

import numpy as np
import numpy.typing as npt
import soxr
from scipy.signal import butter, fftconvolve, sosfilt

from voicebot.speech.ear import SAMPLE_RATE, Samples
from voicebot.speech.mouth import Sound

LINE_RATE = 8_000
"""Hz; what G.711 carries."""
BAND_HZ = (300.0, 3_400.0)
QUIET_S = 0.3
"""Of the line alone, before and behind what is said: nobody is heard from his first sound on."""
_PACKET = 160  # samples at 16 kHz of 10 ms; two make the usual packet of 20 ms


class Law(StrEnum):
    """The companding of G.711: A-law in Europe, mu-law in North America and Japan."""

    A = "a"
    MU = "mu"


class Noise(StrEnum):
    """The colour of a noise."""

    WHITE = "white"
    PINK = "pink"
    BROWN = "brown"
    HUM = "hum"


def resample(samples: Samples, source: float, target: float) -> Samples:
    """Changes the sample rate from `source` to `target` Hz."""
    if source == target or len(samples) == 0:
        return samples
    return np.asarray(soxr.resample(samples, source, target, quality="MQ"), np.float32)


def level(samples: Samples) -> float:
    """The RMS of the loudest third of the sound, so that pauses do not count."""
    if len(samples) < 400:
        return float(np.sqrt(np.mean(samples**2))) if len(samples) else 0.0
    blocks = samples[: len(samples) // 400 * 400].reshape(-1, 400)
    power = np.sort(np.mean(blocks.astype(np.float64) ** 2, axis=1))
    return float(np.sqrt(power[-max(1, len(power) // 3) :].mean()))


def g711(samples: Samples, law: Law = Law.A) -> Samples:
    """Through the 8 bits of G.711 and back; the rate is left as it is."""
    x = np.clip(samples, -1.0, 1.0).astype(np.float64)
    if law is Law.MU:
        packed = np.sign(x) * np.log1p(255 * np.abs(x)) / np.log1p(255.0)
        packed = np.round(packed * 127) / 127
        return (np.sign(packed) * np.expm1(np.abs(packed) * np.log1p(255.0)) / 255).astype(
            np.float32
        )
    a, scale = 87.6, 1 + np.log(87.6)
    magnitude = np.abs(x)
    log_part = (1 + np.log(np.maximum(a * magnitude, 1.0))) / scale
    packed = np.where(magnitude < 1 / a, a * magnitude / scale, log_part)
    packed = (np.floor(packed * 127.999) + 0.5) / 128
    back = np.where(packed < 1 / scale, packed * scale / a, np.exp(packed * scale - 1) / a)
    return (np.sign(x) * back).astype(np.float32)


@cache
def _band_filter(low: float, high: float, rate: int) -> npt.NDArray[np.float64]:
    return np.asarray(butter(4, [low, min(high, rate / 2 - 50)], "bandpass", fs=rate, output="sos"))


def band(samples: Samples, rate: int, low: float = BAND_HZ[0], high: float = BAND_HZ[1]) -> Samples:
    """Keeps the telephone's band."""
    return np.asarray(sosfilt(_band_filter(low, high, rate), samples), np.float32)


def noise(count: int, rng: np.random.Generator, colour: Noise = Noise.PINK) -> Samples:
    """A noise of unit RMS: float32 [count]."""
    if colour is Noise.HUM:
        time = np.arange(count) / SAMPLE_RATE
        base = rng.uniform(45, 130)
        hum = sum(np.sin(2 * np.pi * base * k * time + rng.uniform(0, 6)) / k for k in range(1, 9))
        sound = np.asarray(hum) + 0.3 * rng.standard_normal(count)
    else:
        spectrum = np.fft.rfft(rng.standard_normal(count))
        slope = {Noise.WHITE: 0.0, Noise.PINK: 0.5, Noise.BROWN: 1.0}[colour]
        spectrum *= np.maximum(np.arange(len(spectrum)), 1.0) ** -slope
        sound = np.fft.irfft(spectrum, count)
    return (sound / max(float(np.sqrt(np.mean(sound**2))), 1e-9)).astype(np.float32)


def add_noise(samples: Samples, sound: Samples, snr_db: float) -> Samples:
    """Adds `sound` (as long as `samples`) so far below the speech."""
    wanted = level(samples) * 10 ** (-snr_db / 20)
    return (samples + sound * (wanted / max(level(sound), 1e-9))).astype(np.float32)


def room(samples: Samples, rng: np.random.Generator, seconds: float, wet: float) -> Samples:
    """Adds the echo of a room whose sound dies in `seconds`; `wet` is its share."""
    length = max(int(seconds * SAMPLE_RATE), 32)
    tail = rng.standard_normal(length) * 10 ** (-3 * np.arange(length) / length)
    tail[: int(rng.uniform(0.001, 0.004) * SAMPLE_RATE)] = 0
    tail *= wet / np.sqrt(np.sum(tail**2) + 1e-9)
    tail[0] = 1.0
    return np.asarray(fftconvolve(samples, tail)[: len(samples)], np.float32)


def lose_packets(samples: Samples, rng: np.random.Generator, share: float) -> Samples:
    """Replaces lost 20 ms packets by a fading repetition of the one before, as phones do."""
    step, out = 2 * _PACKET, samples.copy()
    for start in range(step, len(out) - step, step):
        if rng.random() < share:
            out[start : start + step] = 0.6 * out[start - step : start]
    return out


def in_quiet(sound: Sound) -> Sound:
    """With the moment before and behind it in which only the line will be heard."""
    return Sound(np.pad(sound.samples, int(QUIET_S * sound.sample_rate)), sound.sample_rate)


def telephone(
    sound: Sound,
    rng: np.random.Generator,
    *,
    snr_db: float = 20.0,
    law: Law = Law.A,
    colour: Noise = Noise.PINK,
    peak: float = 0.5,
) -> Samples:
    """Sends a sound through a telephone line: float32 [n] at 16 kHz, nothing above 4 kHz.

    Args:
        sound: any rate.
        rng: of the noise.
        snr_db: how far the noise lies below the speech, both in the telephone's band.
        law: of the companding.
        colour: of the noise.
        peak: the highest sample sent, of 1.
    """
    if len(sound.samples) == 0:
        return sound.samples
    samples = band(resample(sound.samples, sound.sample_rate, LINE_RATE), LINE_RATE)
    samples *= peak / max(float(np.abs(samples).max()), 1e-6)
    hiss = band(noise(len(samples), rng, colour), LINE_RATE)
    return resample(g711(add_noise(samples, hiss, snr_db), law), LINE_RATE, SAMPLE_RATE)
