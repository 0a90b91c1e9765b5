"""What the bot says, as sound: recorded by a person, or rendered once and kept.

Only texts that are known before anybody calls are kept on disk. What is said with a caller's
name or number in it is remembered for a while in memory, and nowhere else.
"""

from __future__ import annotations

import hashlib
import logging
import threading
import wave
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

import numpy as np

from voicebot.errors import AudioError, VoicebotError
from voicebot.speech.audiofile import read_audio
from voicebot.speech.ear import SAMPLE_RATE, Samples
from voicebot.speech.espeak import EspeakMouth
from voicebot.speech.loudness import normalise, trim
from voicebot.speech.mouth import Mouth, Sound
from voicebot.speech.recorded import read_recorded
from voicebot.speech.telephone import resample

log = logging.getLogger(__name__)

VERSION = 1
"""Part of every key: raised when trimming or levelling changes, so that old files are not used."""
KEPT = 512
"""Sounds of fixed texts kept in memory; a prompt of 4 s takes 256 kB."""
PASSING = 96
"""Sounds of other texts kept in memory: what some twenty calls say in a minute or two."""

Progress = Callable[[int, int], None]
"""Called with how many of how many are done."""
Trouble = Callable[[str, str], None]
"""Called with the part that failed and why: for the journal's `degraded`."""


