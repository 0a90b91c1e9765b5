"""Opens the ear that the settings name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from voicebot.errors import BadInput
from voicebot.speech.ear import Ear
from voicebot.speech.two_pass import WAIT_MS, TwoPassEar
from voicebot.speech.which_language import load_scales

if TYPE_CHECKING:
    from voicebot.speech.bilingual import BilingualEar

BOTH = "lite"
"""The setting that names the two shipped ears together."""


def open_ear(setting: str, models: Path, threads: int = 2, wait_ms: int = WAIT_MS) -> Ear:
    """Opens an ear: `lite`, `lite-fr`, `whisper:NAME`, or two: `lite+whisper:NAME`.

    Args:
        setting: what the settings say.
        models: folder of the shipped model, and of what `voicebot models pull` fetched.
        threads: of one pass.
        wait_ms: of two ears, how much later a turn may be taken for the second one's words.

    Raises:
        MissingPart: the model is not there; the message says how to get it.
        BadInput: no such ear.
    """
    first, plus, second = setting.partition("+")
    if plus and first.startswith("lite") and second.startswith("whisper:"):
        return TwoPassEar(_one(first, models, threads), _one(second, models, threads), wait_ms)
    return _one(setting, models, threads)


def _one(setting: str, models: Path, threads: int) -> Ear:
    kind, _, name = setting.partition(":")
    if setting == BOTH:
        return open_bilingual(models, threads)
    if setting == "lite-fr" or _is_lite(setting, models):
        from voicebot.speech.lite import LiteEar

        return LiteEar(models / setting, threads=threads)
    if kind == "whisper" and name:
        from voicebot.speech.whisper import WhisperEar, whisper_folder  # a second to import

        return WhisperEar(whisper_folder(name, models), threads=threads)
    todo = "lite, lite-fr, whisper:NAME, whisper:FOLDER or lite+whisper:NAME"
    raise BadInput(f"unknown ear {setting!r}", todo=f"known: {todo}")


def open_bilingual(models: Path, threads: int = 2, english: Path | None = None) -> BilingualEar:
    """The French and the English ear on one encoder.

    Args:
        models: folder of the shipped models.
        threads: of one pass.
        english: the folder of the English one; by default `lite-en`.

    Raises:
        NotFound: one of them is not trained.
    """
    from voicebot.speech.bilingual import BilingualEar
    from voicebot.speech.lite import LiteEar

    folder = english or models / "lite-en"
    french = LiteEar(models / "lite-fr", threads=threads)
    other = LiteEar(folder, threads=threads, encoder=french.encoder)
    return BilingualEar(french, other, load_scales(folder))


def _is_lite(setting: str, models: Path) -> bool:
    """Whether somebody trained a model of that name."""
    plain = setting.startswith("lite-") and Path(setting).name == setting
    return plain and (models / setting).is_dir()
