"""What a line sends: its own words at their pace, or another line's packets as they come."""

from __future__ import annotations

import asyncio
from fractions import Fraction
from typing import Any, TypeAlias

from aiortc.mediastreams import MediaStreamError, MediaStreamTrack
from av import AudioFrame, Packet
from pipecat.transports.smallwebrtc.connection import SmallWebRTCConnection

from voicebot.speech.ear import SAMPLE_RATE
from voicebot.voice.compat import keep_pace

RATE = 48_000
"""Ticks of the line's time line, and Opus' own: a second."""
_TICK = Fraction(1, RATE)
_PACKET = RATE // 50
_STEP = RATE // 100
_JUMP = RATE * 5
"""A packet this far from the one before belongs to another stream, or follows a long break."""
Piece: TypeAlias = "AudioFrame | Packet[Any]"
"""20 ms, or 10 of the bot's words."""
_WAITING = 25
"""Packets that may wait to be sent: 0.5 s. More is a line that hangs; the oldest are dropped."""


class Outlet(MediaStreamTrack):
    """One track for the whole call: the far side never notices who speaks.

    While something is passed on, each packet goes out as it comes, encoded as it was: no decoder,
    no encoder and no queue's pace add to its way. All has one time line, that of the call.
    """

    kind = "audio"

    def __init__(self) -> None:
        super().__init__()
        self._words: MediaStreamTrack | None = None
        self._passed: asyncio.Queue[tuple[Piece, int] | None] = asyncio.Queue()
        self._passing = False
        self._began: float | None = None
        self._at = 0
        self._shift: int | None = None

    def take_over(self, connection: SmallWebRTCConnection) -> None:
        """Stands between pipecat's own track, which has the bot's words, and the line."""
        sender = connection.pc.getTransceivers()[0].sender
        self._words = sender.track
        connection.replace_audio_track(self)

    @property
    def passing(self) -> bool:
        """Whether it sends what another line gives."""
        return self._passing

    def pass_on(self) -> None:
        """From now on sends what `packet` and `sound` give, and none of the bot's words."""
        if not self._passing:
            self._passing, self._shift = True, None

    def speak(self) -> None:
        """From now on sends the bot's words again."""
        if self._passing:
            self._passing = False
            if self._words is not None:
                keep_pace(self._words)
            self._passed.put_nowait(None)

    def packet(self, data: bytes, timestamp: int) -> None:
        """Passes an Opus packet on; `timestamp` is that of the line it comes from."""
        packet: Packet[Any] = Packet(data)
        packet.time_base = _TICK
        self._put(packet, timestamp)

    def sound(self, frame: AudioFrame, timestamp: int) -> None:
        """Passes decoded sound on, for lines that do not speak Opus."""
        self._put(frame, timestamp)

    def _put(self, item: Piece, timestamp: int) -> None:
        if not self._passing:
            return
        while self._passed.qsize() >= _WAITING:
            self._passed.get_nowait()
        self._passed.put_nowait((item, timestamp))

    async def recv(self) -> Piece:
        """The next piece, when its time has come."""
        if self._began is None:
            self._began = asyncio.get_running_loop().time()
        while self._passing:
            found = await self._passed.get()
            if found is not None and self._passing:
                return self._stamped(*found)
        while not self._passed.empty():  # what came too late to be passed on
            self._passed.get_nowait()
        if self._words is None:
            raise MediaStreamError
        frame = await self._words.recv()
        assert isinstance(frame, AudioFrame)
        if self._shift is not None:
            self._shift, self._at = None, self._now()
        frame.pts, frame.time_base = self._at * SAMPLE_RATE // RATE, Fraction(1, SAMPLE_RATE)
        self._at += _STEP
        return frame

    def _stamped(self, item: Piece, timestamp: int) -> Piece:
        """On this line's time line; breaks in the stream that is passed on stay breaks."""
        at = None if self._shift is None else (timestamp + self._shift) & 0xFFFFFFFF
        if at is None or not self._at - _PACKET < at < self._at + _JUMP:
            at = self._now()
            self._shift = at - timestamp
        if isinstance(item, AudioFrame):
            item.pts, item.time_base = at * item.sample_rate // RATE, Fraction(1, item.sample_rate)
        else:
            item.pts = at
        self._at = at + _PACKET
        return item

    def _now(self) -> int:
        """The time line's now; never behind what was sent."""
        since = asyncio.get_running_loop().time() - (self._began or 0.0)
        return max(self._at, int(since * RATE) // _STEP * _STEP)

    def stop(self) -> None:
        """Ends it, and the words."""
        super().stop()
        if self._words is not None:
            self._words.stop()
