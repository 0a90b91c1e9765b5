"""Fourth processor: says the replies, a little at a time, so that it can stop at once."""

from __future__ import annotations

import asyncio
import re
from concurrent.futures import Executor

import numpy as np
from loguru import logger
from pipecat.frames.frames import Frame, OutputAudioRawFrame
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor

from voicebot.calls.session import Reply
from voicebot.dialogue.action import Say
from voicebot.speech.ear import SAMPLE_RATE, Samples
from voicebot.voice.frames import (
    CutFrame,
    HoldFrame,
    HushFrame,
    InterruptedFrame,
    MusicFrame,
    ResumeFrame,
    SpeakFrame,
    SpokenFrame,
    TroubleFrame,
)
from voicebot.voice.guard import guarded
from voicebot.voice.music import music
from voicebot.voice.parts import Prompts
from voicebot.voice.playback import Piece, Playback

CHUNK = SAMPLE_RATE // 50
"""Samples sent at a time: 20 ms, one packet."""
CHUNK_MS = 20
AHEAD = 2
"""Chunks on their way at once: one being sent, one ready behind it."""
LONG = 120
"""Characters from which a text is rendered sentence by sentence, the first one first."""
GAP = SAMPLE_RATE // 5
"""Silence between two sentences: 0.2 s; prompts have none of their own."""
_STUCK_S = 0.5
"""A chunk not sent by then is lost: the line is down for a moment."""


class Speaker(FrameProcessor):
    """Hands `Playback` to the transport at the pace at which it is sent."""

    def __init__(self, prompts: Prompts, playback: Playback, threads: Executor) -> None:
        super().__init__(enable_direct_mode=True)
        self._prompts = prompts
        self._playback = playback
        self._threads = threads
        self._on_the_way = 0
        self._sent = asyncio.Event()
        self._wake = asyncio.Event()
        self._tell = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._pump: asyncio.Task[None] | None = None

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        """Takes what to say and when to stop; lets everything else through."""
        await super().process_frame(frame, direction)
        match frame:
            case SpeakFrame(reply=reply):
                self._say(reply)
            case HoldFrame():
                self._playback.hold()
            case ResumeFrame():
                self._playback.resume()
                self._wake.set()
            case CutFrame():
                await self._cut()
            case HushFrame():
                await self._hush()
            case MusicFrame(on=on):
                self._playback.music = music() if on else None
                self._run_on()
            case _:
                await self.push_frame(frame, direction)

    def sent(self) -> None:
        """A chunk has gone out; called by the processor behind the transport."""
        self._on_the_way = max(0, self._on_the_way - 1)
        self._sent.set()

    async def cleanup(self) -> None:
        """Falls silent."""
        for task in (*self._tasks, *filter(None, [self._pump])):
            await self.cancel_task(task)
        self._pump = None
        await super().cleanup()

    def _say(self, reply: Reply) -> None:
        last = reply.hang_up is not None  # a goodbye is never cut
        says = [(say, text) for say in reply.says for text in self._sentences(say)]
        pieces = [Piece(text, say.interruptible and not last) for say, text in says]
        self._playback.begin(pieces)
        self._tell = True
        task = self.create_task(self._render([say for say, _ in says], pieces))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        self._run_on()

    def _run_on(self) -> None:
        if self._pump is None:
            self._pump = self.create_task(guarded(self, self._run()))
        self._wake.set()

    def _sentences(self, say: Say) -> list[str]:
        if len(say.text) < LONG or self._prompts.ready(say.text, say.language, say.response):
            return [say.text]
        return re.split(r"(?<=[.!?…])\s+(?=[A-ZÀ-Ý])", say.text)

    async def _render(self, says: list[Say], pieces: list[Piece]) -> None:
        loop = asyncio.get_running_loop()
        for say, piece in zip(says, pieces, strict=True):
            response = say.response if piece.text == say.text else None
            ask = (piece.text, say.language, response)
            try:
                sound = await loop.run_in_executor(self._threads, self._prompts.get, *ask)
            except Exception as error:  # noqa: BLE001  # without a voice the call still has keys
                logger.error(f"nothing to say it with: {type(error).__name__}")
                trouble = TroubleFrame(part="voice", why=type(error).__name__)
                await self.push_frame(trouble, FrameDirection.UPSTREAM)
                piece.samples = np.zeros(0, np.float32)
            else:
                gap = 0 if piece is pieces[-1] else GAP
                piece.samples = np.pad(sound.samples, (0, gap))
            self._wake.set()

    async def _cut(self) -> None:
        if not (self._playback.speaking and self._playback.interruptible):
            return
        spoken, left = self._playback.stop(late_ms=self._on_the_way * CHUNK_MS)
        self._tell = self._playback.speaking
        interrupted = InterruptedFrame(spoken=spoken, left=left)
        await self.push_frame(interrupted, FrameDirection.UPSTREAM)

    async def _hush(self) -> None:
        """Silent at once, for good; told as an interruption."""
        self._tell = False
        if self._playback.speaking:
            spoken, left = self._playback.clear()
            interrupted = InterruptedFrame(spoken=spoken, left=left)
            await self.push_frame(interrupted, FrameDirection.UPSTREAM)

    async def _run(self) -> None:
        while True:
            chunk = self._playback.take(CHUNK)
            if chunk is not None:
                await self._send(chunk)
            elif self._tell and not self._playback.speaking:
                await self._drain()
            elif (chunk := self._playback.between(CHUNK)) is not None:
                await self._send(chunk)
            else:
                await self._wake.wait()
                self._wake.clear()

    async def _send(self, chunk: Samples) -> None:
        await self._room(AHEAD - 1)
        self._on_the_way += 1
        sound = (np.clip(chunk, -1, 1) * 32767).astype(np.int16).tobytes()
        await self.push_frame(OutputAudioRawFrame(sound, SAMPLE_RATE, 1))

    async def _drain(self) -> None:
        """Waits for the last chunk to go out, then tells that all is said."""
        await self._room(0)
        if self._tell and not self._playback.speaking:
            self._tell = False
            await self.push_frame(SpokenFrame(), FrameDirection.UPSTREAM)

    async def _room(self, most: int) -> None:
        """Waits until no more than `most` chunks are on their way."""
        while self._on_the_way > most:
            self._sent.clear()
            try:
                await asyncio.wait_for(self._sent.wait(), _STUCK_S)
            except TimeoutError:
                self._on_the_way = 0
