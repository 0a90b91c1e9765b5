"""The held-out test set: sentences of no template, voices of no training, a telephone line."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from random import Random

import numpy as np
import soundfile

from voicebot.errors import MissingPart
from voicebot.models import english_testset
from voicebot.models.conditions import LINE, Condition
from voicebot.models.corpus import Progress
from voicebot.models.recordings import (
    ENGLISH,
    FRENCH,
    HOW_TO_GET,
    Recording,
    has_recordings,
    recordings,
)
from voicebot.models.voices import readable
from voicebot.speech.audiofile import write_wav
from voicebot.speech.callers import HELD_OUT_VARIANTS
from voicebot.speech.ear import SAMPLE_RATE, Samples
from voicebot.speech.espeak import EspeakMouth
from voicebot.speech.mouth import Sound
from voicebot.speech.telephone import Law
from voicebot.speech.tongue import ENGLISH as ENGLISH_TONGUE
from voicebot.speech.tongue import Tongue, tongue_named
from voicebot.speech.words import normalise

MODELS = Path(__file__).resolve().parents[2] / "models"
MBROLA_VOICES = ("fr1", "fr4", "fr6")


def held_out_sentences(name: str = "lite-fr") -> list[str]:
    """The sentences, written by hand and apart from the templates."""
    text = (MODELS / name / "test" / "sentences.txt").read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip()]


class By(StrEnum):
    """Who speaks the test set."""

    ESPEAK = "espeak"
    """eSpeak NG's variants kept out of training."""
    MBROLA = "mbrola"
    """MBROLA's diphone voices; they must be installed, and are not for redistribution."""
    ABROAD = "abroad"
    """MBROLA's voices of other countries, speaking English with their own sounds."""
    FESTIVAL = "festival"
    """In English: Festival's diphone voices, and the voice of flite that was kept out."""
    PEOPLE = "people"
    """Recorded people, whose texts were kept out of training; not of this trade."""


def make(
    folder: Path,
    name: str = "lite-fr",
    *,
    by: By = By.ESPEAK,
    condition: Condition = LINE,
    seed: int = 20,
    every: int = 1,
    progress: Progress = lambda what, share: None,
) -> Path:
    """Makes the sound of the test set.

    Args:
        folder: where the WAV files and `manifest.tsv` go.
        name: the model whose test sentences are said, in its language.
        by: who speaks.
        condition: how, and over which line.
        seed: of voices and noise.
        every: takes one sentence of so many.
        progress: told which share is done.

    Returns:
        The manifest: path, tab, text.

    Raises:
        MissingPart: those voices are not installed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rng, rows = Random(seed), []
    tongue = tongue_named(name)
    people = _people(tongue) if by is By.PEOPLE else {}
    sentences = (list(people) or held_out_sentences(name))[::every]
    for i, sentence in enumerate(sentences):
        if by is By.PEOPLE:
            said = Sound(people[sentence].sound(), SAMPLE_RATE)
        else:
            said = _speaker(tongue, by)(sentence, rng, condition)
        law, line = rng.choice(list(Law)), np.random.default_rng(rng.getrandbits(32))
        path = folder / f"{i:03}.wav"
        write_wav(path, condition.heard(condition.spoken(said), law, line))
        rows.append(f"{path.name}\t{sentence}")
        progress("speaking the test set", (i + 1) / len(sentences))
    manifest = folder / "manifest.tsv"
    manifest.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return manifest


def _speaker(tongue: Tongue, by: By) -> Callable[[str, Random, Condition], Sound]:
    """Who says a sentence.

    Raises:
        MissingPart: nobody speaks that language so.
    """
    if tongue is ENGLISH_TONGUE:
        return english_testset.SPEAKERS[by.value]
    if by not in (By.ESPEAK, By.MBROLA):
        raise MissingPart(f"no test set of {tongue.language!r} is spoken by {by.value!r}")
    return _mbrola if by is By.MBROLA else _espeak


def _people(tongue: Tongue) -> dict[str, Recording]:
    """The recordings kept out of training, by their text; in English that is all of them."""
    if not has_recordings():
        raise MissingPart(f"there are no recordings of people: {HOW_TO_GET}")
    if tongue is ENGLISH_TONGUE:
        return {r.text: r for r in recordings(ENGLISH)}
    return {r.text: r for r in recordings(FRENCH) if r.held_out}


def _espeak(sentence: str, rng: Random, condition: Condition) -> Sound:
    mouth = EspeakMouth(
        voice=rng.choice(("fr", "fr", "fr-be", "fr-ch")),
        variant=rng.choice(HELD_OUT_VARIANTS),
        rate=condition.words_a_minute(rng.randint(130, 180)),
        pitch=rng.randint(25, 70),
    )
    return mouth.speak(_spoken_form(sentence))


def _spoken_form(sentence: str) -> str:
    """Letters that are spelt stand alone, for the synthesiser."""
    return readable(normalise(sentence)) if " l e f" in sentence else sentence


def _mbrola(sentence: str, rng: Random, condition: Condition) -> Sound:
    if shutil.which("espeak-ng") is None or shutil.which("mbrola") is None:
        raise MissingPart("MBROLA is missing: `apt install espeak-ng mbrola mbrola-fr1 mbrola-fr4`")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "said.wav"
        voice = f"mb-{rng.choice(MBROLA_VOICES)}"
        command = [
            "espeak-ng",
            "-v",
            voice,
            "-s",
            str(condition.words_a_minute(rng.randint(130, 170))),
            "-w",
            str(path),
            sentence,
        ]
        subprocess.run(command, capture_output=True, check=False)
        if not path.exists() or path.stat().st_size < 1_000:
            raise MissingPart(f"eSpeak NG cannot speak with {voice}: `apt install mbrola-fr1`")
        samples, rate = soundfile.read(path, dtype="float32")
    said: Samples = np.asarray(samples, np.float32)
    return Sound(said, rate)
