"""Makes sounds of any origin alike: no silence around them, and one level."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from voicebot.speech.ear import SAMPLE_RATE, Samples
from voicebot.speech.telephone import level

LEVEL = 0.1
"""RMS of the loud part of a prompt (-20 dBFS), as telephone announcements are recorded."""
PEAK = 0.9
"""The highest sample, so that loudness never clips."""
SILENCE = 10 ** (-40 / 20)
"""A block this far below the loudest is silence."""
HEAD = SAMPLE_RATE // 100
"""Samples kept before the first sound: 10 ms, for the onset of a soft consonant."""
TAIL = SAMPLE_RATE // 20
"""Samples kept behind the last sound: 50 ms, for its decay."""
_BLOCK = SAMPLE_RATE // 200


def voiced_span(samples: Samples, silence: float = SILENCE) -> tuple[int, int] | None:
    """First and last voiced sample (end excluded), in blocks of 5 ms; None for a silent sound."""
    blocks = block_levels(samples)
    top = float(blocks.max()) if len(blocks) else 0.0
    if top < 1e-4:
        return None
    loud = np.flatnonzero(blocks > silence * top)
    return int(loud[0]) * _BLOCK, min(int(loud[-1] + 1) * _BLOCK, len(samples))


def block_levels(samples: Samples, block: int = _BLOCK) -> npt.NDArray[np.float32]:
    """RMS of each block; an unfinished last block counts as whole: float32 [ceil(n / block)]."""
    padded = np.pad(samples, (0, -len(samples) % block))
    return np.sqrt(np.mean(padded.reshape(-1, block) ** 2, axis=1)).astype(np.float32)


def trim(samples: Samples) -> Samples:
    """Cuts the silence at both ends, which the caller would wait through."""
    span = voiced_span(samples)
    if span is None:
        return samples[:0]
    return samples[max(0, span[0] - HEAD) : span[1] + TAIL]


def normalise(samples: Samples) -> Samples:
    """Brings a sound to LEVEL, or as near as PEAK allows."""
    if len(samples) == 0:
        return samples
    gain = LEVEL / max(level(samples), 1e-6)
    gain = min(gain, PEAK / max(float(np.abs(samples).max()), 1e-6))
    return (samples * np.float32(gain)).astype(np.float32)
