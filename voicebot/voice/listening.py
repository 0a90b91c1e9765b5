"""Second processor: windows become turns with words, and the bot yields to the caller."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine

import numpy as np
from loguru import logger
from pipecat.frames.frames import Frame
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor

from voicebot.dialogue.expectation import ANYTHING
from voicebot.speech.ear import Heard, Samples
from voicebot.voice.bargein import Overlap, Verdict, judge, too_long
from voicebot.voice.endpoint import UNKNOWN_MS
from voicebot.voice.frames import (
    CallerStartedFrame,
    CutFrame,
    DeafFrame,
    ExpectFrame,
    HoldFrame,
    NothingSaidFrame,
    ResumeFrame,
    TroubleFrame,
    TurnFrame,
    WindowFrame,
)
from voicebot.voice.guard import guarded
from voicebot.voice.hearing import Hearing, Second
from voicebot.voice.playback import Playback
from voicebot.voice.turns import Decision, Ended, Listen, Resumed, Started, Turns
from voicebot.voice.vad import WINDOW_MS

PREROLL = 10
"""Windows kept from before the onset: 320 ms, for the first consonant."""
PARTIAL_MS = 700
"""How often the words so far are shown."""
EARLY_MS = 350
"""The first words over the bot's are asked for sooner: they decide whether it stops."""
SLOW_MS = 2_500
"""Silence after which the caller is asked for a moment, if the ear has no time for him."""
LET_ON_MS = 320
"""Silence behind an "oui" after which the bot goes on; "oui bonjour, c'est pour …" pauses less."""
SPOKE_MS = 700
"""Voice that counts as speech although no word was recognised, if the VAD is as sure as that:"""
SPOKE_SURE = 0.8


