"""eSpeak NG through ctypes: the voice of last resort, and the pronunciation of any word."""

from __future__ import annotations

import ctypes
import threading
from dataclasses import dataclass
from pathlib import Path

import espeakng_loader
import numpy as np

from voicebot.errors import MissingPart, NotFound
from voicebot.speech.ear import Samples
from voicebot.speech.mouth import Sound

SAMPLE_RATE = 22_050
"""Hz; what every eSpeak NG formant voice gives."""

PHONEME_SEPARATOR = "_"

_AUDIO_SYNCHRONOUS = 2
_DO_NOT_EXIT = 0x8000
_UTF8 = 1
_PHONEME_INPUT = 0x100
_IPA = 0x02
_POSITION_CHARACTER = 1
_RATE, _VOLUME, _PITCH, _RANGE, _WORD_GAP = 1, 2, 3, 4, 7
_CALLBACK = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
)


_SEE_VOICES = "see `espeak-ng --voices=variant`"


def _variant_file(variant: str) -> Path:
    return Path(espeakng_loader.get_data_path()) / "voices" / "!v" / variant


class _Library:
    """The one libespeak-ng of the process: its state is global, so one lock guards it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self._handle: ctypes.CDLL | None = None
        self._chunks: list[Samples] = []
        self._callback = _CALLBACK(self._receive)
        self._voice = ""

    def _receive(self, wav: object, count: int, events: object) -> int:
        """Keeps a chunk of sound; libespeak wants 0 to go on."""
        if wav and count > 0:
            block = np.ctypeslib.as_array(wav, shape=(count,))
            self._chunks.append(block.astype(np.float32) / 32768.0)
        return 0

    def _load(self) -> ctypes.CDLL:
        if self._handle is None:
            try:
                handle = ctypes.CDLL(espeakng_loader.get_library_path())
            except OSError as error:
                raise MissingPart(
                    "eSpeak NG does not load: reinstall it with `pip install espeakng-loader`"
                ) from error
            handle.espeak_TextToPhonemes.restype = ctypes.c_char_p
            handle.espeak_SetSynthCallback.argtypes = [_CALLBACK]
            data = espeakng_loader.get_data_path().encode()
            if handle.espeak_Initialize(_AUDIO_SYNCHRONOUS, 0, data, _DO_NOT_EXIT) < 0:
                raise MissingPart(
                    "eSpeak NG finds no data: reinstall it with `pip install espeakng-loader`"
                )
            handle.espeak_SetSynthCallback(self._callback)
            self._handle = handle
        return self._handle

    def use(self, voice: str) -> ctypes.CDLL:
        """Loads the library and selects a voice such as "fr+f2". Call it under the lock."""
        handle = self._load()
        if voice != self._voice:
            # libespeak says nothing of a variant that it does not have.
            if (variant := voice.partition("+")[2]) and not _variant_file(variant).is_file():
                raise NotFound(f"eSpeak NG has no variant {variant!r}", todo=_SEE_VOICES)
            if handle.espeak_SetVoiceByName(voice.encode()) != 0:
                self._voice = ""
                raise NotFound(f"eSpeak NG has no voice {voice!r}", todo=_SEE_VOICES)
            self._voice = voice
        return handle

    def render(
        self, text: str, voice: str, settings: dict[int, int], flags: int = _UTF8
    ) -> Samples:
        """Speaks `text`: float32 [n] at SAMPLE_RATE."""
        with self.lock:
            handle = self.use(voice)
            for parameter, value in settings.items():
                handle.espeak_SetParameter(parameter, value, 0)
            self._chunks = []
            raw = text.encode() + b"\0"
            handle.espeak_Synth(raw, len(raw), 0, _POSITION_CHARACTER, 0, flags, None, None)
            chunks, self._chunks = self._chunks, []
        return np.concatenate(chunks) if chunks else np.zeros(0, np.float32)

    def transcribe(self, text: str, voice: str, ipa: bool = True) -> str:
        """The IPA of `text`, or eSpeak's own mnemonics; PHONEME_SEPARATOR between phonemes."""
        parts = []
        with self.lock:
            handle = self.use(voice)
            # Without the space a last letter behind a comma would open the next text instead.
            pointer = ctypes.c_char_p(f"{text} ".encode())
            mode = (_IPA if ipa else 0) | (ord(PHONEME_SEPARATOR) << 8)
            while pointer.value:
                clause = handle.espeak_TextToPhonemes(ctypes.byref(pointer), _UTF8, mode)
                parts.append((clause or b"").decode().strip())
        return " ".join(part for part in parts if part)


_LIBRARY = _Library()

_VOICES = {"fr": "fr", "en": "en"}


def phonemes(text: str, language: str = "fr") -> str:
    """The IPA of `text` as eSpeak NG says it.

    Words given together are linked ("les amis" gets its z). Phonemes are separated by "_" and
    words by spaces; stress marks are kept: whoever reads them drops what it has no use for.
    """
    return _LIBRARY.transcribe(text, _VOICES.get(language, language))


def mnemonics(text: str) -> str:
    """The French pronunciation of `text` in eSpeak's own signs ("@" is the schwa)."""
    return _LIBRARY.transcribe(text, "fr", ipa=False)


@dataclass(frozen=True)
class EspeakMouth:
    """A voice of eSpeak NG. Thread-safe: calls in several threads take turns."""

    voice: str = "fr"
    """Language voice: fr, fr-be, fr-ch."""
    variant: str | None = None
    """One of eSpeak's variants: f2, m3, klatt4, … None is the plain voice."""
    rate: int = 160
    """Words a minute, 80 to 450."""
    pitch: int = 50
    """0 to 99."""
    pitch_range: int = 50
    """0 (monotone) to 99."""
    volume: int = 100
    """0 to 200; over 100 it may clip."""
    word_gap: int = 0
    """Silence between words, in units of 10 ms."""

    @property
    def name(self) -> str:
        """What changes the sound, for the key of rendered prompts."""
        parts = (self.voice, self.variant or "plain", self.rate, self.pitch, self.pitch_range)
        return "espeak:" + ":".join(map(str, (*parts, self.volume, self.word_gap)))

    def speak(self, text: str, language: str = "fr") -> Sound:
        """Says `text`: 22,050 Hz. An empty text gives an empty sound."""
        return self._speak(text.replace("\0", " "), language, _UTF8)

    def speak_mnemonics(self, mnemonics: str, language: str = "fr") -> Sound:
        """Says eSpeak's own phoneme mnemonics of a language, as `mnemonics` gives them."""
        return self._speak(f"[[{mnemonics}]]", language, _UTF8 | _PHONEME_INPUT)

    def _speak(self, text: str, language: str, flags: int) -> Sound:
        if not text.strip():
            return Sound(np.zeros(0, np.float32), SAMPLE_RATE)
        own = self.voice.split("-")[0] == language.split("-")[0]
        voice = self.voice if own else _VOICES.get(language, language)
        settings = {
            _RATE: self.rate,
            _VOLUME: self.volume,
            _PITCH: self.pitch,
            _RANGE: self.pitch_range,
            _WORD_GAP: self.word_gap,
        }
        name = f"{voice}+{self.variant}" if self.variant else voice
        return Sound(_LIBRARY.render(text, name, settings, flags), SAMPLE_RATE)
