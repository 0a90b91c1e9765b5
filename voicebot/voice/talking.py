"""Third processor: what the caller did goes to the session, what it replies goes to the speaker."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from pipecat.frames.frames import Frame
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor

from voicebot.calls.session import Reply
from voicebot.voice import notices
from voicebot.voice.door import BROKEN, SHUTDOWN, UNSAVED, Door, utterance
from voicebot.voice.frames import (
    CallerStartedFrame,
    CutFrame,
    ExpectFrame,
    InterruptedFrame,
    KeyFrame,
    NothingSaidFrame,
    SpeakFrame,
    SpokenFrame,
    TroubleFrame,
    TurnFrame,
)
from voicebot.voice.guard import guarded
from voicebot.voice.notices import Notice

_PICK_UP = "pick up"
_SILENCE = "silence"
_CAUSES = {BROKEN: "lost", UNSAVED: "lost", SHUTDOWN: "shutdown"}
"""Why a call ended, where it was not the flow that ended it."""

_Happening = Frame | str


class Talker(FrameProcessor):
    """Takes things to the session in the order they happened, and minds the silence."""

    def __init__(self, door: Door, ear: str, language: str, on_end: Callable[[str], None]) -> None:
        """Builds one call's talker.

        Args:
            door: the session.
            ear: the ear's name, for the journal.
            language: of the notices.
            on_end: told the cause once the last word has been sent.
        """
        super().__init__(enable_direct_mode=True)
        self._door = door
        self._ear = ear
        self._language = language
        self._on_end = on_end
        self._happenings: asyncio.Queue[_Happening] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._reply = Reply()
        self._caller_speaks = False
        self._silence_due = False
        self._asked_for_a_moment = False

    def pick_up(self) -> None:
        """The line is open: greets."""
        self._task = self.create_task(guarded(self, self._work()))
        self._happenings.put_nowait(_PICK_UP)

    async def give_up(self, notice: Notice, outcome: str) -> None:
        """Says a last word that the session does not know of, in place of all that was to come."""
        await self.push_frame(CutFrame())
        await self._say(notices.reply(notice, self._language, hang_up=outcome))

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        """Takes what happens in the call; lets everything else through."""
        await super().process_frame(frame, direction)
        match frame:
            case CallerStartedFrame():
                self._caller_speaks = True
            case NothingSaidFrame():
                self._nothing_said()
            case TurnFrame():
                self._caller_speaks = self._silence_due = False
                self._disarm()
                self._happenings.put_nowait(frame)
            case KeyFrame():
                self._disarm()
                await self.push_frame(CutFrame())
                self._happenings.put_nowait(frame)
            case InterruptedFrame() | TroubleFrame():
                self._happenings.put_nowait(frame)
            case SpokenFrame():
                self._spoken()
            case _:
                await self.push_frame(frame, direction)

    async def cleanup(self) -> None:
        """Ends the work and the timer."""
        self._disarm()
        if self._task is not None:
            await self.cancel_task(self._task)
            self._task = None
        await super().cleanup()

    async def _work(self) -> None:
        while True:
            happening = await self._happenings.get()
            if self._reply.hang_up is not None:
                continue  # the goodbye is being said
            reply = await self._take(happening)
            if reply is not None:
                await self._say(reply)

    async def _take(self, happening: _Happening) -> Reply | None:
        match happening:
            case TurnFrame(heard=heard, speech_ms=speech_ms):
                self._asked_for_a_moment = False
                return await self._door.hear(utterance(heard, speech_ms, self._ear))
            case KeyFrame(key=key):
                return await self._door.press(key)
            case InterruptedFrame(spoken=spoken, left=left):
                await self._door.interrupted(spoken, left)
            case TroubleFrame(part=part, why=why):
                await self._trouble(part, why)
            case str() if happening == _PICK_UP:
                return await self._door.answer()
            case _:
                return await self._door.silence()
        return None

    async def _say(self, reply: Reply) -> None:
        self._disarm()
        self._reply = reply
        await self.push_frame(ExpectFrame(expectation=reply.expectation), FrameDirection.UPSTREAM)
        await self.push_frame(SpeakFrame(reply=reply))

    async def _trouble(self, part: str, why: str) -> None:
        """The journal is told; a caller who waits for the ear is too, once."""
        if part == "ear" and why == "slow":
            if not self._asked_for_a_moment:
                moment = notices.reply(Notice.MOMENT, self._language)
                await self.push_frame(SpeakFrame(reply=moment))
            self._asked_for_a_moment = True
        await self._door.degraded(part, why)

    def _spoken(self) -> None:
        match self._reply.hang_up:
            case None:
                self._arm(self._reply.silence_s)
            case outcome:
                self._on_end(_CAUSES.get(outcome, "bot"))

    def _nothing_said(self) -> None:
        """The wait goes on as if nothing had sounded."""
        self._caller_speaks = False
        if self._silence_due:
            self._silent()
        elif self._timer is None:
            self._arm(self._reply.silence_s)

    def _arm(self, seconds: float) -> None:
        self._disarm()
        self._timer = asyncio.get_running_loop().call_later(seconds, self._silent)

    def _disarm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _silent(self) -> None:
        """Time is up; a sound that may yet be words is waited for."""
        self._timer = None
        self._silence_due = self._caller_speaks
        if not self._caller_speaks:
            self._happenings.put_nowait(_SILENCE)
