"""A recording as a drawing: the caller above the middle, the bot below."""

from __future__ import annotations

import logging
import wave
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

log = logging.getLogger(__name__)

WIDTH = 480
"""Columns of the drawing."""
LONGEST_S = 3600
"""A longer recording is played without being drawn: reading it would make the page wait."""


@dataclass(frozen=True)
class Wave:
    """Two filled outlines, as SVG paths in a box of `width` x 100."""

    caller: str
    bot: str
    width: int = WIDTH


def drawing(file: Path) -> Wave | None:
    """The drawing of a two-channel recording; None when it cannot be read or is too long."""
    known = file.stat()
    return _drawn(file, known.st_mtime_ns, known.st_size)


@lru_cache(maxsize=64)
def _drawn(file: Path, changed: int, size: int) -> Wave | None:
    try:
        with wave.open(str(file), "rb") as sound:
            frames, rate = sound.getnframes(), sound.getframerate()
            if sound.getnchannels() != 2 or sound.getsampwidth() != 2 or not frames:
                return None
            if frames > LONGEST_S * rate:
                return None
            data = np.frombuffer(sound.readframes(frames), dtype="<i2")
    except (wave.Error, EOFError) as error:
        log.warning("recording %s cannot be drawn: %s", file.name, error)
        return None
    channels = np.abs(data[: len(data) // 2 * 2].reshape(-1, 2).astype(np.float32)) / 32768
    peaks = np.stack([part.max(axis=0) for part in np.array_split(channels, WIDTH) if len(part)])
    # Speech is quiet most of the time; the root shows it without flattening what is loud.
    heights = 48 * np.sqrt(peaks)
    return Wave(_outline(50 - heights[:, 0]), _outline(50 + heights[:, 1]), len(heights))


def _outline(edge: np.ndarray) -> str:
    points = " ".join(f"L{x} {y:.1f}" for x, y in enumerate(edge))
    return f"M0 50 {points} L{len(edge) - 1} 50Z"
