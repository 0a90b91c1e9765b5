"""How much voice is in a sound, by the Silero that faster-whisper ships."""

from __future__ import annotations

import numpy as np
from faster_whisper.vad import get_vad_model

from voicebot.speech.ear import SAMPLE_RATE, Samples

VOICE = 0.35
"""Probability from which a window holds voice; low, because a miss costs a caller's words."""
_WINDOW = 512
_LEAD = 16 * _WINDOW
"""Half a second of silence in front: Silero does not believe in a voice that is just there."""


def voice_seconds(samples: Samples) -> float:
    """Seconds of voice in float32 [n], 16 kHz."""
    behind = _WINDOW - len(samples) % _WINDOW
    found = get_vad_model()(np.pad(samples, (_LEAD, behind)).astype(np.float32))
    return float(np.count_nonzero(np.ravel(found) > VOICE)) * _WINDOW / SAMPLE_RATE
