"""What the bot is saying: how far it got, held, carried on, or cut short; and the music between."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np

from voicebot.speech.ear import SAMPLE_RATE, Samples

_BLOCK = SAMPLE_RATE // 100
_REWIND = SAMPLE_RATE * 7 // 10
"""Samples within which a place to carry on from is looked for: 0.7 s, a word or two."""


@dataclass(eq=False)
class Piece:
    """A sentence on its way to the caller."""

    text: str
    interruptible: bool
    samples: Samples | None = None
    """float32 [n] at 16 kHz; None while the voice renders it."""
    played: int = 0
    """Samples handed over so far."""

    @property
    def finished(self) -> bool:
        """Whether all of it was handed over."""
        return self.samples is not None and self.played >= len(self.samples)

    def spoken(self, samples_late: int = 0) -> str:
        """Its words as far as they were heard, by the share of its sound."""
        if self.samples is None or len(self.samples) == 0:
            return ""
        share = max(0, self.played - samples_late) / len(self.samples)
        if share >= 1:
            return self.text
        return self.text[: round(share * len(self.text))].rpartition(" ")[0]


class Playback:
    """The pieces of the bot's turn, and the place in them."""

    def __init__(self) -> None:
        self._pieces: deque[Piece] = deque()
        self._said: list[Piece] = []
        self.held = False
        self.music: Samples | None = None
        """Played over and over whenever nothing is said; float32 [n] at 16 kHz."""
        self._music_at = 0
        self._rising = True

    @property
    def speaking(self) -> bool:
        """Whether something is being said, or is held back."""
        return bool(self._pieces)

    @property
    def interruptible(self) -> bool:
        """Whether the caller may cut what is being said now."""
        return not self._pieces or self._pieces[0].interruptible

    @property
    def left_ms(self) -> int:
        """What remains to be said, as far as it is rendered."""
        sizes = (len(p.samples) - p.played for p in self._pieces if p.samples is not None)
        return sum(sizes) * 1000 // SAMPLE_RATE

    def begin(self, pieces: list[Piece]) -> None:
        """A new turn of the bot, behind what it is still saying."""
        if not self._pieces:
            self._said = []
        self._pieces.extend(pieces)

    def take(self, count: int) -> Samples | None:
        """The next `count` samples, padded at the end of a piece; None if there are none now."""
        while self._pieces and self._pieces[0].finished:
            self._said.append(self._pieces.popleft())
        if self._waits():
            return None
        self._rising = True
        piece = self._pieces[0]
        assert piece.samples is not None
        found = piece.samples[piece.played : piece.played + count]
        piece.played += len(found)
        return found if len(found) == count else np.pad(found, (0, count - len(found)))

    def _waits(self) -> bool:
        if not self._pieces or self._pieces[0].samples is None:
            return True
        return self.held and self._pieces[0].interruptible

    def between(self, count: int) -> Samples | None:
        """The next `count` samples of the music; None while there is none, or the caller speaks."""
        if self.music is None or self.held:
            self._rising = True
            return None
        at = np.arange(self._music_at, self._music_at + count)
        self._music_at = (self._music_at + count) % len(self.music)
        found = self.music.take(at, mode="wrap")
        if self._rising:  # no click where it sets in
            found = found * np.linspace(0, 1, count, dtype=np.float32)
        self._rising = False
        return found

    def clear(self) -> tuple[str, str]:
        """Drops everything, also what the caller may not cut; as `stop`."""
        for piece in self._pieces:
            piece.interruptible = True
        return self.stop()

    def hold(self) -> None:
        """Stops where it is; `resume` or `stop` follows. What is not interruptible goes on."""
        self.held = True

    def resume(self) -> None:
        """Carries on from the start of the word that was cut."""
        if not self.held:
            return
        self.held = False
        if self._pieces and self._pieces[0].samples is not None:
            piece = self._pieces[0]
            assert piece.samples is not None
            piece.played = _word_start(piece.samples, piece.played)

    def stop(self, late_ms: int = 0) -> tuple[str, str]:
        """Drops what the caller may cut.

        Args:
            late_ms: sound handed over that had not reached the caller.

        Returns:
            The words spoken and the words left.
        """
        late = late_ms * SAMPLE_RATE // 1000
        spoken = [p.text for p in self._said]
        left = []
        for piece in self._pieces:
            said = piece.spoken(late) if piece.played else ""
            spoken.append(said)
            left.append(piece.text[len(said) :].strip())
        self._pieces = deque(p for p in self._pieces if not p.interruptible)
        self._said = []
        self.held = False
        return " ".join(filter(None, spoken)), " ".join(filter(None, left))


def _word_start(samples: Samples, at: int) -> int:
    """The quietest place within 0.7 s before `at`: between two words, most often."""
    first = max(0, at - _REWIND)
    if first == 0:
        return 0
    blocks = samples[first : at - (at - first) % _BLOCK].reshape(-1, _BLOCK)
    return first + int(np.argmin(np.square(blocks).mean(axis=1))) * _BLOCK