class Prompts:
    """Sound for each text: 16 kHz, mono, no silence around it, one level. Thread-safe.

    A prompt recorded by a person wins; then what was rendered before, in memory or on disk; then
    the mouth, and if it fails, eSpeak, so that a call never goes silent: the mouth is asked again
    the next time. A full disk or a damaged file costs time and nothing else.
    """

    def __init__(
        self,
        mouth: Mouth,
        cache: Path,
        recorded: Path | Sequence[Path] | None = None,
        *,
        last_resort: Mouth | None = None,
        on_trouble: Trouble | None = None,
    ) -> None:
        """Reads the recordings' indexes.

        Args:
            mouth: renders what nobody recorded.
            cache: folder for rendered fixed texts; made when needed.
            recorded: folders of recorded prompts, the one that wins first.
            last_resort: speaks when `mouth` fails; eSpeak NG by default.
            on_trouble: told when `mouth` fails.
        """
        self.mouth = mouth
        self._cache = cache
        folders = [recorded] if isinstance(recorded, Path) else list(recorded or ())
        self._recorded = [read_recorded(folder) for folder in folders]
        self._last_resort: Mouth = last_resort or EspeakMouth()
        self._on_trouble = on_trouble
        self._fixed: set[str] = set()
        self._memory: OrderedDict[str, Sound] = OrderedDict()
        self._passing: OrderedDict[str, Sound] = OrderedDict()
        self._lock = threading.Lock()
        self._turns: dict[str, threading.Lock] = {}
        self._disk_works = True
        self._forget_callers()

    def get(self, text: str, language: str = "fr", response: str | None = None) -> Sound:
        """The sound of `text`; an empty text gives an empty sound."""
        if not text.strip():
            return Sound(np.zeros(0, np.float32), SAMPLE_RATE)
        recording = self._recording(text, language, response)
        key = self._key(text, language, recording)
        with self._lock:
            if (sound := self._remembered(key)) is not None:
                return sound
            turn = self._turns.setdefault(key, threading.Lock())
        with turn:  # who asks for the same text meanwhile waits, and finds it in memory
            with self._lock:
                if (sound := self._remembered(key)) is not None:
                    return sound
            try:
                return self._make(text, language, key, recording)
            finally:
                with self._lock:
                    self._turns.pop(key, None)

    def ready(self, text: str, language: str = "fr", response: str | None = None) -> bool:
        """Whether `get` answers at once."""
        key = self._key(text, language, self._recording(text, language, response))
        with self._lock:
            if key in self._memory or key in self._passing:
                return True
            fixed = key in self._fixed
        return fixed and self._path(key).is_file()

    def render(
        self, texts: Iterable[str], progress: Progress | None = None, language: str = "fr"
    ) -> int:
        """Renders fixed texts ahead, at the server's start or when a client changes.

        Args:
            texts: without anything that a caller said; they are kept on disk.
            progress: told after each.
            language: of all of them.

        Returns:
            How many texts.
        """
        wanted = list(dict.fromkeys(text for text in texts if text.strip()))
        for done, text in enumerate(wanted, 1):
            with self._lock:
                self._fixed.add(key := self._key(text, language, None))
                self._passing.pop(key, None)  # it was said before it was known as fixed
            self.get(text, language)
            if progress:
                progress(done, len(wanted))
        return len(wanted)

    def _recording(self, text: str, language: str, response: str | None) -> Path | None:
        found = (recorded.find(text, language, response) for recorded in self._recorded)
        return next((path for path in found if path), None)

    def _key(self, text: str, language: str, recording: Path | None) -> str:
        if recording:
            with suppress(OSError):  # a file taken away is reported when it is read
                return f"{recording}@{recording.stat().st_mtime_ns}"
        parts = (self.mouth.name, " ".join(text.split()), language, str(VERSION))
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

    def _remembered(self, key: str) -> Sound | None:
        """From memory; call it under the lock."""
        for memory in (self._memory, self._passing):
            if key in memory:
                memory.move_to_end(key)
                return memory[key]
        return None

    def _remember(self, key: str, samples: Samples, *, fixed: bool) -> Sound:
        """Into memory, where callers' texts never push out those that are always needed."""
        sound = Sound(samples, SAMPLE_RATE)
        memory, limit = (self._memory, KEPT) if fixed else (self._passing, PASSING)
        with self._lock:
            memory[key] = sound
            while len(memory) > limit:
                memory.popitem(last=False)
        return sound

    def _make(self, text: str, language: str, key: str, recording: Path | None) -> Sound:
        if recording:
            try:
                return self._remember(
                    key, _level(Sound(read_audio(recording), SAMPLE_RATE)), fixed=True
                )
            except (AudioError, OSError) as error:
                log.warning("recorded prompt not used, the voice speaks instead: %s", error)
                key = self._key(text, language, None)
                with self._lock:
                    if (sound := self._remembered(key)) is not None:
                        return sound
        path, fixed = self._path(key), key in self._fixed
        if (samples := _read(path)) is not None:
            return self._remember(key, samples, fixed=True)
        try:
            samples = _level(self.mouth.speak(text, language))
        except Exception as error:  # noqa: BLE001  # whatever it was, the call goes on
            # Another library's message may hold the text, and with it a caller's name.
            why = str(error) if isinstance(error, VoicebotError) else type(error).__name__
            log.warning("the voice %s failed, eSpeak speaks: %s", self.mouth.name, why)
            if self._on_trouble:
                self._on_trouble("voice", why)
            return Sound(_level(self._last_resort.speak(text, language)), SAMPLE_RATE)
        if fixed:
            self._write(path, samples)
        return self._remember(key, samples, fixed=fixed)

    def _path(self, key: str) -> Path:
        return self._cache / "fixed" / key[:2] / f"{key}.wav"

    def _forget_callers(self) -> None:
        """Removes what was kept on disk when every text was, callers' names and all."""
        for path in self._cache.glob("[0-9a-f][0-9a-f]/*.wav"):
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                log.warning("an old prompt cannot be removed: %s", error)

    def _write(self, path: Path, samples: Samples) -> None:
        """Keeps a prompt on disk, whole or not at all; a disk that refuses is logged once."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
                try:
                    _write_wav(part.name, samples)
                    Path(part.name).replace(path)
                except OSError:
                    Path(part.name).unlink(missing_ok=True)
                    raise
            self._disk_works = True
        except OSError as error:
            if self._disk_works:
                log.warning("rendered prompts are kept in memory only: %s", error)
            self._disk_works = False


def _level(sound: Sound) -> Samples:
    """Any sound as a prompt: 16 kHz, trimmed, levelled."""
    return normalise(trim(resample(sound.samples, sound.sample_rate, SAMPLE_RATE)))


def _write_wav(path: str, samples: Samples) -> None:
    """16-bit mono WAV, by the standard library: it reports a full disk as OSError."""
    with wave.open(path, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())


def _read(path: Path) -> Samples | None:
    """A rendered prompt; None if it is not there, or is damaged or cut short."""
    try:
        with wave.open(str(path), "rb") as file:
            shape = (file.getnchannels(), file.getsampwidth(), file.getframerate())
            count, data = file.getnframes(), file.readframes(file.getnframes())
    except FileNotFoundError:
        return None
    except (OSError, EOFError, wave.Error):
        log.warning("a rendered prompt is damaged and is rendered again")
        return None
    if shape != (1, 2, SAMPLE_RATE) or count == 0 or len(data) != 2 * count:
        log.warning("a rendered prompt is damaged and is rendered again")
        return None
    return (np.frombuffer(data, "<i2") / 32767).astype(np.float32)
