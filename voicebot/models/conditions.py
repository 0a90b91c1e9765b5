"""How the same sentences reach the ear: who speaks, how fast, and over which line."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from voicebot.speech.ear import SAMPLE_RATE, Samples
from voicebot.speech.mouth import Sound
from voicebot.speech.telephone import Law, in_quiet, lose_packets, resample, telephone


@dataclass(frozen=True)
class Condition:
    """A speaker's way and a line; as it stands, the one under which figures are compared."""

    name: str = "line"
    snr_db: float | None = 20.0
    """How far the noise lies below the speech; None is no line at all: clean, 16 kHz."""
    lost: float = 0.0
    """Share of the packets of 20 ms that are lost, in bursts."""
    pace: float = 1.0
    """Times the words a minute."""
    tract: float = 1.0
    """Times the length of the vocal tract, formants and pitch with it: 0.8 is a child's."""

    def spoken(self, sound: Sound) -> Sound:
        """As somebody with that vocal tract says it; the pace stays the synthesiser's."""
        if self.tract == 1.0:
            return sound
        warped = resample(sound.samples, sound.sample_rate / self.tract, sound.sample_rate)
        return Sound(warped, sound.sample_rate)

    def words_a_minute(self, rate: int) -> int:
        """What the synthesiser must be told, so that the pace is right after `spoken`."""
        return round(rate * self.pace * self.tract)

    def heard(self, sound: Sound, law: Law, rng: np.random.Generator) -> Samples:
        """What comes out of the line: float32 [n], 16 kHz, quiet around the words."""
        sound = in_quiet(sound)
        if self.snr_db is None:
            return resample(sound.samples, sound.sample_rate, SAMPLE_RATE)
        samples = telephone(sound, rng, snr_db=self.snr_db, law=law)
        return lose_packets(samples, rng, self.lost) if self.lost else samples


LINE = Condition()
CONDITIONS = (
    Condition("clean", snr_db=None),
    LINE,
    Condition("noise_10_db", snr_db=10.0),
    Condition("lost_5_percent", lost=0.05),
    Condition("slow", pace=0.7),
    Condition("fast", pace=1.35),
    Condition("older", pace=0.85, tract=1.12),
    Condition("child", tract=0.8),
)
"""Each differs from LINE in what its name says."""


def find_condition(name: str) -> Condition | None:
    """The condition of that name."""
    return next((c for c in CONDITIONS if c.name == name), None)
