"""Is this sound periodic, as a voice is?

What Silero does not take for speech may still be a person: a hoarse voice, a child, a poor line.
"""

from __future__ import annotations

import numpy as np

from voicebot.speech.ear import SAMPLE_RATE, Samples

_HIGHEST_HZ = 400
_LOWEST_HZ = 75
_SHORTEST = SAMPLE_RATE // _HIGHEST_HZ
_LONGEST = SAMPLE_RATE // _LOWEST_HZ


def periodicity(samples: Samples) -> float:
    """How much the sound repeats itself at the pitch of a voice, from 0 to 1.

    The highest normalised autocorrelation between 75 and 400 Hz. Breath, a door and the clatter
    of a keyboard stay below 0.5; vowels are above 0.7.

    Args:
        samples: float32 [n], 16 kHz; at least 30 ms, so that two periods of a low voice fit.
    """
    sound = samples - samples.mean()
    size = 1 << (2 * len(sound) - 1).bit_length()
    spectrum = np.fft.rfft(sound, size)
    again = np.fft.irfft(spectrum * np.conj(spectrum), size)[: len(sound)]
    energy = np.cumsum(np.square(sound, dtype=np.float64))
    total = float(energy[-1])
    if total <= 0:
        return 0.0
    lags = np.arange(_SHORTEST, min(_LONGEST, len(sound) - 1))
    head = energy[len(sound) - 1 - lags]
    tail = total - energy[lags - 1]
    return float(np.max(again[lags] / np.sqrt(np.maximum(head * tail, 1e-12))))
