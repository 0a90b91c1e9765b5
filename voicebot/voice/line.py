"""A WebRTC line: pipecat's connection and transport, set for a telephone call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from aiortc.sdp import SessionDescription
from pipecat.transports.base_transport import TransportParams
from pipecat.transports.smallwebrtc.connection import SmallWebRTCConnection
from pipecat.transports.smallwebrtc.transport import SmallWebRTCTransport

from voicebot.errors import BadInput
from voicebot.speech.ear import SAMPLE_RATE
from voicebot.voice.jitter import ReorderBuffer, hear_at_once
from voicebot.voice.outlet import Outlet

CONNECT_S = 15
"""A caller whose connection is not up by then never connects."""
_FOR_EVER_S = 7 * 24 * 3600.0


@dataclass(eq=False)
class Line:
    """One peer."""

    connection: SmallWebRTCConnection
    transport: SmallWebRTCTransport
    sdp: str
    """Of the answer."""
    type: str
    inlet: ReorderBuffer
    """What comes in, packet by packet."""
    outlet: Outlet = field(default_factory=Outlet)
    """What goes out."""
    opus: tuple[int, ...] = ()
    """The payload types that stand for Opus on this line."""
    sends_opus: bool = False
    heard: Callable[[npt.NDArray[np.int16]], None] | None = None
    """Given the line's sound, 16 kHz, while it is joined to a line that speaks no Opus."""


async def open_line(sdp: str, type: str) -> Line:
    """Answers an offer.

    Raises:
        BadInput: the offer cannot be used.
    """
    connection = SmallWebRTCConnection(connection_timeout_secs=CONNECT_S)
    try:
        await connection.initialize(sdp=sdp, type=type)
        answer = connection.get_answer()
        receivers = [t.receiver for t in connection.pc.getTransceivers() if t.kind == "audio"]
    except Exception as error:
        await connection.disconnect()
        raise BadInput(
            f"the WebRTC offer cannot be used ({error.__class__.__name__})",
            todo="send an SDP offer with an audio track",
        ) from error
    if answer is None or not receivers:
        await connection.disconnect()
        raise BadInput("the WebRTC offer has no audio", todo="add an audio track to the offer")
    inlets = [hear_at_once(receiver) for receiver in receivers]
    params = TransportParams(
        audio_in_enabled=True,
        audio_in_sample_rate=SAMPLE_RATE,
        audio_out_enabled=True,
        audio_out_sample_rate=SAMPLE_RATE,
        audio_out_10ms_chunks=2,
        audio_out_end_silence_secs=0,
        # While another line's packets go out, the bot's own words wait; pipecat would take the
        # far side for dead. The call sees by itself when that is so.
        audio_out_write_timeout_secs=_FOR_EVER_S,
    )
    transport = SmallWebRTCTransport(connection, params)
    opus, sends_opus = _opus(answer["sdp"])
    line = Line(connection, transport, answer["sdp"], answer["type"], inlets[0])
    line.opus, line.sends_opus = opus, sends_opus
    return line


def _opus(sdp: str) -> tuple[tuple[int, ...], bool]:
    """The payload types agreed for Opus, and whether it comes first: it is what is sent then."""
    sounds = [media for media in SessionDescription.parse(sdp).media if media.kind == "audio"]
    codecs = sounds[0].rtp.codecs if sounds else []
    opus = tuple(c.payloadType for c in codecs if c.name.lower() == "opus" and c.payloadType)
    return opus, bool(codecs) and codecs[0].name.lower() == "opus"
