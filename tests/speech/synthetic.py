"""Phoneme probabilities of a text, as a perfect head would give them."""

from __future__ import annotations

import numpy as np

from voicebot.speech.decoder import LogProbabilities
from voicebot.speech.phones import INDEX, plain, spoken


def logs_of(text: str, spoilt: float = 0.0, seed: int = 1) -> LogProbabilities:
    """One frame a phoneme, blanks between; `spoilt` is the share of phonemes made unclear."""
    rng = np.random.default_rng(seed)
    phones = plain(spoken(text))
    logs = np.full((3 * len(phones) + 6, len(INDEX)), -8.0, np.float32)
    logs[:, 0] = -0.01
    for i, phone in enumerate(phones):
        frame = logs[3 + 3 * i]
        frame[:] = -8.0
        frame[INDEX[phone]] = -0.05
        if rng.random() < spoilt:
            frame[:] = -3.3
    return logs
