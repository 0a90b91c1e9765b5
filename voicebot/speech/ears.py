"""Opens the ear that the settings name."""

from __future__ import annotations

from pathlib import Path

from voicebot.errors import BadInput
from voicebot.speech.ear import Ear
from voicebot.speech.two_pass import WAIT_MS, TwoPassEar


def open_ear(setting: str, models: Path, threads: int = 2, wait_ms: int = WAIT_MS) -> Ear:
    """Opens an ear: `lite-fr`, `whisper:NAME`, `whisper:FOLDER`, or two: `lite-fr+whisper:NAME`.

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
    if setting == "lite-fr" or _is_lite(setting, models):
        from voicebot.speech.lite import LiteEar

        return LiteEar(models / setting, threads=threads)
    if kind == "whisper" and name:
        from voicebot.speech.whisper import WhisperEar, whisper_folder  # a second to import

        return WhisperEar(whisper_folder(name, models), threads=threads)
    todo = "lite-fr, whisper:NAME, whisper:FOLDER or lite-fr+whisper:NAME"
    raise BadInput(f"unknown ear {setting!r}", todo=f"known: {todo}")


def _is_lite(setting: str, models: Path) -> bool:
    """Whether somebody trained a model of that name."""
    plain = setting.startswith("lite-") and Path(setting).name == setting
    return plain and (models / setting).is_dir()
