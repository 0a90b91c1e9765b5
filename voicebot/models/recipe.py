"""How much of everything an ear is trained on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Recipe:
    """How much of everything."""

    windows: int = 10_000
    """Of up to 8 s each: about 15 hours."""
    development_windows: int = 300
    epochs: int = 9
    seconds: float = 2_700
    """Training ends by then, with the schedule complete."""
    people_windows: int = 3_400
    """Of recorded people who speak French: each recording many times, never alike."""
    foreign_windows: int = 5_400
    """Of recorded people who speak other languages."""
    people_epochs: int = 3
    people_seconds: float = 1_800
    language_sentences: int = 80_000
    extra_weight: int = 10
    """How often each whole sentence, and each of `nlu/`, counts in the language model."""
    processes: int = 2


FULL = Recipe()
QUICK = Recipe(
    windows=24,
    development_windows=6,
    epochs=1,
    seconds=15,
    people_windows=8,
    foreign_windows=8,
    people_epochs=1,
    people_seconds=10,
    language_sentences=2_000,
    processes=1,
)
