"""Rooms, lines and noises, so that the ear hears people and not synthesisers."""

from __future__ import annotations

from random import Random

import numpy as np
from scipy.signal import butter, sosfilt

from voicebot.speech.ear import SAMPLE_RATE, Samples
from voicebot.speech.telephone import (
    LINE_RATE,
    Law,
    Noise,
    add_noise,
    band,
    g711,
    lose_packets,
    noise,
    resample,
    room,
)


def tilt(samples: Samples, rng: Random) -> Samples:
    """Another microphone: a gentle random curve over the spectrum."""
    spectrum = np.fft.rfft(samples)
    knots = [rng.gauss(0, 4) for _ in range(7)]
    position = np.linspace(0, 6, len(spectrum)) ** 0.7 * 6**0.3
    decibels = np.interp(position, range(7), knots)
    return np.fft.irfft(spectrum * 10 ** (decibels / 20), len(samples)).astype(np.float32)


def background(count: int, rng: Random, voices: list[Samples]) -> Samples:
    """A noise: float32 [count]; sometimes other people talking."""
    source = np.random.default_rng(rng.getrandbits(32))
    if voices and rng.random() < 0.2:
        babble = np.zeros(count, np.float32)
        for voice in voices:
            babble += np.resize(np.roll(voice, rng.randrange(max(1, len(voice)))), count)
        return babble
    sound = noise(count, source, rng.choice(list(Noise)))
    if rng.random() < 0.3:  # noises come and go
        swing = np.interp(np.arange(count), np.linspace(0, count, 9), source.uniform(0.1, 1, 9))
        sound = (sound * swing).astype(np.float32)
    if rng.random() < 0.2:  # a car, a fan
        sos = butter(2, rng.uniform(200, 2_000), fs=SAMPLE_RATE, output="sos")
        sound = np.asarray(sosfilt(sos, sound), np.float32)
    return sound


def line(samples: Samples, rng: Random) -> Samples:
    """A telephone line, or the browser's wide band."""
    if rng.random() < 0.25:
        return samples
    source = np.random.default_rng(rng.getrandbits(32))
    low, high = rng.uniform(120, 350), rng.uniform(3_000, 3_800)
    narrow = band(resample(samples, SAMPLE_RATE, LINE_RATE), LINE_RATE, low, high)
    peak = max(float(np.abs(narrow).max()), 1e-6)
    narrow = g711(narrow * (rng.uniform(0.05, 0.9) / peak), rng.choice(list(Law)))
    wide = resample(narrow, LINE_RATE, SAMPLE_RATE)
    return lose_packets(wide, source, rng.uniform(0, 0.06)) if rng.random() < 0.15 else wide


def spoil(samples: Samples, rng: Random, voices: list[Samples]) -> Samples:
    """One random way from the mouth to the ear; the length stays."""
    count = len(samples)
    if rng.random() < 0.7:
        samples = tilt(samples, rng)
    if rng.random() < 0.45:
        source = np.random.default_rng(rng.getrandbits(32))
        samples = room(samples, source, rng.uniform(0.05, 0.6), rng.uniform(0.1, 0.8))
    if rng.random() < 0.06:  # too loud for the microphone
        top = float(np.abs(samples).max()) * rng.uniform(0.3, 0.8)
        samples = np.clip(samples, -top, top)
    if rng.random() < 0.9:
        snr = rng.uniform(6, 32)
        samples = add_noise(samples, background(count, rng, voices), snr)
    samples = line(samples, rng)
    if len(samples) < count:
        samples = np.pad(samples, (0, count - len(samples)))
    return samples[:count]


def no_speech(count: int, rng: Random) -> Samples:
    """Noise, hum, tones, breath, clicks: what must be heard as nothing."""
    source = np.random.default_rng(rng.getrandbits(32))
    sound = background(count, rng, []) * rng.uniform(0.001, 0.1)
    time = np.arange(count) / SAMPLE_RATE
    kind = rng.random()
    if kind < 0.25:  # music: a few notes
        for _ in range(rng.randint(2, 8)):
            start, pitch = rng.uniform(0, count / SAMPLE_RATE), rng.uniform(80, 1_500)
            envelope = np.where(time > start, np.exp(-(time - start) * rng.uniform(1, 6)), 0)
            for k in range(1, rng.randint(2, 6)):
                sound = sound + 0.1 / k * envelope * np.sin(2 * np.pi * pitch * k * time)
    elif kind < 0.5:  # breath, cough, knock: short bursts
        for _ in range(rng.randint(1, 4)):
            start, length = rng.uniform(0, count / SAMPLE_RATE), rng.uniform(0.03, 0.5)
            burst = np.exp(-(((time - start) / length) ** 2) * 8)
            colour = rng.choice((Noise.WHITE, Noise.PINK, Noise.BROWN))
            sound = sound + 0.2 * burst * noise(count, source, colour)
    elif kind < 0.65:  # a tone of the network
        tone = np.sin(2 * np.pi * rng.choice((425, 440, 950, 1_400)) * time)
        sound = sound + 0.1 * tone * (np.sin(2 * np.pi * rng.uniform(0.2, 2) * time) > 0)
    return line(sound.astype(np.float32), rng)[:count]
