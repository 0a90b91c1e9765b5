"""Third processor: what the caller did goes to the session, what it replies goes to the speaker."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from pipecat.frames.frames import Frame
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor

from voicebot.calls.handed import Done
from voicebot.calls.session import Reply
from voicebot.dialogue.action import Say
from voicebot.handoff.bridge import CallerSide
from voicebot.handoff.ongoing import Request
from voicebot.voice import notices
from voicebot.voice.caller_party import CallerParty
from voicebot.voice.door import BROKEN, SHUTDOWN, UNSAVED, Door, utterance
from voicebot.voice.frames import (
    CallerStartedFrame,
    CutFrame,
    ExpectFrame,
    HushFrame,
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
from voicebot.voice.waiting import Waiting

_PICK_UP = "pick up"
_SILENCE = "silence"
_CAUSES = {BROKEN: "lost", UNSAVED: "lost", SHUTDOWN: "shutdown"}
"""Why a call ended, where it was not the flow that ended it."""


@dataclass(frozen=True)
class _Whisper:
    """Words of an operator's, which the bot is to say."""

    text: str
    who: str


_Happening = Frame | str | Request | _Whisper

HandOver = Callable[[CallerSide, Request], Awaitable[Done]]
"""Hands this call over: `Desk.hand_over`."""


class Talker(FrameProcessor):
    """Takes things to the session in the order they happened, and minds the silence."""

    def __init__(
        self,
        door: Door,
        ear: str,
        language: str,
        on_end: Callable[[str], None],
        party: CallerParty,
        hand_over: HandOver,
    ) -> None:
        """Builds one call's talker.

        Args:
            door: the session.
            ear: the ear's name, for the journal.
            language: of the notices.
            on_end: told the cause once the last word has been sent.
            party: the caller, for who is joined with him.
            hand_over: looks for a person; returns when that is over.
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
        self._party, self._hand_over = party, hand_over
        party.talker = self
        self._waiting: Waiting | None = None
        self._asides: set[asyncio.Task[None]] = set()
        self._back = asyncio.Event()
        self._back.set()

    def pick_up(self) -> None:
        """The line is open: greets."""
        self._task = self.create_task(guarded(self, self._work()))
        self._happenings.put_nowait(_PICK_UP)

    def take_over(self, request: Request) -> bool:
        """An operator steps in; False when the call is over, or is being handed over."""
        return self._wanted(request)

    def whisper(self, text: str, who: str) -> bool:
        """The bot says these words of an operator's next; False as for `take_over`."""
        return self._wanted(_Whisper(text, who))

    def _wanted(self, happening: _Happening) -> bool:
        if self._task is None or self._waiting is not None or self._reply.hang_up is not None:
            return False
        self._happenings.put_nowait(happening)
        return True

    async def left(self, seconds: float) -> None:
        """The caller is gone: whoever looks for a person has so long to stop the ringing."""
        if self._waiting is None:
            return
        self._waiting.left()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._back.wait(), seconds)

    async def give_up(self, notice: Notice, outcome: str) -> None:
        """Says a last word that the session does not know of, in place of all that was to come."""
        await self.push_frame(CutFrame())
        await self._say(notices.reply(notice, self._language, hang_up=outcome))

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        """Takes what happens in the call; lets everything else through."""
        await super().process_frame(frame, direction)
        if self._waiting is not None and self._aside(frame, self._waiting):
            return
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
        for task in (*self._asides, *filter(None, [self._task])):
            await self.cancel_task(task)
        self._task = None
        await super().cleanup()

    async def _work(self) -> None:
        while True:
            happening = await self._happenings.get()
            if self._reply.hang_up is not None:
                continue  # the goodbye is being said
            if isinstance(happening, Request):
                await self.push_frame(HushFrame())
                reply = await self._handed_over(happening, Reply())
            else:
                reply = await self._take(happening)
            while reply is not None and reply.transfer:
                reply = await self._handed_over(Request(reply.transfer), reply)
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
            case _Whisper(text=text, who=who):
                return await self._door.whispered(text, who)
            case str() if happening == _PICK_UP:
                return await self._door.answer()
            case _:
                return await self._door.silence()
        return None

    async def _handed_over(self, request: Request, reply: Reply) -> Reply | None:
        """Says what leads over, and gives the call away; what to say when it is back, if it is."""
        self._disarm()
        waiting = self._waiting = Waiting(self, self._party)
        self._back.clear()
        try:
            await self._late(waiting, stepped_in=bool(request.operator))
            await waiting.speak(replace(reply, says=_to_the_end(reply.says)))
            done = await self._hand_over(waiting, request)
            await waiting.close()
        finally:
            self._waiting = None
            self._back.set()
        self._caller_speaks = self._silence_due = False
        if done.caller_left:
            await self._door.transferred(done)
            self._on_end("caller")
            return None
        return await self._door.transferred(done)

    async def _late(self, waiting: Waiting, *, stepped_in: bool) -> None:
        """What had happened and was not taken yet, when the call was given away."""
        while not self._happenings.empty():
            frame = self._happenings.get_nowait()
            if not isinstance(frame, Frame) or waiting.take(frame):
                continue
            if stepped_in or not isinstance(frame, InterruptedFrame):
                await self._take(frame)

    def _aside(self, frame: Frame, waiting: Waiting) -> bool:
        """What happens while a person is looked for; False for what is let through."""
        match frame:
            case TroubleFrame(part=part, why=why):
                task = self.create_task(guarded(self, self._door.degraded(part, why)))
            case CallerStartedFrame() | NothingSaidFrame() | InterruptedFrame():
                return True
            case _:
                return waiting.take(frame)
        self._asides.add(task)
        task.add_done_callback(self._asides.discard)
        return True

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


def _to_the_end(says: tuple[Say, ...]) -> tuple[Say, ...]:
    """Not to be cut: who asked for a person hears that he gets one."""
    return tuple(replace(say, interruptible=False) for say in says)
