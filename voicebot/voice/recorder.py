"""The recording of a call: caller left, bot right, as they were heard; readable whatever happens.

The sound is written every second with the header that fits it, so that a process killed leaves a
WAV file that is whole up to then. A full disk ends the recording, never the call.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from voicebot.speech.ear import SAMPLE_RATE

CALLER, BOT = 0, 1
_HEADER = 44
_FRAME = 4
"""Bytes of one sample of both channels."""
_SLACK = SAMPLE_RATE * 60 // 1000
"""A channel this far behind the time of the call has had a gap, which becomes silence: 60 ms."""
_AHEAD = SAMPLE_RATE // 2
"""A channel this far before the time of the call loses sound until it is level again: 0.5 s."""
_SETTLED = SAMPLE_RATE * 3 // 10
"""The newest 0.3 s wait in memory: one channel may still be late."""


class Recorder:
    """Collects both channels against the time of the call; `flush` writes. Not thread-safe."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._sides = ([np.zeros(0, np.int16)], [np.zeros(0, np.int16)])
        self._ends = [0, 0]
        self._written = 0
        self._file: BinaryIO | None = None

    def add(self, side: int, sound: npt.NDArray[np.int16], until_s: float) -> None:
        """Adds sound that ended `until_s` seconds after pick-up; a gap before it is silence."""
        gap = round(until_s * SAMPLE_RATE) - len(sound) - self._ends[side]
        if gap < -_AHEAD:
            return
        if gap > _SLACK:
            self._sides[side].append(np.zeros(gap, np.int16))
            self._ends[side] += gap
        self._sides[side].append(sound)
        self._ends[side] += len(sound)

    def take(self, until_s: float, *, last: bool = False) -> bytes:
        """The frames that are settled, interleaved, and forgets them."""
        end = max(self._ends) if last else round(until_s * SAMPLE_RATE) - _SETTLED
        count = end - self._written
        if count <= 0:
            return b""
        both = np.zeros((count, 2), "<i2")
        for side in (CALLER, BOT):
            sound = np.concatenate(self._sides[side])
            both[: len(sound[:count]), side] = sound[:count]
            self._sides[side][:] = [sound[count:]]
            self._ends[side] = max(self._ends[side], end)
        self._written = end
        return both.tobytes()

    def write(self, frames: bytes) -> None:
        """Appends frames and sets the header right.

        Raises:
            OSError: the disk refuses.
        """
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("wb")
            self._file.write(_header(0))
        self._file.seek(0, os.SEEK_END)
        self._file.write(frames)
        size = self._file.tell() - _HEADER
        self._file.seek(0)
        self._file.write(_header(size))
        self._file.flush()

    def close(self) -> None:
        """Closes the file, if there is one."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _header(size: int) -> bytes:
    """WAV header of `size` bytes of 16-bit stereo at 16 kHz."""
    rate = SAMPLE_RATE * _FRAME
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 2, SAMPLE_RATE, rate, _FRAME, 16)
    riff = b"RIFF" + struct.pack("<I", size + 36) + b"WAVE"
    return riff + form + b"data" + struct.pack("<I", size)


def repair(folder: Path) -> list[Path]:
    """Sets right the headers of recordings that a killed process left; says which."""
    repaired = []
    for path in sorted(folder.glob("*.wav")):
        size = path.stat().st_size - _HEADER
        size -= size % _FRAME
        if size < 0:
            continue
        with path.open("r+b") as file:
            if file.read(_HEADER) != _header(size):
                file.seek(0)
                file.write(_header(size))
                file.truncate(_HEADER + size)
                repaired.append(path)
    return repaired
