"""The synthesised people that the ear is trained on."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Protocol

import espeakng_loader
import numpy as np
import soundfile

from voicebot.speech.callers import HELD_OUT_VARIANTS
from voicebot.speech.ear import SAMPLE_RATE, Samples
from voicebot.speech.espeak import EspeakMouth, mnemonics
from voicebot.speech.phones import SCHWA, plain, spoken
from voicebot.speech.telephone import resample

DEVELOPMENT_VARIANTS = ("m3", "Andrea", "zac", "f2")
"""Kept out of training too: the number of epochs and the decoder's weights are chosen on them."""
_NOT_PEOPLE = ("whisper", "croak", "robo", "demonic", "kaukovalta", "reed", "unirobot", "storm")
_LETTERS = {"y.": "i grec", "w.": "double v"}


@dataclass(frozen=True)
class Saying:
    """One sentence said by one person."""

    samples: Samples
    """float32 [n], 16 kHz."""
    phones: tuple[str, ...]
    text: str = ""


class Speaks(Protocol):
    """Somebody who can say a sentence."""

    def say(self, tokens: str, rng: Random) -> Saying | None:
        """Says it; None where nothing comes."""
        ...


@cache
def training_variants() -> tuple[str, ...]:
    """ESpeak's variants that sound like people and are not kept out."""
    folder = Path(espeakng_loader.get_data_path()) / "voices" / "!v"
    out = {name.lower() for name in (*HELD_OUT_VARIANTS, *DEVELOPMENT_VARIANTS)}
    names = sorted(path.name for path in folder.iterdir() if " " not in path.name)
    return tuple(
        name
        for name in names
        if name.lower() not in out
        and not name.lower().startswith("klatt")
        and not any(sign in name.lower() for sign in _NOT_PEOPLE)
    )


def readable(tokens: str) -> str:
    """Tokens of the language model as a synthesiser reads them well."""
    words = [_LETTERS.get(word, word) for word in tokens.split()]
    return " ".join(words).replace("' ", "'").replace(".", ",")


@dataclass(frozen=True)
class Voice:
    """One synthesised person: a synthesiser, its settings, and the length of the vocal tract."""

    mouth: EspeakMouth | None
    """None is pico2wave."""
    warp: float = 1.0
    """How much longer the vocal tract is; pitch follows."""

    def say(self, tokens: str, rng: Random) -> Saying | None:
        """Says a sentence; None where the synthesiser gives nothing."""
        text = readable(tokens)
        sounds = spoken(text)
        if self.mouth is None:
            samples, rate = _pico(text), SAMPLE_RATE
        else:
            loose = _drop_schwas(text, sounds, rng) if rng.random() < 0.4 else None
            if loose:
                sound = self.mouth.speak_mnemonics(loose[0])
                sounds = loose[1]
            else:
                sound = self.mouth.speak(text)
            samples, rate = sound.samples, sound.sample_rate
        if len(samples) < 800:
            return None
        return Saying(
            trim(resample(samples, rate / self.warp, SAMPLE_RATE)), tuple(plain(sounds)), tokens
        )


def random_voice(rng: Random, variants: tuple[str, ...] | None = None) -> Voice:
    """A person; with `variants`, one of eSpeak's with one of those."""
    warp = rng.uniform(0.87, 1.17)
    if variants is None and has_pico() and rng.random() < 0.3:
        return Voice(None, warp)
    variant = rng.choice(variants or (None, *training_variants()))
    mouth = EspeakMouth(
        voice=rng.choice(("fr", "fr", "fr", "fr-be", "fr-ch")),
        variant=variant,
        rate=int(rng.uniform(115, 215) * warp),
        pitch=rng.randint(15, 85),
        pitch_range=rng.randint(20, 80),
    )
    return Voice(mouth, warp)


@cache
def has_pico() -> bool:
    """Whether pico2wave (Debian's libttspico-utils) is there."""
    return shutil.which("pico2wave") is not None


def _pico(text: str) -> Samples:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "said.wav"
        command = ["pico2wave", "-l", "fr-FR", "-w", str(path), text]
        if (
            subprocess.run(command, capture_output=True, check=False).returncode
            or not path.exists()
        ):
            return np.zeros(0, np.float32)
        samples, _ = soundfile.read(path, dtype="float32")
    return np.asarray(samples, np.float32)


def _drop_schwas(text: str, sounds: list[str], rng: Random) -> tuple[str, list[str]] | None:
    """The sentence as it is said fast: some schwas gone, in the signs and in the phonemes."""
    signs = mnemonics(text).replace(" ", "_ _").split("_")
    places = [i for i, sign in enumerate(signs) if sign.startswith("@") and len(sign) <= 2]
    if not places or len(places) != sounds.count(SCHWA) or any("(" in sign for sign in signs):
        return None
    gone = {k for k in range(len(places)) if rng.random() < 0.55}
    kept, count = [], 0
    for sound in sounds:
        if sound == SCHWA:
            count += 1
            if count - 1 in gone:
                continue
        kept.append(sound)
    lost = {places[k] for k in gone}
    return "".join(sign for i, sign in enumerate(signs) if i not in lost), kept


def trim(samples: Samples) -> Samples:
    """The sound without the silence at both ends."""
    loud = np.flatnonzero(np.abs(samples) > 0.01 * float(np.abs(samples).max() + 1e-9))
    if len(loud) == 0:
        return samples
    return samples[max(0, loud[0] - 160) : loud[-1] + 160]
