"""Whisper through faster-whisper, on no more sound than there is.

faster-whisper's own `transcribe` pads every utterance to 30 s and pays for 30 s. Here its loader,
feature extractor, `encode` and CTranslate2's `generate` are called on the padded length needed:
the encoder costs 3 to 8 times less. Weights were trained on 30 s, so a very short window can make
them repeat or invent words; silence is left behind the speech, a gate keeps invented words out
(`whisper_gate`), and what repeats is listened to once more in the full window.
"""

from __future__ import annotations

import logging
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from faster_whisper import WhisperModel
from faster_whisper.tokenizer import Tokenizer
from faster_whisper.utils import available_models

from voicebot.dialogue.expectation import ANYTHING, Expectation
from voicebot.errors import BadInput, MissingPart, Place
from voicebot.speech.ear import SAMPLE_RATE, Heard, Samples
from voicebot.speech.spoken import as_spoken
from voicebot.speech.whisper_captions import load_captions
from voicebot.speech.whisper_gate import Decoded, Sound, judge
from voicebot.speech.whisper_prompt import Prompt, prompt_for
from voicebot.speech.whisper_voice import voice_seconds

log = logging.getLogger(__name__)

LANGUAGES = ("fr", "en")
FULL_S = 30.0
"""What Whisper was trained on, and the most that one pass takes."""
_HOP = 160  # samples of one mel frame
_QUIET = 10 ** (-60 / 20)  # nothing above -60 dBFS: a muted line


@dataclass(frozen=True)
class Window:
    """How much sound one pass is given."""

    silence_s: float = 1.0
    """Silence left behind the speech."""
    least_s: float = 3.0
    """The shortest window."""
    most_s: float = FULL_S
    """The longest; what is older is not listened to."""

    def frames(self, samples: int) -> int:
        """Mel frames, an even number, for so many samples of speech."""
        seconds = min(max(samples / SAMPLE_RATE + self.silence_s, self.least_s), self.most_s)
        return 2 * math.ceil(seconds * SAMPLE_RATE / _HOP / 2)


FULL = Window(least_s=FULL_S)
"""The window that faster-whisper itself uses."""


