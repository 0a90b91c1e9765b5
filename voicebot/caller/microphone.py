"""What the caller's telephone sends: speech in real time, and the line's noise between."""

from __future__ import annotations

import asyncio
import fractions
from collections import deque
from dataclasses import dataclass, field

import numpy as np
from aiortc.mediastreams import MediaStreamError, MediaStreamTrack
from av import AudioFrame

from voicebot.clock import Clock, SystemClock
from voicebot.speech.ear import SAMPLE_RATE, Samples
from voicebot.speech.loudness import voiced_span

FRAME = SAMPLE_RATE // 50
"""Samples of one packet: 20 ms."""


@dataclass
class Said:
    """Something said into the microphone, with the instants at which it was."""

    samples: Samples
    voiced: tuple[int, int] | None
    """First and last voiced sample, the end excluded."""
    first_voiced_at: float | None = None
    """On the clock's monotonic seconds; None until it has been sent."""
    last_voiced_at: float | None = None
    done: asyncio.Event = field(default_factory=asyncio.Event)
    position: int = 0


class Microphone(MediaStreamTrack):
    """A track that sends 20 ms of 16 kHz mono every 20 ms, as a telephone does.

    A frame goes out when its last sample has been spoken: the time that packets take to fill is
    part of every delay measured here.
    """

    kind = "audio"

    def __init__(self, background: Samples | None = None, clock: Clock | None = None) -> None:
        """Starts silent; `background` is the noise of the line, repeated for ever."""
        super().__init__()
        self._clock = clock or SystemClock()
        self._background = background
        self._to_say: deque[Said] = deque()
        self._began: float | None = None
        self._frames = 0

    def say(self, samples: Samples, voiced: tuple[int, int] | None = None) -> Said:
        """Says `samples` from the next frame on, after what is being said.

        Args:
            samples: float32 [n], 16 kHz.
            voiced: where its voice begins and ends, if known better than by its energy.
        """
        said = Said(samples, voiced or voiced_span(samples))
        if len(samples) == 0:
            said.done.set()
        else:
            self._to_say.append(said)
        return said

    def hush(self) -> None:
        """Stops speaking in the middle of a word."""
        while self._to_say:
            self._to_say.popleft().done.set()

    async def recv(self) -> AudioFrame:
        """The next 20 ms, when their time has come."""
        if self.readyState != "live":
            raise MediaStreamError
        if self._began is None:
            self._began = self._clock.monotonic()
        self._frames += 1
        await asyncio.sleep(
            max(0.0, self._began + self._frames * FRAME / SAMPLE_RATE - self._clock.monotonic())
        )
        samples = self._noise()
        self._speak(samples, self._clock.monotonic() - FRAME / SAMPLE_RATE)
        pcm = (np.clip(samples, -1, 1) * 32767).astype(np.int16)
        frame = AudioFrame.from_ndarray(pcm.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = SAMPLE_RATE
        frame.pts = (self._frames - 1) * FRAME
        frame.time_base = fractions.Fraction(1, SAMPLE_RATE)
        return frame

    def _noise(self) -> Samples:
        if self._background is None or len(self._background) == 0:
            return np.zeros(FRAME, np.float32)
        at = np.arange(FRAME) + self._frames * FRAME
        return self._background.take(at, mode="wrap")

    def _speak(self, frame: Samples, starts_at: float) -> None:
        """Adds what is being said to a frame whose first sample is spoken at `starts_at`."""
        filled = 0
        while filled < FRAME and self._to_say:
            said = self._to_say[0]
            piece = said.samples[said.position : said.position + FRAME - filled]
            frame[filled : filled + len(piece)] += piece
            _note(said, len(piece), starts_at + filled / SAMPLE_RATE)
            filled += len(piece)
            if said.position >= len(said.samples):
                self._to_say.popleft().done.set()


def _note(said: Said, sent: int, at: float) -> None:
    """Moves `said` on by `sent` samples, the first of them spoken `at`; notes its voiced ends."""
    begin, said.position = said.position, said.position + sent
    if said.voiced is None:
        return
    first, end = said.voiced
    if begin <= first < said.position:
        said.first_voiced_at = at + (first - begin) / SAMPLE_RATE
    if begin < end <= said.position:
        said.last_voiced_at = at + (end - begin) / SAMPLE_RATE
