"""Recordings of people: the descriptions of Tux Paint's stamps, read aloud by volunteers.

Debian's package tuxpaint-stamps-default (GPL-2 or later) holds some 900 in French and as many in
each of eight other languages, each beside its text: few people, and yet what no synthesiser is.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from voicebot.speech.ear import SAMPLE_RATE, Samples
from voicebot.speech.telephone import resample

STAMPS = Path("/usr/share/tuxpaint/stamps")
HOW_TO_GET = "install Debian's tuxpaint-stamps-default"
FRENCH = ("fr",)
ENGLISH = ("en",)
"""What the stamps are described in by default: 66 of them aloud."""
FOREIGN = ("be", "bg", "ca", "da", "el", "es", "ro", "ru")
"""As Tux Paint and eSpeak NG both call them."""
LONGEST_S = 7.5
HELD_OUT = 7
"""One text of so many is kept out of training."""
_NOT_WORDS = re.compile(r"[0-9$«“”\"(]")
_NAME = re.compile(r"(.+)_desc(?:_([a-z]{2}))?\.ogg")
_LOUD = 3e-4
"""Of the loudest moment's power: below that, before and behind the words, nobody speaks."""


@dataclass(frozen=True)
class Recording:
    """One text, read by a person."""

    path: Path
    text: str
    language: str

    @property
    def held_out(self) -> bool:
        """Whether it is kept out of training, with all others of the same text."""
        return zlib.crc32(self.text.encode()) % HELD_OUT == 0

    def sound(self) -> Samples:
        """Float32 [n], 16 kHz, peak 0.5, the silence around the words cut off."""
        samples, rate = soundfile.read(self.path, dtype="float32", always_2d=True)
        mono = resample(samples.mean(1), rate, SAMPLE_RATE)
        power = np.convolve(mono**2, np.full(160, 1 / 160), "same")
        loud = np.flatnonzero(power > power.max() * _LOUD)
        if not len(loud):
            return np.zeros(0, np.float32)
        kept = mono[max(0, loud[0] - 800) : loud[-1] + 1_600]
        return np.asarray(kept / np.abs(kept).max() * 0.5, np.float32)


def has_recordings(folder: Path = STAMPS) -> bool:
    """Whether the recordings are there."""
    return folder.is_dir()


def recordings(languages: tuple[str, ...], folder: Path = STAMPS) -> list[Recording]:
    """All recordings in these languages whose text is nothing but words, in a fixed order."""
    found = []
    for path in sorted(folder.rglob("*_desc*.ogg")):
        name = _NAME.fullmatch(path.name)
        language = (name[2] or ENGLISH[0]) if name else ""
        if name is None or language not in languages:
            continue
        text = _text(path.with_name(f"{name[1]}.txt"), language)
        if text and not _NOT_WORDS.search(text) and soundfile.info(path).duration < LONGEST_S:
            found.append(Recording(path, text, language))
    return found


def _text(path: Path, language: str) -> str:
    """What is said of a stamp, in that language; empty where nobody has written it down."""
    if not path.is_file():
        return ""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    if language in ENGLISH:
        return lines[0].strip() if lines else ""
    for line in lines:
        key, _, text = line.partition("=")
        if key == f"{language}.utf8":
            return text.strip()
    return ""
