"""Two shipped ears with one encoder: the caller's language is told by his first sentence.

The encoder is most of the work and the same in every language. Until the language is settled both
heads read what it made of the sound; afterwards the other one reads only what made poor sense, so
that who changes his language is heard as well.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from voicebot.dialogue.expectation import ANYTHING, Expectation, Kind
from voicebot.speech.ear import Heard, Samples
from voicebot.speech.encoder import Encoder
from voicebot.speech.lite import SILENCE, LiteEar
from voicebot.speech.posteriors import Encoded
from voicebot.speech.which_language import FOUND, USUAL, Reading, Scales, changes


class BilingualEar:
    """French and English. Thread-safe; the language of a call is in its expectations."""

    name = "lite"

    def __init__(self, french: LiteEar, english: LiteEar, scales: Scales = USUAL) -> None:
        """Puts two ears together; they should share one encoder, see `LiteEar.encoder`.

        Args:
            french: the ear of callers, by default.
            english: the other one.
            scales: what tells one from the other.
        """
        self._ears = {"fr": french, "en": english}
        self.scales = scales

    @property
    def encoder(self) -> Encoder:
        """The one that both share."""
        return self._ears["fr"].encoder

    def prepare(self, words: tuple[str, ...], expectations: tuple[Expectation, ...]) -> None:
        """Has both build what a client's calls need."""
        for ear in self._ears.values():
            ear.prepare(words, expectations)

    def listen(
        self, samples: Samples, expectation: Expectation = ANYTHING, words: tuple[str, ...] = ()
    ) -> Heard:
        """Recognises one utterance in the language that it is in; `Heard.language` tells it."""
        own = self._ears.get(expectation.language, self._ears["fr"])
        if len(samples) == 0 or float(np.abs(samples).max()) < SILENCE:
            return own.listen(samples, expectation, words)
        encoded = own.encode(samples)
        heard = own.read(encoded, expectation, words)
        mine = own.reading(heard)
        if expectation.settled and self._believed(heard, mine):
            return replace(heard, language=own.tongue.language)
        return self._either(encoded, own, (heard, mine), expectation, words)

    def readings(
        self, samples: Samples, expectation: Expectation = ANYTHING, words: tuple[str, ...] = ()
    ) -> tuple[Reading, Reading]:
        """What each language makes of it, French first: for benches."""
        encoded = self._ears["fr"].encode(samples)
        french, english = (
            ear.reading(ear.read(encoded, expectation, words)) for ear in self._ears.values()
        )
        return french, english

    def _believed(self, heard: Heard, mine: Reading) -> bool:
        """Whether the conversation's language is taken without hearing the other one."""
        found = heard.in_expectation and heard.confidence >= FOUND
        return found or self.scales.makes_sense(mine)

    def _either(
        self,
        encoded: Encoded,
        own: LiteEar,
        first: tuple[Heard, Reading],
        expectation: Expectation,
        words: tuple[str, ...],
    ) -> Heard:
        """The better one of two readings; the conversation's language is believed in doubt."""
        other = next(ear for ear in self._ears.values() if ear is not own)
        else_heard = other.read(encoded, expectation, words)
        (heard, mine), theirs = first, other.reading(else_heard)
        english_is_mine = own.tongue.language == "en"
        french, english = (theirs, mine) if english_is_mine else (mine, theirs)
        probability = self.scales.english(french, english)
        if english_is_mine:
            probability = 1 - probability
        short = expectation.kind is not Kind.ANYTHING
        if changes(probability, theirs, settled=expectation.settled or short):
            return replace(else_heard, language=other.tongue.language)
        return replace(heard, language=own.tongue.language)
