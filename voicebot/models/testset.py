"""The held-out test set: sentences of no template, voices of no training, a telephone line."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
from pathlib import Path
from random import Random

import numpy as np
import soundfile

from voicebot.errors import MissingPart
from voicebot.models.corpus import Progress
from voicebot.models.voices import readable
from voicebot.speech.audiofile import write_wav
from voicebot.speech.callers import HELD_OUT_VARIANTS
from voicebot.speech.ear import SAMPLE_RATE, Samples
from voicebot.speech.espeak import EspeakMouth
from voicebot.speech.mouth import Sound
from voicebot.speech.telephone import Law, in_quiet, telephone
from voicebot.speech.words import normalise

MODELS = Path(__file__).resolve().parents[2] / "models"
SNR_DB = 20.0
MBROLA_VOICES = ("fr1", "fr4", "fr6")
_QUIET = int(0.3 * SAMPLE_RATE)


def held_out_sentences(name: str = "lite-fr") -> list[str]:
    """The sentences, written by hand and apart from the templates."""
    text = (MODELS / name / "test" / "sentences.txt").read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip()]


def make(
    folder: Path,
    *,
    mbrola: bool = False,
    snr_db: float = SNR_DB,
    seed: int = 20,
    progress: Progress = lambda what, share: None,
) -> Path:
    """Makes the sound of the test set.

    Args:
        folder: where the WAV files and `manifest.tsv` go.
        mbrola: by MBROLA's diphone voices (they must be installed; not for redistribution)
            instead of eSpeak's held-out variants.
        snr_db: how far the noise lies below the speech.
        seed: of voices and noise.
        progress: told which share is done.

    Returns:
        The manifest: path, tab, text.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rng, rows, sentences = Random(seed), [], held_out_sentences()
    for i, sentence in enumerate(sentences):
        said = _mbrola(sentence, rng) if mbrola else _espeak(sentence, rng)
        law = rng.choice(list(Law))
        samples = telephone(
            in_quiet(said), np.random.default_rng(rng.getrandbits(32)), snr_db=snr_db, law=law
        )
        path = folder / f"{i:03}.wav"
        write_wav(path, samples)
        rows.append(f"{path.name}\t{sentence}")
        progress("speaking the test set", (i + 1) / len(sentences))
    manifest = folder / "manifest.tsv"
    manifest.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return manifest


def _espeak(sentence: str, rng: Random) -> Sound:
    mouth = EspeakMouth(
        voice=rng.choice(("fr", "fr", "fr-be", "fr-ch")),
        variant=rng.choice(HELD_OUT_VARIANTS),
        rate=rng.randint(130, 180),
        pitch=rng.randint(25, 70),
    )
    return mouth.speak(_spoken_form(sentence))


def _spoken_form(sentence: str) -> str:
    """Letters that are spelt stand alone, for the synthesiser."""
    return readable(normalise(sentence)) if " l e f" in sentence else sentence


def _mbrola(sentence: str, rng: Random) -> Sound:
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
            str(rng.randint(130, 170)),
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


def main() -> None:
    """`python -m voicebot.models.testset FOLDER [--mbrola]`."""
    parser = argparse.ArgumentParser(description="Makes the ear's held-out test set.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--mbrola", action="store_true", help="by MBROLA's voices")
    parser.add_argument("--snr", type=float, default=SNR_DB, help="dB between speech and noise")
    chosen = parser.parse_args()
    print(make(chosen.folder, mbrola=chosen.mbrola, snr_db=chosen.snr))


if __name__ == "__main__":
    main()
