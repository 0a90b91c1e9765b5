"""A WebRTC line: pipecat's connection and transport, set for a telephone call."""

from __future__ import annotations

from dataclasses import dataclass

from pipecat.transports.base_transport import TransportParams
from pipecat.transports.smallwebrtc.connection import SmallWebRTCConnection
from pipecat.transports.smallwebrtc.transport import SmallWebRTCTransport

from voicebot.errors import BadInput
from voicebot.speech.ear import SAMPLE_RATE
from voicebot.voice.jitter import hear_at_once

CONNECT_S = 15
"""A caller whose connection is not up by then never connects."""


@dataclass(frozen=True)
class Line:
    """One peer."""

    connection: SmallWebRTCConnection
    transport: SmallWebRTCTransport
    sdp: str
    """Of the answer."""
    type: str


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
    for receiver in receivers:
        hear_at_once(receiver)
    params = TransportParams(
        audio_in_enabled=True,
        audio_in_sample_rate=SAMPLE_RATE,
        audio_out_enabled=True,
        audio_out_sample_rate=SAMPLE_RATE,
        audio_out_10ms_chunks=2,
        audio_out_end_silence_secs=0,
    )
    transport = SmallWebRTCTransport(connection, params)
    return Line(connection, transport, answer["sdp"], answer["type"])