class Listener(FrameProcessor):
    """Runs `Turns` on the windows, the ear at each pause, and `bargein` over the bot's words."""

    def __init__(
        self, hearing: Hearing, playback: Playback, on_partial: Callable[[str], None]
    ) -> None:
        super().__init__(enable_direct_mode=True)
        self._hearing = hearing
        self._playback = playback
        self._on_partial = on_partial
        self._expectation = ANYTHING
        self._turns = Turns()
        self._before: deque[Samples] = deque(maxlen=PREROLL)
        self._sound: list[Samples] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._reset()

    def _reset(self) -> None:
        self._heard: Heard | None = None
        self._second: Second | None = None
        self._broken = False
        self._along = self._going_on = False
        self._noise = False
        self._waited = self._since_partial = 0
        self._partial: asyncio.Task[None] | None = None
        self._partial_text = ""

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        """Takes windows and expectations; lets everything else through."""
        await super().process_frame(frame, direction)
        if isinstance(frame, WindowFrame):
            if frame.window is not None:
                await self._window(frame.window.samples, frame.window.speech)
        elif isinstance(frame, ExpectFrame):
            self._expectation = frame.expectation
        elif isinstance(frame, DeafFrame):
            if frame.deaf:
                await self._forget()
            await self.push_frame(frame, direction)
        else:
            await self.push_frame(frame, direction)

    async def cleanup(self) -> None:
        """Forgets the passes under way."""
        self._hearing.withdraw()
        for task in tuple(self._tasks):
            await self.cancel_task(task)
        await super().cleanup()

    async def unfinished(self) -> TurnFrame | None:
        """What was being said when the line went dead, if it has words."""
        if not self._turns.speaking:
            return None
        found = await self._hearing.pause(np.concatenate(self._sound), self._expectation)
        if found is None or not found.heard.text:
            return None
        return TurnFrame(heard=found.heard, speech_ms=self._turns.voiced_ms)

    async def _forget(self) -> None:
        """What is being said is none of the bot's business any more."""
        speaking = self._turns.speaking
        self._hearing.withdraw()
        for task in tuple(self._tasks):
            await self.cancel_task(task)
        self._turns, self._sound = Turns(), []
        self._before.clear()
        self._reset()
        if speaking:
            await self.push_frame(ResumeFrame())
            await self.push_frame(NothingSaidFrame())

    async def _window(self, samples: Samples, speech: float) -> None:
        was_speaking = self._turns.speaking
        self._before.append(samples)
        if was_speaking:
            self._sound.append(samples)
        for decision in self._turns.window(speech):
            await self._act(decision)
        if self._turns.speaking:
            await self._meanwhile()

    async def _act(self, decision: Decision) -> None:
        match decision:
            case Started():
                self._reset()
                self._sound = list(self._before)
                await self.push_frame(CallerStartedFrame())
                await self.push_frame(HoldFrame())
            case Listen(again=True) if not self._hearing.pool.idle:
                pass
            case Listen(attempt, again):
                if not again:
                    self._heard, self._second = None, self._hearing.second()
                self._start(self._final(attempt, np.concatenate(self._sound), again))
            case Resumed():
                self._hearing.withdraw()
                if self._second is not None:
                    self._second.drop()
                self._second = None
                self._along = self._going_on = False
                if not self._noise:
                    await self.push_frame(HoldFrame())
            case Ended():
                await self._ended()

    async def _final(self, attempt: int, samples: Samples, again: bool) -> None:
        """A pass at a pause; its words give the patience, and say whether the bot must stop."""
        second = self._second
        try:
            found = await self._hearing.pause(samples, self._expectation, second)
        except Exception as error:  # noqa: BLE001  # an ear that fails costs the words, not the call
            logger.warning(f"the ear failed: {type(error).__name__}")
            await self.push_frame(TroubleFrame(part="ear", why=type(error).__name__))
            self._broken = True
            heard, patience = Heard("", 0.0), UNKNOWN_MS
        else:
            if found is None:
                return
            heard, patience = found.heard, found.patience_ms
        if not self._turns.awaits(attempt):
            return
        if second is not None:  # whose words may have come while this pass ran
            heard = second.beside(heard)
        self._heard = heard
        await self._overlap(heard, final=True)
        wait = second.wait_ms if second else 0
        for decision in self._turns.known(attempt, patience, wait):
            await self._act(decision)
        if second is not None and second is self._second and not again:
            await self._once_more(second, samples)

    async def _once_more(self, second: Second, samples: Samples) -> None:
        """The second ear's pass at the same pause; its words win while the turn is not taken."""
        try:
            found = await second.listen(samples, self._expectation)
        except Exception as error:  # noqa: BLE001  # the first ear's words stand
            logger.warning(f"the second ear failed: {type(error).__name__}")
            await self.push_frame(TroubleFrame(part="second ear", why=type(error).__name__))
            found = None
        if second is not self._second:
            return
        if found is not None:
            before, self._heard = self._heard, found.heard
            if before is None or before.text != found.heard.text:
                self._along = False
                await self._overlap(found.heard, final=True)
        for decision in self._turns.settled(found.patience_ms if found else None):
            await self._act(decision)

    async def _meanwhile(self) -> None:
        """While he speaks: the words so far, and an end to holding the bot for noise."""
        self._waited += WINDOW_MS
        if self._along and not self._going_on and self._turns.silence_ms >= LET_ON_MS:
            self._going_on = True
            await self.push_frame(ResumeFrame())
        self._since_partial += WINDOW_MS
        if self._turns.silence_ms == SLOW_MS // WINDOW_MS * WINDOW_MS and self._heard is None:
            await self.push_frame(TroubleFrame(part="ear", why="slow"))
        wordless = too_long(self._waited, self._partial_text) and not self._speech()
        if wordless and not self._noise:
            self._noise = self._playback.speaking
            if self._noise:
                await self.push_frame(ResumeFrame())
        every = EARLY_MS if self._playback.speaking and not self._partial_text else PARTIAL_MS
        ready = self._partial is None or self._partial.done()
        if ready and self._since_partial >= every and self._turns.voicing:
            self._since_partial = 0
            self._partial = self._start(self._so_far(np.concatenate(self._sound)))

    async def _so_far(self, samples: Samples) -> None:
        try:
            heard = await self._hearing.partial(samples, self._expectation)
        except Exception as error:  # noqa: BLE001  # the pass at the pause will tell of it
            logger.warning(f"no partial text: {type(error).__name__}")
            return
        if heard is None or not heard.text or not self._turns.speaking:
            return
        self._partial_text = heard.text
        self._on_partial(heard.text)
        await self._overlap(heard, final=False)

    async def _overlap(self, heard: Heard, *, final: bool) -> None:
        """Decides over the bot's words, if it has any left that may be cut."""
        if not (self._playback.speaking and self._playback.interruptible):
            return
        overlap = Overlap(
            heard.text, heard.confidence, self._turns.voiced_ms, final, self._speech()
        )
        verdict = judge(overlap, self._expectation, self._playback.left_ms)
        if verdict is Verdict.STOP:
            await self.push_frame(CutFrame())
        elif verdict is Verdict.RESUME:
            self._along = True  # the bot goes on once it is clear that he has no more to say

    def _speech(self) -> bool:
        """Whether this is a person speaking, even if no word is recognised."""
        return self._turns.voiced_ms >= SPOKE_MS and self._turns.certainty >= SPOKE_SURE

    async def _ended(self) -> None:
        heard = self._heard or Heard("", 0.0)
        second, self._second = self._second, None
        if second is not None and second.too_late():
            await self.push_frame(TroubleFrame(part="second ear", why="late"))
        speech_ms, spoke = self._turns.voiced_ms, self._broken or self._speech()
        self._sound = []
        along, self._along = self._along, False
        await self.push_frame(ResumeFrame())
        if along or not (heard.text or spoke):
            await self.push_frame(NothingSaidFrame())
        else:
            await self.push_frame(TurnFrame(heard=heard, speech_ms=speech_ms))

    def _start(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task: asyncio.Task[None] = self.create_task(guarded(self, work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
