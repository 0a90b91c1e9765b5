"""The place where aiortc offers no setting."""

from __future__ import annotations

from typing import Any

from aiortc.jitterbuffer import JitterBuffer

from voicebot.errors import VoicebotError


def replace_jitter_buffer(receiver: Any, buffer: JitterBuffer) -> None:
    """Gives an aiortc receiver another jitter buffer; pipecat does the same for screen video."""
    name = "_RTCRtpReceiver__jitter_buffer"
    if not hasattr(receiver, name):
        raise VoicebotError("this aiortc keeps its jitter buffer elsewhere (install aiortc 1.16)")
    setattr(receiver, name, buffer)
