"""The processor of a person's line: says what it is told, and keeps what she answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from pipecat.frames.frames import Frame
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor

from voicebot.calls.session import Reply
from voicebot.dialogue.action import Say
from voicebot.dialogue.expectation import Expectation, Kind
from voicebot.handoff.telephone import Heard
from voicebot.voice.frames import (
    DeafFrame,
    ExpectFrame,
    HushFrame,
    InterruptedFrame,
    KeyFrame,
    SpeakFrame,
    SpokenFrame,
    TurnFrame,
)

YES_OR_NO = Expectation(Kind.YES_NO)


class Attendant(FrameProcessor):
    """In the talker's place where there is no dialogue."""

    def __init__(self, on_words: Callable[[str], bool]) -> None:
        """`on_words` may take her words for the transcript: they are no answer then."""
        super().__init__(enable_direct_mode=True)
        self._on_words = on_words
        self._answers: asyncio.Queue[Heard] = asyncio.Queue()
        self.silent = asyncio.Event()
        """Set while nothing is being said."""
        self.silent.set()

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        """Takes what she says and presses; lets everything else through."""
        await super().process_frame(frame, direction)
        match frame:
            case TurnFrame(heard=heard):
                if heard.text and not self._on_words(heard.text):
                    self._answers.put_nowait(Heard(words=heard.text))
            case KeyFrame(key=key):
                self._answers.put_nowait(Heard(key=key))
                await self.hush()
            case SpokenFrame() | InterruptedFrame():
                self.silent.set()
            case _:
                await self.push_frame(frame, direction)

    async def say(self, text: str, language: str) -> None:
        """Begins to say a text, which she may cut short."""
        self.silent.clear()
        reply = Reply((Say(text, "", True, language),))
        await self.push_frame(ExpectFrame(expectation=YES_OR_NO), FrameDirection.UPSTREAM)
        await self.push_frame(SpeakFrame(reply=reply))

    async def hush(self) -> None:
        """Falls silent at once."""
        await self.push_frame(HushFrame())
        self.silent.set()

    async def listen(self, on: bool) -> None:
        """Whether the ear hears her."""
        await self.push_frame(DeafFrame(deaf=not on), FrameDirection.UPSTREAM)

    def forget(self) -> None:
        """Drops the answers that nobody asked for."""
        while not self._answers.empty():
            self._answers.get_nowait()

    async def answer(self) -> Heard:
        """The next key or words; waits for them."""
        return await self._answers.get()

    @property
    def answered(self) -> bool:
        """Whether an answer is there already."""
        return not self._answers.empty()
