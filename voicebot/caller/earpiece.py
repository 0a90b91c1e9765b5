"""What the caller hears: every sample with its instant, and whether a voice is in it."""

from __future__ import annotations

import asyncio
from bisect import bisect_left, bisect_right
from itertools import pairwise

import numpy as np
from aiortc.mediastreams import MediaStreamError, MediaStreamTrack
from av import AudioFrame
from av.audio.resampler import AudioResampler

from voicebot.clock import Clock, SystemClock
from voicebot.speech.ear import SAMPLE_RATE, Samples

BLOCK = SAMPLE_RATE // 200
"""Samples judged together: 5 ms."""
VOICED = 0.004
"""RMS over which a block is voiced: -48 dBFS. The bot sends digital silence between its words."""
_MOST_LEAD_S = 0.02


class Earpiece:
    """Listens to a track as a loudspeaker would play it."""

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock or SystemClock()
        self._resampler = AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
        self._rest = np.zeros(0, np.float32)
        self._sound: list[Samples] = []
        self._ends = 0.0
        self._voiced: list[float] = []
        self._heard = asyncio.Event()
        self.last_at: float | None = None
        """When the latest sample was heard."""

    async def listen(self, track: MediaStreamTrack) -> None:
        """Hears a track to its end."""
        while True:
            try:
                frame = await track.recv()
            except MediaStreamError:
                return
            if isinstance(frame, AudioFrame):
                self.hear(frame)

    def hear(self, frame: AudioFrame) -> None:
        """Takes a frame that has just come."""
        now = self._clock.monotonic()
        for part in self._resampler.resample(frame):
            samples = (part.to_ndarray().reshape(-1) / 32768).astype(np.float32)
            # A loudspeaker plays on where it is: frames that come together are heard one after
            # the other; after a gap it starts anew.
            starts = min(max(now, self._ends), now + _MOST_LEAD_S)
            self._ends = starts + len(samples) / SAMPLE_RATE
            self._judge(samples, starts)
            self._sound.append(samples)
        self._heard.set()

    def _judge(self, samples: Samples, starts: float) -> None:
        held = len(self._rest)
        joined = np.concatenate([self._rest, samples])
        whole = len(joined) // BLOCK * BLOCK
        blocks = joined[:whole].reshape(-1, BLOCK)
        loud = np.sqrt(np.mean(blocks**2, axis=1)) > VOICED
        begins = starts + (np.arange(len(blocks)) * BLOCK - held) / SAMPLE_RATE
        self._voiced.extend(begins[loud].tolist())
        self._rest = joined[whole:]
        self.last_at = self._ends

    @property
    def sound(self) -> Samples:
        """Everything heard: float32 [n], 16 kHz."""
        return np.concatenate([np.zeros(0, np.float32), *self._sound])

    def first_voiced(self, after: float) -> float | None:
        """The first voiced instant at or after `after`."""
        at = bisect_left(self._voiced, after)
        return self._voiced[at] if at < len(self._voiced) else None

    def last_voiced(self, before: float | None = None) -> float | None:
        """The last voiced instant (before `before`), the end of its block."""
        at = len(self._voiced) if before is None else bisect_right(self._voiced, before)
        return self._voiced[at - 1] + BLOCK / SAMPLE_RATE if at else None

    def voiced_in(self, begin: float, end: float) -> bool:
        """Whether a voice was heard between two instants."""
        first = self.first_voiced(begin)
        return first is not None and first < end

    def falls_silent(self, after: float, gap_s: float) -> float | None:
        """When the voice heard from `after` on first stops for `gap_s`; None if it never does."""
        voiced = self._voiced[bisect_left(self._voiced, after) :]
        if not voiced:
            return None
        for this, following in pairwise([*voiced, voiced[-1] + gap_s + 1]):
            if following - this > gap_s:
                return this + BLOCK / SAMPLE_RATE
        return None

    def speaking(self, within_s: float = 0.1) -> bool:
        """Whether a voice was heard just now."""
        last = self.last_voiced()
        return last is not None and self._clock.monotonic() - last < within_s

    async def wait(self, timeout_s: float) -> None:
        """Until a frame comes, or the time is over."""
        self._heard.clear()
        try:
            await asyncio.wait_for(self._heard.wait(), timeout_s)
        except TimeoutError:
            return
