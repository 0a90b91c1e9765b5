"""Is the caller speaking? webrtcvad, cheap, asks first; Silero answers where speech is possible.

Silero goes on believing in speech for about 100 ms behind its end, which every answer would wait
for. A window at the level of the line's own noise is therefore silence, whatever Silero says.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
import numpy.typing as npt
import onnxruntime
import webrtcvad

from voicebot.speech.ear import SAMPLE_RATE, Samples
from voicebot.voice.voiced import periodicity

WINDOW = 512
"""Samples that Silero takes at a time: 32 ms."""
WINDOW_MS = WINDOW * 1000 // SAMPLE_RATE
_CONTEXT = 64
"""Samples of the window before, which Silero wants in front of each window."""
_GATE_FRAME = SAMPLE_RATE // 100
"""Samples that webrtcvad takes at a time: 10 ms."""
_GATE_MODE = 1
"""webrtcvad's strictness, 0 to 3. Low: the gate may let noise through, never keep speech out."""
_GATE_OPEN = 10
"""Windows that the gate stays open after the last possible speech, so that Silero sees its end."""
_QUIET = 0.1
_RESET_EVERY = 62
"""Windows after which Silero's memory is cleared at a quiet moment: music and noise lame it."""


_REMEMBERED = 128
"""Windows from which the line's noise and the voice's level are known: 4 s."""
_OVER_NOISE = 1.6
"""A window less than 4 dB over the quietest one is silence …"""
_UNDER_VOICE = 0.02
"""… and so is one 34 dB under the loudest."""
_CLEAR_OF_NOISE = 4.0
"""12 dB over the noise, and …"""
_AUDIBLE = 0.01
"""… -40 dBFS: a voice that only its pitch gives away must be that clear …"""
_PERIODIC = 0.75
"""… and that periodic. A cough and a door are not."""
_PERIODIC_VOICE = 0.55
"""Probability given to it: enough for a turn, never beyond doubt."""


@dataclass(frozen=True)
class Window:
    """32 ms of the caller's sound."""

    samples: Samples
    """float32 [512], 16 kHz."""
    speech: float
    """Probability of speech; 0 where the gate was shut."""


@cache
def _silero() -> onnxruntime.InferenceSession:
    """The model that pipecat ships, loaded once for all calls."""
    options = onnxruntime.SessionOptions()
    options.inter_op_num_threads = options.intra_op_num_threads = 1
    path = resources.files("pipecat.audio.vad.data") / "silero_vad.onnx"
    return onnxruntime.InferenceSession(
        str(path), sess_options=options, providers=["CPUExecutionProvider"]
    )


class Silero:
    """Silero's memory of one call."""

    def __init__(self) -> None:
        self._session = _silero()
        self._rate = np.array(SAMPLE_RATE, np.int64)
        self.reset()

    def reset(self) -> None:
        """Forgets what was heard."""
        self._state = np.zeros((2, 1, 128), np.float32)
        self._context = np.zeros(_CONTEXT, np.float32)
        self._windows = self._quiet = 0

    def __call__(self, samples: Samples) -> float:
        """Probability of speech in float32 [512]."""
        sound = np.concatenate((self._context, samples))[None]
        feed = {"input": sound, "state": self._state, "sr": self._rate}
        found, self._state = self._session.run(None, feed)
        self._context = samples[-_CONTEXT:]
        speech = float(found[0, 0])
        self._windows += 1
        self._quiet = self._quiet + 1 if speech < _QUIET else 0
        if self._windows >= _RESET_EVERY and self._quiet >= 5:
            self.reset()
        return speech


class Vad:
    """Cuts a call's sound into windows and says which hold speech."""

    def __init__(self) -> None:
        self._gate = webrtcvad.Vad(_GATE_MODE)
        self._silero = Silero()
        self._rest = np.zeros(0, np.int16)
        self._before = np.zeros(WINDOW, np.float32)
        self._open = 0
        self._levels: deque[float] = deque(maxlen=_REMEMBERED)

    def push(self, sound: npt.NDArray[np.int16]) -> list[Window]:
        """Takes any number of samples at 16 kHz; gives the windows they complete."""
        self._rest = np.concatenate((self._rest, sound))
        whole = len(self._rest) // WINDOW * WINDOW
        windows = [self._window(self._rest[at : at + WINDOW]) for at in range(0, whole, WINDOW)]
        self._rest = self._rest[whole:]
        return windows

    def _window(self, sound: npt.NDArray[np.int16]) -> Window:
        samples = sound.astype(np.float32) / 32768.0
        was_open = self._open > 0
        self._open = _GATE_OPEN if self._possible(sound) else max(0, self._open - 1)
        speech = 0.0
        if self._open:
            if not was_open:  # the window before the gate opened may hold the first consonant
                self._silero.reset()
                self._silero(self._before)
            speech = self._silero(samples)
        self._before = samples
        level = float(np.sqrt(np.mean(np.square(samples))))
        self._levels.append(level)
        if not self._loud(level):
            speech = 0.0
        elif speech < _PERIODIC_VOICE and self._periodic(samples, level):
            speech = _PERIODIC_VOICE
        return Window(samples, speech)

    def _loud(self, level: float) -> bool:
        noise, voice = min(self._levels), max(self._levels)
        return level > max(_OVER_NOISE * noise, _UNDER_VOICE * voice)

    def _periodic(self, samples: Samples, level: float) -> bool:
        """Whether it is a voice by its pitch, although Silero does not believe in it."""
        clear = level > max(_CLEAR_OF_NOISE * min(self._levels), _AUDIBLE)
        return self._open > 0 and clear and periodicity(samples) > _PERIODIC

    def _possible(self, sound: npt.NDArray[np.int16]) -> bool:
        ends = range(_GATE_FRAME, WINDOW + 1, _GATE_FRAME)
        return any(
            self._gate.is_speech(sound[end - _GATE_FRAME : end].tobytes(), SAMPLE_RATE)
            for end in ends
        )


def warm_up() -> None:
    """Loads the model before the first call waits for it."""
    Silero()(np.zeros(WINDOW, np.float32))
