"""The synthesised people that the English ear is trained on: natives, and people from abroad."""

from __future__ import annotations

import subprocess
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from shutil import which

import numpy as np
import soundfile

from voicebot.models.accents import ACCENTS, Accent
from voicebot.models.voices import Saying, has_pico, training_variants, trim
from voicebot.speech.ear import SAMPLE_RATE, Samples
from voicebot.speech.english.phones import INDEX, spoken
from voicebot.speech.espeak import EspeakMouth
from voicebot.speech.telephone import resample

NATIVE = (
    "en", "en", "en-us", "en-us", "en-gb-x-rp", "en-gb-scotland", "en-gb-x-gbclan", "en-us-nyc",
    "en-029",
)  # fmt: skip
"""ESpeak NG's accents, the common ones more often."""
FLITE = ("slt", "awb", "kal16")
"""Flite's voices; rms is kept out of training."""
_OF_FLITE = {
    "aa": "ɑ", "ae": "æ", "ah": "ʌ", "ao": "ɔ", "aw": "aʊ", "ax": "ə", "ay": "aɪ", "b": "b",
    "ch": "tʃ", "d": "d", "dh": "ð", "eh": "ɛ", "er": "ɜ", "ey": "eɪ", "f": "f", "g": "ɡ",
    "hh": "h", "ih": "ɪ", "iy": "i", "jh": "dʒ", "k": "k", "l": "l", "m": "m", "n": "n", "ng": "ŋ",
    "ow": "oʊ", "oy": "ɔɪ", "p": "p", "r": "ɹ", "s": "s", "sh": "ʃ", "t": "t", "th": "θ",
    "uh": "ʊ", "uw": "u", "v": "v", "w": "w", "y": "j", "z": "z", "zh": "ʒ",
}  # fmt: skip
_PICO = {"en-GB": "en", "en-US": "en-us"}
"""Its voices, and the accent of eSpeak's that tells their phonemes."""
_LEAST = 800


def readable(tokens: str) -> str:
    """Tokens of the language model as a synthesiser reads them well: letters apart."""
    words = tokens.split()
    return " ".join(f"{w[0].upper()}," if len(w) == 2 and w.endswith(".") else w for w in words)


@dataclass(frozen=True)
class EnglishVoice:
    """One synthesised person: a synthesiser, its settings, and the length of the vocal tract."""

    mouth: EspeakMouth | None = None
    accent: Accent | None = None
    """Of somebody from abroad; said by `mouth`."""
    flite: str | None = None
    pico: str | None = None
    warp: float = 1.0
    """How much longer the vocal tract is; pitch follows."""

    def say(self, tokens: str, rng: Random) -> Saying | None:
        """Says a sentence; None where the synthesiser gives nothing."""
        text = readable(tokens)
        if self.mouth and self.accent:
            said, phones = self.accent.say(text, rng)
            sound = self.mouth.speak_mnemonics(said, self.accent.voice)
            samples, rate = sound.samples, sound.sample_rate
        elif self.mouth:
            phones = tuple(spoken(text, self.mouth.voice))
            sound = self.mouth.speak(text, "en")
            samples, rate = sound.samples, sound.sample_rate
        elif self.flite:
            samples, rate, phones = _flite(text, self.flite)
        else:
            samples, rate = _pico(text, self.pico or "en-GB")
            phones = tuple(spoken(text, _PICO[self.pico or "en-GB"]))
        if len(samples) < _LEAST or not phones:
            return None
        warped = resample(samples, rate / self.warp, SAMPLE_RATE)
        return Saying(trim(warped), phones, tokens)


def random_voice(rng: Random, variants: tuple[str, ...] | None = None) -> EnglishVoice:
    """A person; with `variants`, a native with one of those voices of eSpeak's."""
    warp = rng.uniform(0.87, 1.17)
    kind = rng.random()
    if variants is None and has_flite() and kind < 0.22:
        return EnglishVoice(flite=rng.choice(FLITE), warp=warp)
    if variants is None and has_pico() and kind < 0.4:
        return EnglishVoice(pico=rng.choice(sorted(_PICO)), warp=warp)
    accent = rng.choice(ACCENTS) if rng.random() < 0.2 else None
    mouth = EspeakMouth(
        voice=accent.voice if accent else rng.choice(NATIVE),
        variant=rng.choice(variants or (None, *training_variants())),
        rate=int(rng.uniform(115, 200) * warp),
        pitch=rng.randint(15, 85),
        pitch_range=rng.randint(20, 80),
    )
    return EnglishVoice(mouth, accent, warp=warp)


@cache
def has_flite() -> bool:
    """Whether flite (Debian's flite) is there."""
    return which("flite") is not None


def _flite(text: str, voice: str) -> tuple[Samples, int, tuple[str, ...]]:
    """Sound, its rate, and the phonemes that flite says it made."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "said.wav"
        command = ["flite", "-voice", voice, "-ps", "-t", text, str(path)]
        done = subprocess.run(command, capture_output=True, check=False, text=True)
        if done.returncode or not path.exists():
            return np.zeros(0, np.float32), SAMPLE_RATE, ()
        samples, rate = soundfile.read(path, dtype="float32")
    phones = tuple(_OF_FLITE[sign] for sign in done.stdout.split() if sign in _OF_FLITE)
    return np.asarray(samples, np.float32), rate, phones


def _pico(text: str, voice: str) -> tuple[Samples, int]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "said.wav"
        command = ["pico2wave", "-l", voice, "-w", str(path), text]
        done = subprocess.run(command, capture_output=True, check=False)
        if done.returncode or not path.exists():
            return np.zeros(0, np.float32), SAMPLE_RATE
        samples, rate = soundfile.read(path, dtype="float32")
    return np.asarray(samples, np.float32), rate


assert set(_OF_FLITE.values()) <= set(INDEX)
