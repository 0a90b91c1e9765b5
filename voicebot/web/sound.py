"""How loud each voice of a recording is, moment by moment: what is drawn, and found by ear."""

from __future__ import annotations

import logging
import wave
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

log = logging.getLogger(__name__)

FRAME_S = 0.02
"""One moment."""
AT_ONCE_S = 60
"""Read at a time, so that a long recording takes no more memory than a short one."""
MOST_VOICES = 8
QUIET = 500
"""Peaks of 16 bits below this are never taken for a voice …"""
FAINT = 0.06
"""… nor those below this share of the voice's own loud moments."""
PAUSE_S = 0.16
"""A shorter silence is part of the words around it."""
SHORTEST_S = 0.06
"""A shorter noise is a click."""

Span = tuple[float, float]
"""From and up to, in seconds."""


@dataclass(frozen=True, eq=False)
class Loudness:
    """The peaks of a recording, voice by voice."""

    peaks: npt.NDArray[np.uint16]
    """[moments, voices], each the loudest sample of a moment."""
    seconds: float

    @property
    def voices(self) -> int:
        """How many channels the recording has."""
        return self.peaks.shape[1]

    def spans(self, voice: int) -> tuple[Span, ...]:
        """When that voice is heard, its pauses left out."""
        return _spans(self.peaks[:, voice]) if voice < self.voices else ()


def loudness(file: Path) -> Loudness | None:
    """The loudness of a recording; None when there is nothing in it, or it cannot be read."""
    known = file.stat()
    return _read(file, known.st_mtime_ns, known.st_size)


@lru_cache(maxsize=64)
def _read(file: Path, changed: int, size: int) -> Loudness | None:
    try:
        with wave.open(str(file), "rb") as sound:
            return _measured(sound)
    except (wave.Error, EOFError) as error:
        log.warning("recording %s cannot be read: %s", file.name, error)
        return None


def _measured(sound: wave.Wave_read) -> Loudness | None:
    voices, rate = sound.getnchannels(), sound.getframerate()
    if sound.getsampwidth() != 2 or not 1 <= voices <= MOST_VOICES or not rate:
        return None
    each = max(1, round(rate * FRAME_S))
    found, read = [], 0
    while piece := sound.readframes(each * round(AT_ONCE_S / FRAME_S)):
        samples = np.frombuffer(piece[: len(piece) // (2 * voices) * 2 * voices], "<i2")
        samples = np.abs(samples.reshape(-1, voices).astype(np.int32))
        read += len(samples)
        starts = np.arange(0, len(samples), each)
        if len(starts):
            found.append(np.maximum.reduceat(samples, starts).astype(np.uint16))
    return Loudness(np.concatenate(found), read / rate) if found else None


def _spans(peaks: npt.NDArray[np.uint16]) -> tuple[Span, ...]:
    if not len(peaks):
        return ()
    heard = np.flatnonzero(peaks > max(QUIET, FAINT * float(np.percentile(peaks, 99))))
    if not len(heard):
        return ()
    gaps = np.flatnonzero(np.diff(heard) * FRAME_S > PAUSE_S + FRAME_S / 2)
    begins = heard[np.concatenate(([0], gaps + 1))] * FRAME_S
    ends = (heard[np.concatenate((gaps, [len(heard) - 1]))] + 1) * FRAME_S
    return tuple(
        (round(float(begin), 2), round(float(end), 2))
        for begin, end in zip(begins, ends, strict=True)
        if end - begin >= SHORTEST_S
    )
