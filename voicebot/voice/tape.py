"""Opus packets on their way into a recording: decoded a second at a time, in a thread."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from aiortc.codecs.opus import OpusDecoder
from aiortc.jitterbuffer import JitterFrame
from av import AudioFrame, FFmpegError
from av.audio.resampler import AudioResampler

from voicebot.speech.ear import SAMPLE_RATE

Sound = npt.NDArray[np.int16]
Coded = tuple[bytes, float]
"""A packet, and the second of the call at which it came."""


class Tape:
    """One channel's packets. `take` on the loop, `decode` in a thread, one batch at a time."""

    def __init__(self) -> None:
        self._coded: list[Coded] = []
        self._decoder = OpusDecoder()
        self._resampler = AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)

    def add(self, packet: bytes, at_s: float) -> None:
        """Takes a packet as it comes."""
        self._coded.append((packet, at_s))

    def take(self) -> list[Coded]:
        """What has gathered, and forgets it."""
        found, self._coded = self._coded, []
        return found

    def decode(self, batch: list[Coded]) -> list[tuple[Sound, float]]:
        """The sound of each packet, and the second at which it ended."""
        found: list[tuple[Sound, float]] = []
        for packet, at_s in batch:
            try:
                frames = self._decoder.decode(JitterFrame(data=packet, timestamp=0))
            except FFmpegError:  # a packet that is none becomes silence, like one that was lost
                continue
            for frame in frames:
                if isinstance(frame, AudioFrame):
                    frame.pts = None
                    parts = [part.to_ndarray() for part in self._resampler.resample(frame)]
                    found += [(part.reshape(-1).astype(np.int16), at_s) for part in parts]
        return found
