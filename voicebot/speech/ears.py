"""Opens the ear that the settings name."""

from __future__ import annotations

from pathlib import Path

from voicebot.errors import BadInput
from voicebot.speech.ear import Ear


def open_ear(setting: str, models: Path, threads: int = 2) -> Ear:
    """Opens an ear: `lite-fr`, `whisper:NAME` or `whisper:FOLDER`.

    Args:
        setting: what the settings say.
        models: folder of the shipped model, and of what `voicebot models pull` fetched.
        threads: of one pass.

    Raises:
        MissingPart: the model is not there; the message says how to get it.
        BadInput: no such ear.
    """
    kind, _, name = setting.partition(":")
    if kind.startswith("lite") and not name:
        from voicebot.speech.lite import LiteEar

        return LiteEar(models / kind, threads=threads)
    if kind == "whisper" and name:
        from voicebot.speech.whisper import WhisperEar, whisper_folder  # a second to import

        return WhisperEar(whisper_folder(name, models), threads=threads)
    raise BadInput(f"unknown ear {setting!r}", todo="lite-fr, whisper:NAME or whisper:FOLDER")
