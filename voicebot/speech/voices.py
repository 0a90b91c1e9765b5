"""Opens the voice that the settings name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from voicebot.errors import BadInput
from voicebot.speech.espeak import EspeakMouth
from voicebot.speech.mouth import Mouth, Sound


class Polyglot:
    """Several voices, each for its language; eSpeak NG speaks the others. Thread-safe."""

    def __init__(self, voices: Mapping[str, Mouth]) -> None:
        self._voices = voices
        self._other: Mouth = EspeakMouth()
        self.name = "+".join(voice.name for voice in voices.values())

    def speak(self, text: str, language: str = "fr") -> Sound:
        """Says `text` with the voice of its language."""
        return self._voices.get(language.split("-")[0], self._other).speak(text, language)


def open_mouth(setting: str, voices: Path) -> Mouth:
    """Opens a voice: `espeak`, `piper:NAME`, `piper:FILE.onnx`, or several, by commas.

    `piper:fr_FR-siwis-medium,en_GB-alba-medium` speaks French and English.

    Args:
        setting: what the settings say.
        voices: folder that `voicebot models pull` puts Piper's voices into.

    Raises:
        MissingPart: the voice has not been pulled.
        BadInput: no such kind of voice, or no Piper voice.
    """
    kind, _, names = setting.partition(":")
    if kind == "espeak":
        return EspeakMouth(variant=names or None)
    if kind != "piper" or not names:
        raise BadInput(f"unknown voice {setting!r}", todo="espeak, piper:NAME or piper:FILE.onnx")
    from voicebot.speech.piper import PiperMouth  # loads onnxruntime: a second at start

    opened = [
        PiperMouth(Path(name) if name.endswith(".onnx") else voices / f"{name}.onnx")
        for name in names.split(",")
    ]
    return Polyglot({voice.language: voice for voice in reversed(opened)})
