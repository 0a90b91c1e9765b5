"""One way between two lines: what comes in on one goes out on the other."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from av import AudioFrame

from voicebot.speech.ear import SAMPLE_RATE
from voicebot.voice.line import Line
from voicebot.voice.outlet import RATE


class Wire:
    """Passes on the packets as they are where both lines speak Opus, else the decoded sound."""

    def __init__(
        self,
        source: Line,
        sink: Line,
        on_first: Callable[[], None],
        keep: Callable[[bytes], None],
        *,
        overheard: bool,
    ) -> None:
        """Lays it; `start` lets sound through.

        Args:
            source: where sound comes from.
            sink: where it goes.
            on_first: called once, with the first sound that goes over.
            keep: takes the packets that nobody decodes, for the recording.
            overheard: whether the ear wants the sound decoded.
        """
        self._source, self._sink = source, sink
        self._keep, self._overheard = keep, overheard
        self._on_first: Callable[[], None] | None = on_first
        self._samples = 0
        self._open = False
        self._decoded = False

    def start(self) -> None:
        """Lets sound through from now on."""
        self._open = True
        self._sink.outlet.pass_on()
        self._source.inlet.tap = self._packet
        self._source.heard = self._sound

    def stop(self) -> None:
        """Lets none through; the sink sends the bot's words again. Idempotent."""
        if not self._open:
            return
        self._open = False
        self._source.inlet.tap = self._source.heard = None
        self._source.inlet.decodes = True
        self._sink.outlet.speak()

    def _packet(self, data: bytes, timestamp: int, type: int) -> None:
        self._decoded = not (self._sink.sends_opus and type in self._source.opus)
        self._source.inlet.decodes = self._decoded or self._overheard
        if self._decoded:
            return
        self._sink.outlet.packet(data, timestamp)
        if not self._overheard:
            self._keep(data)
        self._first()

    def _sound(self, sound: npt.NDArray[np.int16]) -> None:
        if not self._decoded:
            return
        frame = AudioFrame.from_ndarray(sound.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = SAMPLE_RATE
        self._sink.outlet.sound(frame, self._samples * RATE // SAMPLE_RATE)
        self._samples += len(sound)
        self._first()

    def _first(self) -> None:
        told, self._on_first = self._on_first, None
        if told is not None:
            told()
