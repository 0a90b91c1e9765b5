"""Last processor, behind the transport: sees the bot's sound as it goes out."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from pipecat.frames.frames import Frame, OutputAudioRawFrame
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor


class Sent(FrameProcessor):
    """Tells of each chunk that the transport has sent."""

    def __init__(self, on_sound: Callable[[npt.NDArray[np.int16]], None]) -> None:
        super().__init__(enable_direct_mode=True)
        self._on_sound = on_sound

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        """Watches; lets everything through."""
        await super().process_frame(frame, direction)
        if isinstance(frame, OutputAudioRawFrame):
            self._on_sound(np.frombuffer(frame.audio, np.int16))
        await self.push_frame(frame, direction)
