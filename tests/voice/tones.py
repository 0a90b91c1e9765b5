"""Tones that tell who is heard: each person has one of her own."""

import asyncio

import numpy as np

from voicebot.speech.mouth import Sound


def tone(hertz, seconds=1.0):
    at = np.arange(int(seconds * 16_000)) / 16_000
    return Sound((0.3 * np.sin(2 * np.pi * hertz * at)).astype(np.float32), 16_000)


def holds(sound, hertz):
    """Whether a tone is in what was heard: some 100 ms of it stand clear of all else."""
    blocks = sound[: len(sound) // 1600 * 1600].reshape(-1, 1600)
    power = np.abs(np.fft.rfft(blocks * np.hanning(1600), axis=1)) ** 2
    at = hertz // 10
    share = power[:, at - 2 : at + 3].sum(axis=1) / (power.sum(axis=1) + 1e-9)
    return bool(((share > 0.6) & (power.sum(axis=1) > 50)).any())


async def hears(listener, speaker, hertz):
    """Whether a tone comes over, once it has had time to."""
    since = len(listener.earpiece.sound)
    await speaker.say(tone(hertz))
    await asyncio.sleep(0.5)
    return holds(listener.earpiece.sound[since:], hertz)
