"""Who says the English test set: voices that the ear was never trained on."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

import numpy as np
import soundfile

from voicebot.errors import MissingPart
from voicebot.models.conditions import Condition
from voicebot.models.english_voices import readable
from voicebot.speech.callers import HELD_OUT_VARIANTS
from voicebot.speech.english.words import normalise
from voicebot.speech.espeak import EspeakMouth
from voicebot.speech.mouth import Sound

ACCENTS = ("en", "en", "en-us", "en-us", "en-gb-x-rp", "en-gb-scotland", "en-029")
MBROLA = ("mb-en1", "mb-us1", "mb-us2", "mb-us3")
ABROAD = ("mb-fr1-en", "mb-fr4-en", "mb-de4-en", "mb-nl2-en", "mb-pl1-en", "mb-ro1-en")
"""French, German, Dutch, Polish and Romanian voices: English with the sounds they have."""
FESTIVAL = ("rab_diphone", "ked_diphone", "flite rms")
_HOW = "apt install espeak-ng mbrola mbrola-en1 mbrola-us1 mbrola-us2 mbrola-us3"
_HOW_ABROAD = (
    "apt install espeak-ng mbrola mbrola-fr1 mbrola-fr4 mbrola-de4 mbrola-nl2 mbrola-pl1 mbrola-ro1"
)
_HOW_FESTIVAL = "apt install flite festival festvox-rablpc16k festvox-kdlpc16k"


def _espeak(sentence: str, rng: Random, condition: Condition) -> Sound:
    mouth = EspeakMouth(
        voice=rng.choice(ACCENTS),
        variant=rng.choice(HELD_OUT_VARIANTS),
        rate=condition.words_a_minute(rng.randint(130, 175)),
        pitch=rng.randint(25, 70),
    )
    return mouth.speak(_text(sentence), "en")


def _mbrola(sentence: str, rng: Random, condition: Condition) -> Sound:
    pace = condition.words_a_minute(rng.randint(130, 165))
    return _by_espeak_ng(rng.choice(MBROLA), pace, _text(sentence), _HOW)


def _abroad(sentence: str, rng: Random, condition: Condition) -> Sound:
    pace = condition.words_a_minute(rng.randint(120, 155))
    return _by_espeak_ng(rng.choice(ABROAD), pace, _text(sentence), _HOW_ABROAD)


def _festival(sentence: str, rng: Random, condition: Condition) -> Sound:
    """At its own pace, times the condition's."""
    voice, text = rng.choice(FESTIVAL), _text(sentence)
    stretch = 1 / (condition.pace * condition.tract)
    if voice.startswith("flite"):
        command = ["flite", "-voice", voice.split()[1], "-t", text]
        return _written(
            [*command, "--setf", f"duration_stretch={stretch:.2f}", "-o"], _HOW_FESTIVAL
        )
    slower = f"(begin (voice_{voice}) (Parameter.set 'Duration_Stretch {stretch:.2f}))"
    return _written(["text2wave", "-eval", slower, "-o"], _HOW_FESTIVAL, text)


def _by_espeak_ng(voice: str, pace: int, text: str, how: str) -> Sound:
    return _written(["espeak-ng", "-v", voice, "-s", str(pace), text, "-w"], how)


def _written(command: list[str], how: str, text: str | None = None) -> Sound:
    """What a synthesiser writes into the file that is named behind the command.

    Raises:
        MissingPart: it is not installed, or wrote nothing.
    """
    if shutil.which(command[0]) is None:
        raise MissingPart(f"{command[0]} is missing: `{how}`")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "said.wav"
        subprocess.run(
            [*command, str(path)], input=text, capture_output=True, check=False, text=True
        )
        if not path.exists() or path.stat().st_size < 1_000:
            raise MissingPart(f"{' '.join(command[:3])} says nothing: `{how}`")
        samples, rate = soundfile.read(path, dtype="float32")
    return Sound(np.asarray(samples, np.float32), rate)


def _text(sentence: str) -> str:
    """Letters that are spelt stand alone, for the synthesiser."""
    tokens = normalise(sentence)
    return readable(tokens) if "." in tokens else sentence


SPEAKERS: Mapping[str, Callable[[str, Random, Condition], Sound]] = {
    "espeak": _espeak,
    "mbrola": _mbrola,
    "abroad": _abroad,
    "festival": _festival,
}
