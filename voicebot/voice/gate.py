"""First processor: the caller's sound becomes windows with a probability of speech."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from pipecat.frames.frames import CancelFrame, EndFrame, Frame, InputAudioRawFrame, StartFrame
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor

from voicebot.speech.ear import SAMPLE_RATE
from voicebot.voice.frames import DeafFrame, WindowFrame
from voicebot.voice.vad import Vad

_TICK_S = 0.1
_LATE_S = 0.2
"""No packet for this long: the caller's side sends none in silence, or the line is bad."""

Sound = npt.NDArray[np.int16]


class Gate(FrameProcessor):
    """Emits `WindowFrame`; where no sound comes, silence, so that a turn ends all the same."""

    def __init__(self, on_sound: Callable[[Sound], None]) -> None:
        super().__init__(enable_direct_mode=True)
        self._vad = Vad()
        self._on_sound = on_sound
        self._task: asyncio.Task[None] | None = None
        self.heard_at: float | None = None
        """When the last packet came, by the loop's clock."""
        self._filled_to = 0.0
        self._deaf = False

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        """Takes sound; lets everything else through."""
        await super().process_frame(frame, direction)
        if isinstance(frame, InputAudioRawFrame):
            self.heard_at = self._filled_to = asyncio.get_running_loop().time()
            sound = np.frombuffer(frame.audio, np.int16)
            self._on_sound(sound)
            await self._emit(sound)
            return
        if isinstance(frame, DeafFrame):
            self._deaf = frame.deaf
            return
        if isinstance(frame, StartFrame) and self._task is None:
            self._task = self.create_task(self._fill())
        if isinstance(frame, EndFrame | CancelFrame):
            await self._stop()
        await self.push_frame(frame, direction)

    async def cleanup(self) -> None:
        """Ends the filling of gaps."""
        await self._stop()
        await super().cleanup()

    async def _emit(self, sound: Sound) -> None:
        if self._deaf:
            return
        for window in self._vad.push(sound):
            await self.push_frame(WindowFrame(window=window))

    async def _fill(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(_TICK_S)
            gap = loop.time() - self._filled_to
            if self.heard_at is not None and gap > _LATE_S:
                self._filled_to += gap
                await self._emit(np.zeros(int(gap * SAMPLE_RATE), np.int16))

    async def _stop(self) -> None:
        if self._task is not None:
            await self.cancel_task(self._task)
            self._task = None
