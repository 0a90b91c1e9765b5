"""The mouth: what every voice of this project offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from voicebot.speech.ear import Samples


@dataclass(frozen=True)
class Sound:
    """Mono sound: float32 [n] in [-1, 1] and its rate in Hz."""

    samples: Samples
    sample_rate: int

    @property
    def seconds(self) -> float:
        """Its length."""
        return len(self.samples) / self.sample_rate


class Mouth(Protocol):
    """Turns text into sound. Thread-safe."""

    @property
    def name(self) -> str:
        """Which voice, with what changes its sound; part of the key of rendered prompts."""
        ...

    def speak(self, text: str, language: str = "fr") -> Sound:
        """Says `text`. An empty text gives an empty sound."""
        ...


class FakeMouth:
    """A hum of 50 ms a letter; for tests."""

    name = "fake"

    def speak(self, text: str, language: str = "fr") -> Sound:
        """Hums."""
        time = np.arange(int(len(text) * 0.05 * 16_000)) / 16_000
        return Sound((0.3 * np.sin(2 * np.pi * 220 * time)).astype(np.float32), 16_000)
