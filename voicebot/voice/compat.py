"""The places where aiortc and pipecat offer no setting."""

from __future__ import annotations

import time
from typing import Any

from aiortc.jitterbuffer import JitterBuffer

from voicebot.errors import VoicebotError

_FOR_EVER_S = 7 * 24 * 3600.0


def replace_jitter_buffer(receiver: Any, buffer: JitterBuffer) -> None:
    """Gives an aiortc receiver another jitter buffer; pipecat does the same for screen video."""
    name = "_RTCRtpReceiver__jitter_buffer"
    if not hasattr(receiver, name):
        raise VoicebotError("this aiortc keeps its jitter buffer elsewhere (install aiortc 1.16)")
    setattr(receiver, name, buffer)


def keep_pace(track: Any) -> None:
    """Lets pipecat's track go on from now, instead of catching up on the time it was not asked."""
    if not (hasattr(track, "_start") and hasattr(track, "_timestamp")):
        raise VoicebotError("this pipecat keeps its pace elsewhere (install pipecat 1.14)")
    track._start = time.time() - track._timestamp / track._sample_rate


def never_idle(connection: Any) -> None:
    """Keeps pipecat from dropping packets because nobody has asked for sound for two seconds."""
    track = connection.audio_input_track()
    if not hasattr(track, "_idle_timeout"):
        raise VoicebotError("this pipecat keeps its patience elsewhere (install pipecat 1.14)")
    track._idle_timeout = _FOR_EVER_S