class WhisperEar:
    """A Whisper converted to CTranslate2. Thread-safe."""

    def __init__(
        self,
        folder: Path,
        *,
        threads: int = 2,
        window: Window | None = None,
        beam: int = 1,
        device: str = "auto",
    ) -> None:
        """Loads the model; never downloads.

        Args:
            folder: holds model.bin, config.json, tokenizer.json and the vocabulary.
            threads: of one pass, on a CPU.
            window: what one pass is given; by default no more than needed.
            beam: 1 is the fastest.
            device: cpu, cuda, or auto.

        Raises:
            MissingPart: the model is not there.
            BadInput: the folder holds no such model.
        """
        for name in ("model.bin", "config.json", "tokenizer.json"):
            if not (folder / name).is_file():
                raise MissingPart(
                    f"no Whisper model in {folder} ({name} is missing): "
                    f"get it with `voicebot models pull {folder.name}`"
                )
        try:
            self._model = WhisperModel(
                str(folder), device=device, cpu_threads=threads, local_files_only=True
            )
        except Exception as error:  # CTranslate2 and tokenizers raise bare Exceptions
            reason = (str(error).splitlines() or [type(error).__name__])[0]
            raise BadInput(
                f"not a Whisper model for CTranslate2: {reason}", where=Place(folder)
            ) from error
        multilingual = self._model.model.is_multilingual
        self._tokenizers = {
            language: Tokenizer(
                self._model.hf_tokenizer, multilingual, task="transcribe", language=language
            )
            for language in LANGUAGES
        }
        self._suppressed = _suppressed(self._tokenizers["fr"])
        self._captions = load_captions()
        voice_seconds(np.zeros(_HOP, np.float32))  # loads the detector before the first call
        self._window, self._beam = window or Window(), beam
        self.name = f"whisper:{folder.name}"

    def listen(
        self, samples: Samples, expectation: Expectation = ANYTHING, words: tuple[str, ...] = ()
    ) -> Heard:
        """Recognises one utterance; what the gate refuses is an honest nothing."""
        if len(samples) < SAMPLE_RATE // 10 or float(np.abs(samples).max()) < _QUIET:
            return Heard("", 0.0)
        samples = samples[-int(self._window.most_s * SAMPLE_RATE) :]
        language = expectation.language if expectation.language in LANGUAGES else "fr"
        prompt = prompt_for(expectation, words)
        written, logprob = self._believed(samples, language, prompt)
        text = as_spoken(written, language)
        if not text:
            return Heard("", 0.0)
        awaited = {as_spoken(phrase, language) for phrase in expectation.phrases}
        return Heard(text, math.exp(logprob), in_expectation=text in awaited)

    def _believed(self, samples: Samples, language: str, prompt: Prompt) -> tuple[str, float]:
        """The text that passes the gate, perhaps empty, and its mean log-probability."""
        sound = Sound(len(samples) / SAMPLE_RATE, voice_seconds(samples))
        decoded = self._decode(samples, language, prompt, self._window)
        judged = judge(decoded, sound, self._captions, prompt)
        if judged.gate and judged.gate.lost_its_way and self._window != FULL:
            decoded = self._decode(samples, language, prompt, FULL)
            judged = judge(decoded, sound, self._captions, prompt)
        if judged.gate:
            log.warning(
                "Whisper's words were %s: %s (no speech %.2f, log-probability %.2f, "
                "%.1f s of voice in %.1f s)",
                "cut" if judged.text else "dropped",
                judged.gate,
                decoded.no_speech_prob,
                decoded.avg_logprob,
                sound.voice_s,
                sound.seconds,
            )
        return judged.text, decoded.avg_logprob

    def _decode(self, samples: Samples, language: str, prompt: Prompt, window: Window) -> Decoded:
        tokenizer = self._tokenizers[language]
        frames = window.frames(len(samples))
        padding = max(0, frames * _HOP - len(samples))
        features = self._model.feature_extractor(samples, padding=padding)[:, :frames]
        encoded = self._model.encode(features)
        tokens = self._model.get_prompt(
            tokenizer, [], without_timestamps=True, hotwords=prompt.text or None
        )
        most = min(self._model.max_length, len(tokens) + _most_tokens(len(samples)))
        result: Any = self._model.model.generate(
            encoded,
            [tokens],
            beam_size=self._beam,
            max_length=most,
            return_scores=True,
            return_no_speech_prob=True,
            suppress_blank=True,
            suppress_tokens=self._suppressed,
        )[0]
        said = result.sequences_ids[0]
        # CTranslate2 gives the mean over the tokens; the end counts as one more.
        logprob = result.scores[0] * len(said) / (len(said) + 1)
        return Decoded(tokenizer.decode(said).strip(), logprob, result.no_speech_prob)


def _most_tokens(samples: int) -> int:
    """Nobody says more than about eight tokens a second; what goes on and on is cut there."""
    return 16 + int(8 * samples / SAMPLE_RATE)


def _suppressed(tokenizer: Tokenizer) -> list[int]:
    """What a caller cannot have said: music signs, speaker tags, special tokens."""
    special = ("transcribe", "translate", "sot", "sot_prev", "sot_lm", "no_speech")
    tokens = {getattr(tokenizer, name) for name in special} | set(tokenizer.non_speech_tokens)
    return sorted(token for token in tokens if token is not None)


def whisper_folder(name: str, models: Path) -> Path:
    """Where the model of a setting `whisper:NAME` or `whisper:FOLDER` lies.

    Raises:
        BadInput: neither a folder nor a size of Whisper.
    """
    folder = Path(name).expanduser()
    if folder.is_dir():
        return folder
    if name not in available_models():
        sizes = "tiny, base, small, medium, large-v3"
        raise BadInput(f"unknown Whisper {name!r}", todo=f"{sizes}, or a folder that is there")
    return models / f"whisper-{name}"
