"""What sends frames up and down a call's pipeline."""

from __future__ import annotations

from typing import Protocol

from pipecat.frames.frames import Frame
from pipecat.processors.frame_processor import FrameDirection


class Pushes(Protocol):
    """A talker: its frames reach the listener before it and the speaker behind it."""

    async def push_frame(
        self, frame: Frame, direction: FrameDirection = FrameDirection.DOWNSTREAM
    ) -> None:
        """Sends a frame on its way."""
        ...
