"""The recording of a call: caller left, bot right, as they were heard; readable whatever happens.

A person who takes the call is a third channel, from then on; before, it is silent.

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

CALLER, BOT, PERSON = 0, 1, 2
_HEADER = 44
_CHANNELS_AT = 22
_SAMPLE = 2
"""Bytes of one sample of one channel."""
_SLACK = SAMPLE_RATE * 60 // 1000
"""A channel this far behind the time of the call has had a gap, which becomes silence: 60 ms."""
_AHEAD = SAMPLE_RATE // 2
"""A channel this far before the time of the call loses sound until it is level again: 0.5 s."""
_SETTLED = SAMPLE_RATE * 3 // 10
"""The newest 0.3 s wait in memory: one channel may still be late."""


Frames = npt.NDArray[np.int16]


class Recorder:
    """Collects the channels against the time of the call; `write` keeps them. Not thread-safe."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._sides = [[np.zeros(0, np.int16)], [np.zeros(0, np.int16)]]
        self._ends = [0, 0]
        self._written = 0
        self._file: BinaryIO | None = None
        self._in_file = 2

    def add(self, side: int, sound: npt.NDArray[np.int16], until_s: float) -> None:
        """Adds sound that ended `until_s` seconds after pick-up; a gap before it is silence."""
        while side >= len(self._sides):
            self._sides.append([np.zeros(0, np.int16)])
            self._ends.append(self._written)
        gap = round(until_s * SAMPLE_RATE) - len(sound) - self._ends[side]
        if gap < -_AHEAD:
            return
        if gap > _SLACK:
            self._sides[side].append(np.zeros(gap, np.int16))
            self._ends[side] += gap
        self._sides[side].append(sound)
        self._ends[side] += len(sound)

    def take(self, until_s: float, *, last: bool = False) -> Frames:
        """The frames that are settled, and forgets them: int16 [samples, channels]."""
        end = max(self._ends) if last else round(until_s * SAMPLE_RATE) - _SETTLED
        count = max(0, end - self._written)
        found = np.zeros((count, len(self._sides)), "<i2")
        if not count:
            return found
        for side, pieces in enumerate(self._sides):
            sound = np.concatenate(pieces)
            found[: len(sound[:count]), side] = sound[:count]
            pieces[:] = [sound[count:]]
            self._ends[side] = max(self._ends[side], end)
        self._written = end
        return found

    def write(self, frames: Frames) -> None:
        """Appends frames and sets the header right.

        Raises:
            OSError: the disk refuses.
        """
        channels = frames.shape[1]
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file, self._in_file = self.path.open("w+b"), channels
            self._file.write(_header(0, channels))
        if channels > self._in_file:
            self._file = _widened(self._file, self.path, self._in_file, channels)
            self._in_file = channels
        self._file.seek(0, os.SEEK_END)
        self._file.write(frames.tobytes())
        size = self._file.tell() - _HEADER
        self._file.seek(0)
        self._file.write(_header(size, channels))
        self._file.flush()

    def close(self) -> None:
        """Closes the file, if there is one."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _widened(file: BinaryIO, path: Path, before: int, channels: int) -> BinaryIO:
    """The same recording with more channels, silent so far; whole at its place at any moment."""
    file.seek(_HEADER)
    sound = np.frombuffer(file.read(), "<i2")
    frames = np.zeros((len(sound) // before, channels), "<i2")
    frames[:, :before] = sound[: len(frames) * before].reshape(-1, before)
    beside = path.with_suffix(".part")
    wider = beside.open("w+b")
    wider.write(_header(frames.nbytes, channels))
    wider.write(frames.tobytes())
    wider.flush()
    beside.replace(path)
    file.close()
    return wider


def _header(size: int, channels: int = 2) -> bytes:
    """WAV header of `size` bytes of 16-bit sound at 16 kHz."""
    frame = channels * _SAMPLE
    rate = SAMPLE_RATE * frame
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, channels, SAMPLE_RATE, rate, frame, 16)
    riff = b"RIFF" + struct.pack("<I", size + 36) + b"WAVE"
    return riff + form + b"data" + struct.pack("<I", size)


def repair(folder: Path) -> list[Path]:
    """Sets right the headers of recordings that a killed process left; says which."""
    for unfinished in folder.glob("*.part"):  # the recording itself is whole beside it
        unfinished.unlink()
    repaired = []
    for path in sorted(folder.glob("*.wav")):
        size = path.stat().st_size - _HEADER
        if size < 0:
            continue
        with path.open("r+b") as file:
            head = file.read(_HEADER)
            channels = struct.unpack_from("<H", head, _CHANNELS_AT)[0] or 2
            size -= size % (channels * _SAMPLE)
            if head != _header(size, channels):
                file.seek(0)
                file.write(_header(size, channels))
                file.truncate(_HEADER + size)
                repaired.append(path)
    return repaired
