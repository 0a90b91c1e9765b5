"""Who speaks in a corpus: synthesised people, and people who were recorded."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np

from voicebot.models.english_voices import random_voice as random_english
from voicebot.models.recordings import FRENCH, STAMPS, Recording, recordings
from voicebot.models.sentences import Speaker, load_templates
from voicebot.models.voices import Saying, Speaks, random_voice, readable
from voicebot.speech.ear import SAMPLE_RATE
from voicebot.speech.espeak import PHONEME_SEPARATOR, phonemes
from voicebot.speech.phones import INDEX, plain, spoken
from voicebot.speech.telephone import resample
from voicebot.speech.tongue import ENGLISH, Tongue, tongue_named
from voicebot.speech.words import normalise

WARP = (0.85, 1.18)
"""How much longer or shorter a recorded person's vocal tract is made; pitch and pace follow."""
SIGNS = tuple("abcdefijklmnoprstuvwxyzðŋɐɑɒɔəɛɡɣɨɪɫɭɲɾʁʂʃʈʊʋʌʎʐʒβεθ")
"""Of IPA: what eSpeak NG writes often in the other languages; the rare ones are left out."""


@dataclass(frozen=True)
class Synthesised:
    """Voices of synthesisers that say what the templates give."""

    sentences: Path
    variants: tuple[str, ...] | None = None
    """Of eSpeak NG's; None is every voice that is not kept out of training."""

    @property
    def tongue(self) -> Tongue:
        """What they speak, by the name of the model whose templates they say."""
        return tongue_named(self.sentences.parent.name)

    @property
    def labels(self) -> Mapping[str, int]:
        """The phonemes of the ear."""
        return self.tongue.index

    def people(self, seed: int) -> SynthesisedPeople:
        """Calls them together."""
        return SynthesisedPeople(self, seed)


class SynthesisedPeople:
    """Says sentences, words in any order, and single short ones."""

    def __init__(self, cast: Synthesised, seed: int) -> None:
        templates = load_templates(cast.sentences)
        self._variants, self._english = cast.variants, cast.tongue is ENGLISH
        self._speaker = Speaker(templates, seed, cast.tongue)
        self._words = sorted({w for _ in range(30_000) for w in self._speaker.say().split()})
        self._short = templates.lists.get("short", [])

    def somebody(self, rng: Random) -> tuple[bool, Iterator[Saying | None]]:
        """Now and then somebody says one syllable, alone on the line."""
        short = bool(self._short) and rng.random() < 0.06
        anybody = random_english if self._english else random_voice
        return short, self._says(anybody(rng, self._variants), short, rng)

    def _says(self, voice: Speaks, short: bool, rng: Random) -> Iterator[Saying | None]:
        while True:
            yield voice.say(rng.choice(self._short) if short else self._line(rng), rng)

    def _line(self, rng: Random) -> str:
        """A sentence, or words in any order: the head shall learn sounds, not sentences."""
        if rng.random() < 0.3:
            return " ".join(rng.choice(self._words) for _ in range(rng.randint(2, 8)))
        return self._speaker.say()


@dataclass(frozen=True)
class Recorded:
    """People who were recorded."""

    languages: tuple[str, ...] = FRENCH
    held_out: bool = False
    """Those texts alone that are kept out of training, or all others."""
    folder: Path = STAMPS

    @property
    def labels(self) -> Mapping[str, int]:
        """French has the phonemes of the ear; the other languages share signs of their own."""
        if self.languages == FRENCH:
            return INDEX
        return {sign: i for i, sign in enumerate(SIGNS, start=1)}

    def people(self, seed: int) -> RecordedPeople:
        """Calls them together."""
        return RecordedPeople(self)


class RecordedPeople:
    """Says what was recorded, one language in a window, each time a little differently."""

    def __init__(self, cast: Recorded) -> None:
        self._of: dict[str, list[Recording]] = {}
        for recording in recordings(cast.languages, cast.folder):
            if recording.held_out == cast.held_out:
                self._of.setdefault(recording.language, []).append(recording)

    def somebody(self, rng: Random) -> tuple[bool, Iterator[Saying | None]]:
        """Each language as often as the others."""
        return False, self._says(self._of[rng.choice(sorted(self._of))], rng)

    def _says(self, known: list[Recording], rng: Random) -> Iterator[Saying | None]:
        while True:
            recording = rng.choice(known)
            sound = resample(recording.sound(), SAMPLE_RATE / rng.uniform(*WARP), SAMPLE_RATE)
            loud = np.asarray(sound * rng.uniform(0.4, 1.5), np.float32)
            yield Saying(loud, _phones(recording), recording.text) if len(loud) > 800 else None


def _phones(recording: Recording) -> tuple[str, ...]:
    if recording.language in FRENCH:
        return tuple(plain(spoken(readable(normalise(recording.text)))))
    ipa = phonemes(recording.text, recording.language).replace(PHONEME_SEPARATOR, "")
    return tuple(sign for sign in unicodedata.normalize("NFD", ipa) if sign in SIGNS)
