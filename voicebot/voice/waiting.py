"""The caller while a person is looked for: what he hears, and what he says and presses."""

from __future__ import annotations

import asyncio

from pipecat.frames.frames import Frame
from pipecat.processors.frame_processor import FrameDirection

from voicebot.calls.session import Reply
from voicebot.dialogue.action import Say
from voicebot.handoff.bridge import CallerEvent, Key, Left, Words
from voicebot.voice.caller_party import CallerParty
from voicebot.voice.frames import (
    DeafFrame,
    HushFrame,
    KeyFrame,
    MusicFrame,
    SpeakFrame,
    SpokenFrame,
    TurnFrame,
)
from voicebot.voice.pushes import Pushes


class Waiting:
    """`CallerSide` over a call's pipeline."""

    def __init__(self, talker: Pushes, party: CallerParty) -> None:
        self._talker = talker
        self._party = party
        self._events: asyncio.Queue[CallerEvent] = asyncio.Queue()
        self._spoken = asyncio.Event()

    @property
    def party(self) -> CallerParty:
        """The caller's line."""
        return self._party

    async def say(self, text: str, language: str) -> None:
        """Says a text to its end, whatever he says over it; see `CallerSide.say`."""
        await self.speak(Reply((Say(text, "", False, language),)))

    async def speak(self, reply: Reply) -> None:
        """Says a reply to its end, or until he is gone."""
        if self._party.gone.is_set() or not any(say.text for say in reply.says):
            return
        self._spoken.clear()
        await self._talker.push_frame(SpeakFrame(reply=reply))
        try:
            await first_of(self._spoken, self._party.gone)
        except asyncio.CancelledError:
            await self._talker.push_frame(HushFrame())
            raise

    async def hold(self, music: bool) -> None:
        """Music, or nothing, whenever nothing is said."""
        await self._talker.push_frame(MusicFrame(on=music))

    async def listen(self, on: bool) -> None:
        """Whether his words come as events."""
        await self._talker.push_frame(DeafFrame(deaf=not on), FrameDirection.UPSTREAM)

    async def next(self) -> CallerEvent:
        """The next thing that he did."""
        return await self._events.get()

    async def close(self) -> None:
        """The bot has him back: it hears him, and plays nothing."""
        await self.hold(False)
        await self.listen(True)

    def take(self, frame: Frame) -> bool:
        """Takes what happens in the call; False for what is not for him who waits."""
        match frame:
            case TurnFrame(heard=heard):
                if heard.text and self._party.overheard:
                    self._party.overhear("caller", heard.text)
                elif heard.text:
                    self._events.put_nowait(Words(heard.text))
            case KeyFrame(key=key):
                self._events.put_nowait(Key(key))
            case SpokenFrame():
                self._spoken.set()
            case _:
                return False
        return True

    def left(self) -> None:
        """He is gone."""
        self._events.put_nowait(Left())


async def first_of(*events: asyncio.Event) -> None:
    """Waits until one of them is set."""
    waits = [asyncio.ensure_future(event.wait()) for event in events]
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
