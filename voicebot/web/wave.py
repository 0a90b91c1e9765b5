"""A recording as a drawing: each voice on a line of its own, one below the other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from voicebot.web.labels import voice
from voicebot.web.sound import Loudness

WIDTH = 720
"""Columns of the drawing."""
HEIGHT = 40
"""Of one voice, in units of the drawing."""
FULL = 32768
SIDES = ("caller", "bot", "person")
"""Whose colour each channel has."""


@dataclass(frozen=True)
class Lane:
    """One voice."""

    side: str
    """caller, bot or person."""
    name: str
    path: str
    """A filled outline, as an SVG path in a box of the drawing's width x `HEIGHT`."""


@dataclass(frozen=True)
class Wave:
    """The drawing of a recording."""

    lanes: tuple[Lane, ...]
    seconds: float
    width: int
    lane_height: int = HEIGHT


def drawing(loud: Loudness, names: tuple[str, ...] = ()) -> Wave:
    """The drawing.

    Args:
        loud: the recording.
        names: of the voices, where they are known better than "Appelant", "Assistant" …
    """
    columns = min(WIDTH, len(loud.peaks))
    starts = np.arange(columns) * len(loud.peaks) // columns
    heights = np.maximum.reduceat(loud.peaks, starts).astype(np.float64) / FULL
    lanes = tuple(
        Lane(
            SIDES[min(number, len(SIDES) - 1)],
            names[number] if number < len(names) else voice(number),
            _outline(heights[:, number]),
        )
        for number in range(loud.voices)
    )
    return Wave(lanes, loud.seconds, columns)


def _outline(heights: npt.NDArray[np.float64]) -> str:
    """Up along the top from left to right, and back along the bottom."""
    middle = HEIGHT / 2
    # Speech is quiet most of the time; the root shows it without flattening what is loud.
    # Silence keeps a hair's breadth, so that a voice that says nothing is a line and not a gap.
    reach = np.maximum(0.4, (middle - 1) * np.sqrt(heights))
    above = [f"{x} {middle - y:.1f}" for x, y in enumerate(reach)]
    below = [f"{x} {middle + y:.1f}" for x, y in enumerate(reach)]
    return f"M{'L'.join([*above, *reversed(below)])}Z"
