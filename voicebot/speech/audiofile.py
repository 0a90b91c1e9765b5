"""Sound files of any kind, rate and number of channels, as the ears want them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import soundfile

from voicebot.errors import AudioError, Place
from voicebot.speech.ear import SAMPLE_RATE, Samples
from voicebot.speech.telephone import resample


def read_audio(path: Path, sample_rate: int = SAMPLE_RATE) -> Samples:
    """Reads a WAV, FLAC or Ogg file: mono float32 [n] in [-1, 1] at `sample_rate`.

    Raises:
        AudioError: the file is missing, empty, or no sound; one line says which.
    """
    here = Place(path)
    if not path.is_file():
        raise AudioError("no such sound file", where=here)
    if path.stat().st_size == 0:
        raise AudioError("the sound file is empty", where=here, todo="record it again")
    try:
        samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    except (soundfile.LibsndfileError, RuntimeError) as error:
        raise AudioError(
            "this is no sound file that can be read",
            where=here,
            todo="give WAV, FLAC or Ogg",
        ) from error
    if len(samples) == 0:
        raise AudioError("the file holds no sound", where=here, todo="record it again")
    if not np.isfinite(samples).all():
        raise AudioError("the file holds samples that are no numbers", where=here)
    mono = samples.mean(axis=1, dtype=np.float32)
    return np.clip(resample(mono, rate, sample_rate), -1.0, 1.0)


def write_wav(path: Path, samples: Samples, sample_rate: int = SAMPLE_RATE) -> None:
    """Writes 16-bit WAV."""
    soundfile.write(path, samples, sample_rate, subtype="PCM_16", format="WAV")
