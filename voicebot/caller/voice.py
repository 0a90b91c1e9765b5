"""The caller's voice on a telephone line: text with pauses inside, as sound."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from voicebot.speech.callers import Caller as Person
from voicebot.speech.ear import SAMPLE_RATE, Samples
from voicebot.speech.loudness import trim, voiced_span
from voicebot.speech.mouth import Sound
from voicebot.speech.telephone import BAND_HZ, band, g711, level, noise, resample, telephone

_CLEAN_DB = 45.0
"""The line's noise is in the background of the whole call; speech itself adds hardly any."""
_VOICED = 10 ** (-30 / 20)
"""A sound this far below the loudest is no voice: a breath, the end of an echo."""
_BACKGROUND_S = 5


@dataclass(frozen=True)
class Speech:
    """Something to say into a microphone."""

    sound: Sound
    voiced: tuple[int, int] | None
    """First and last voiced sample, the end excluded; measured before noise was added."""

    @property
    def seconds(self) -> float:
        """Its length."""
        return self.sound.seconds


def speak(person: Person, *parts: str | float, seed: int = 0) -> Speech:
    """Says texts; a number among them is a pause of so many seconds."""
    pieces = [np.zeros(0, np.float32)]
    last = max((at for at, part in enumerate(parts) if isinstance(part, str)), default=-1)
    for at, part in enumerate(parts):
        if isinstance(part, str):
            said = person.mouth.speak(part if at == last else _going_on(part))
            pieces.append(trim(resample(said.samples, said.sample_rate, SAMPLE_RATE)))
        else:
            pieces.append(np.zeros(int(part * SAMPLE_RATE), np.float32))
    clean = Sound(np.concatenate(pieces), SAMPLE_RATE)
    rng = np.random.default_rng(seed)
    line = telephone(clean, rng, snr_db=_CLEAN_DB, law=person.law)
    line = line[: len(clean.samples)]
    return Speech(Sound(line, SAMPLE_RATE), voiced_span(clean.samples, _VOICED))


def _going_on(text: str) -> str:
    """With the voice held up: who pauses inside a sentence does not end it there."""
    return text if text.rstrip().endswith((",", "…", ":", ";")) else f"{text.rstrip()},"


def background(person: Person, seed: int = 0) -> Samples:
    """The noise of this person's line, as far below his speech as he says: float32 [n], 16 kHz."""
    speech = speak(person, "Bonjour, je vous appelle pour un renseignement.", seed=seed)
    rng = np.random.default_rng(seed)
    hiss = band(noise(_BACKGROUND_S * SAMPLE_RATE, rng), SAMPLE_RATE, *BAND_HZ)
    wanted = level(speech.sound.samples) * 10 ** (-person.snr_db / 20)
    return g711(hiss * np.float32(wanted / max(level(hiss), 1e-9)), person.law)
