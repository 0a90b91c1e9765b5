"""Piper: a neural voice that runs in the process."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import numpy as np
from piper import PiperVoice

from voicebot.errors import BadInput, MissingPart, Place, VoicebotError
from voicebot.speech.mouth import Sound

logging.getLogger("piper").setLevel(logging.INFO)  # at DEBUG it logs what it says: names


class PiperMouth:
    """A Piper voice: NAME.onnx with NAME.onnx.json beside it. Thread-safe."""

    def __init__(self, file: Path, *, pace: float = 1.0) -> None:
        """Loads the voice, which takes about a second.

        Args:
            file: the ONNX file.
            pace: length of the sounds; 1.1 speaks more slowly than the voice was trained to.

        Raises:
            MissingPart: the voice or its description is not there.
            BadInput: the file is no Piper voice.
        """
        config = Path(f"{file}.json")
        for part in (file, config):
            if not part.is_file():
                raise MissingPart(
                    f"no Piper voice at {part}: get it with `voicebot models pull {file.stem}`"
                )
        try:
            self._voice = PiperVoice.load(file, config)
        except json.JSONDecodeError as error:
            raise BadInput("not a Piper voice's description", where=Place(config)) from error
        except KeyError as error:
            raise BadInput(f"the description has no {error}", where=Place(config)) from error
        except Exception as error:  # onnxruntime's errors have no common base of their own
            raise BadInput(
                f"not a Piper voice: {_first_line(error)}",
                where=Place(file),
                todo=f"pull it again: voicebot models pull {file.stem}",
            ) from error
        self._voice.config.length_scale *= pace
        self.language: str = self._voice.config.espeak_voice.split("-")[0]
        """What it speaks: fr, en …"""
        self.name = f"piper:{file.stem}:{file.stat().st_size}:{pace}"

    def speak(self, text: str, language: str = "fr") -> Sound:
        """Says `text`, whatever its language, with this voice's accent."""
        rate = self._voice.config.sample_rate
        if not text.strip():
            return Sound(np.zeros(0, np.float32), rate)
        try:
            chunks = [chunk.audio_float_array for chunk in self._voice.synthesize(text)]
        except Exception as error:  # a damaged voice must not end the call
            raise VoicebotError(f"{self.name} failed: {_first_line(error)}") from error
        return Sound(np.concatenate([np.zeros(0, np.float32), *chunks]), rate)


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
