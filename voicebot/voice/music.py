"""The music on hold: a quiet broken chord, made here, so that it is free of anybody's rights."""

from __future__ import annotations

from functools import cache

import numpy as np

from voicebot.speech.ear import SAMPLE_RATE, Samples

_CHORDS = (
    (60, 64, 67, 71, 76, 71, 67, 64),
    (57, 64, 67, 72, 76, 72, 67, 64),
    (53, 60, 65, 69, 76, 69, 65, 60),
    (55, 62, 67, 71, 74, 71, 67, 62),
)
"""C, A minor, F and G, each as the eight notes of its bar, numbered as in MIDI."""
_NOTE_S = 0.42
_DIES_S = 1.1
"""Time in which a note falls to a third."""
_RINGS_S = 4.0
_PARTIALS = ((1, 1.0), (2, 0.35), (3, 0.12), (4, 0.05))
"""Multiples of a note's frequency, and how loud: a telephone carries nothing under 300 Hz."""
_LEVEL = 0.03
"""RMS: -30 dBFS, well under a voice."""


@cache
def music() -> Samples:
    """One round of it, 13 s: float32 [n] at 16 kHz; its end goes over into its beginning."""
    notes = [note + 12 for bar in _CHORDS for note in bar]
    step = int(_NOTE_S * SAMPLE_RATE)
    sound = np.zeros(step * len(notes), np.float32)
    for place, note in enumerate(notes):
        at = np.arange(place * step, place * step + int(_RINGS_S * SAMPLE_RATE)) % len(sound)
        sound[at] += _plucked(440 * 2 ** ((note - 69) / 12))
    return (sound * (_LEVEL / np.sqrt(np.mean(sound**2)))).astype(np.float32)


def _plucked(hertz: float) -> Samples:
    seconds = np.arange(int(_RINGS_S * SAMPLE_RATE)) / SAMPLE_RATE
    tone = sum(
        loud * np.sin(2 * np.pi * hertz * partial * seconds) * np.exp(-seconds * partial / _DIES_S)
        for partial, loud in _PARTIALS
    )
    swell = np.minimum(1, seconds / 0.02)
    fade = np.minimum(1, (_RINGS_S - seconds) / 0.2)
    return np.asarray(tone * swell * fade, np.float32)
