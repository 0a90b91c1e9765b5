"""Noises that people make on the telephone and that are no words: synthesised, each different."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from voicebot.speech.ear import SAMPLE_RATE, Samples
from voicebot.speech.telephone import band

_PEAK = 0.4


def cough(rng: np.random.Generator) -> Samples:
    """One to three bursts of breath through an open throat."""
    bursts = [_burst(rng, rng.uniform(0.12, 0.22), 500, 2_500) for _ in range(rng.integers(1, 4))]
    return _joined(bursts, rng.uniform(0.08, 0.2))


def throat(rng: np.random.Generator) -> Samples:
    """A throat cleared: a rough, low voice in breath."""
    seconds = rng.uniform(0.3, 0.5)
    hum = _voice(seconds, rng.uniform(70, 110), rng, roughness=0.3)
    return _scaled(hum + 0.6 * _burst(rng, seconds, 300, 1_500)[: len(hum)])


def hm(rng: np.random.Generator) -> Samples:
    """A closed-mouth "hm": a voice with nothing above 500 Hz."""
    hum = _voice(rng.uniform(0.18, 0.35), rng.uniform(95, 210), rng, roughness=0.02)
    return _scaled(band(hum, SAMPLE_RATE, 80, 500) * np.float32(0.6), 0.25)


def door(rng: np.random.Generator) -> Samples:
    """A door that shuts: a low knock that dies, then a latch."""
    count = int(0.4 * SAMPLE_RATE)
    knock = band(rng.standard_normal(count).astype(np.float32), SAMPLE_RATE, 40, 300)
    knock *= np.exp(-np.arange(count) / (0.06 * SAMPLE_RATE)).astype(np.float32)
    return _joined([_scaled(knock), _burst(rng, 0.03, 1_000, 3_000)], 0.03)


def breath(rng: np.random.Generator) -> Samples:
    """A sigh into the microphone."""
    count = int(rng.uniform(0.6, 1.0) * SAMPLE_RATE)
    air = band(rng.standard_normal(count).astype(np.float32), SAMPLE_RATE, 300, 3_000)
    return _scaled(air * np.sin(np.linspace(0, np.pi, count)).astype(np.float32), 0.15)


def clatter(rng: np.random.Generator) -> Samples:
    """A cup put down: high partials that ring."""
    count = int(0.35 * SAMPLE_RATE)
    time = np.arange(count) / SAMPLE_RATE
    partials = [np.sin(2 * np.pi * rng.uniform(1_200, 3_300) * time) for _ in range(4)]
    ring = np.sum(partials, axis=0) * np.exp(-time / 0.06)
    return _scaled(ring.astype(np.float32))


def keys(rng: np.random.Generator) -> Samples:
    """Typing: a few clicks."""
    clicks = [_burst(rng, 0.012, 800, 3_400) for _ in range(rng.integers(3, 7))]
    return _joined(clicks, rng.uniform(0.09, 0.16))


NOISES: tuple[Callable[[np.random.Generator], Samples], ...] = (
    cough, hm, throat, door, hm, breath, cough, clatter, keys, hm,
)  # fmt: skip


def noise(number: int) -> tuple[str, Samples]:
    """The noise of that number: its name, and float32 [n] at 16 kHz in the telephone's band."""
    make = NOISES[number % len(NOISES)]
    return make.__name__, make(np.random.default_rng(number))


def _burst(rng: np.random.Generator, seconds: float, low: float, high: float) -> Samples:
    count = int(seconds * SAMPLE_RATE)
    air = band(rng.standard_normal(count).astype(np.float32), SAMPLE_RATE, low, high)
    rise = np.minimum(1, np.arange(count) / (0.008 * SAMPLE_RATE))
    fall = np.exp(-np.arange(count) / (0.3 * count))
    return _scaled((air * rise * fall).astype(np.float32))


def _voice(seconds: float, pitch: float, rng: np.random.Generator, roughness: float) -> Samples:
    count = int(seconds * SAMPLE_RATE)
    wobble = 1 + roughness * np.cumsum(rng.standard_normal(count)) / np.sqrt(SAMPLE_RATE)
    phase = 2 * np.pi * np.cumsum(pitch * wobble) / SAMPLE_RATE
    sound = np.sum([np.sin(k * phase) / k for k in range(1, 12)], axis=0)
    return _scaled((sound * np.sin(np.linspace(0, np.pi, count)) ** 0.5).astype(np.float32))


def _joined(pieces: list[Samples], gap_s: float) -> Samples:
    gap = np.zeros(int(gap_s * SAMPLE_RATE), np.float32)
    return np.concatenate([part for piece in pieces for part in (piece, gap)][:-1])


def _scaled(sound: Samples, peak: float = _PEAK) -> Samples:
    return (sound * np.float32(peak / max(float(np.abs(sound).max()), 1e-6))).astype(np.float32)
