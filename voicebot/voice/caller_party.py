"""The caller's line, as a bridge uses it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from pipecat.frames.frames import Frame
from pipecat.processors.frame_processor import FrameDirection

from voicebot.voice.frames import DeafFrame, HushFrame, MusicFrame
from voicebot.voice.line import Line
from voicebot.voice.pushes import Pushes
from voicebot.voice.recording import Recording

Overhear = Callable[[str, str], None]
"""Told who of the two spoke, `caller` or `person`, and the words."""


class CallerParty:
    """`Side` of a caller. He is spoken to through `CallerSide`."""

    name = ""

    def __init__(
        self,
        call_id: str,
        line: Line,
        recording: Recording,
        overhear: Overhear,
    ) -> None:
        """Builds it.

        Args:
            call_id: of his call.
            line: his.
            recording: of the call; whoever is joined with him is its third channel.
            overhear: told what is said when the transcript goes on.
        """
        self.call_id = call_id
        self.line = line
        self.recording = recording
        self.overhear = overhear
        self.gone = asyncio.Event()
        self.talker: Pushes | None = None
        self.overheard = False
        """Whether his words go to the transcript, and to nobody else."""

    async def quiet(self) -> None:
        """The bot falls silent and deaf, and the music stops."""
        await self._push(MusicFrame(on=False))
        await self._push(HushFrame())
        await self._push(DeafFrame(deaf=True), FrameDirection.UPSTREAM)

    async def play(self, music: bool) -> None:
        """Music while he is on hold, or none."""
        await self._push(MusicFrame(on=music))

    async def listen(self, on: bool) -> None:
        """Whether the ear hears him, for the transcript."""
        self.overheard = on
        await self._push(DeafFrame(deaf=not on), FrameDirection.UPSTREAM)

    async def _push(
        self, frame: Frame, direction: FrameDirection = FrameDirection.DOWNSTREAM
    ) -> None:
        if self.talker is not None and not self.gone.is_set():
            await self.talker.push_frame(frame, direction)
