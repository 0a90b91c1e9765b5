"""The line of a person whom calls are handed to: an operator's browser, a telephone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from datetime import datetime
from typing import Any, Protocol

from loguru import logger

from voicebot.handoff.telephone import Heard, HungUp
from voicebot.voice.attending import Attendant
from voicebot.voice.channel import LOST, Channel, key_in
from voicebot.voice.earpool import EarPool
from voicebot.voice.frames import KeyFrame
from voicebot.voice.gate import Gate
from voicebot.voice.guard import where
from voicebot.voice.hearing import Hearing
from voicebot.voice.line import Line
from voicebot.voice.listening import Listener
from voicebot.voice.parts import Parts
from voicebot.voice.playback import Playback
from voicebot.voice.recording import Sound
from voicebot.voice.sent import Sent
from voicebot.voice.speaking import Speaker
from voicebot.voice.waiting import first_of

DEAF_S = 4.5
"""No packet for this long: her browser is dead. A network that stops for 3 s comes back."""
EARS_S = 1.0
"""The ear stays open that long behind the last question: none while she only waits for calls."""
GIVE_BACK_KEY = "#"


class Conversation(Protocol):
    """What she is joined in."""

    @property
    def call_id(self) -> str:
        """Of the caller's call."""
        ...

    def give_back(self) -> None:
        """The bot gets the caller back."""
        ...

    def leave(self) -> None:
        """She hangs up on this caller, and keeps her line and whoever is on hold."""
        ...

    async def hold(self, on: bool) -> None:
        """The caller waits with music, or is there again."""
        ...


class PersonLine:
    """`Party` over WebRTC, with ear and voice but without dialogue."""

    def __init__(
        self,
        parts: Parts,
        line: Line,
        pool: EarPool,
        threads: Executor,
        name: str = "",
    ) -> None:
        """Builds it; `run` serves it.

        Args:
            parts: ear, voice and clock.
            line: the peer.
            pool: the ear's threads.
            threads: for everything that blocks.
            name: of the person.
        """
        self.name = name
        self.line = line
        self.gone = asyncio.Event()
        self.conversations: list[Conversation] = []
        """Those she is joined in; the last one is in her ear, the others are on hold."""
        self.record: Callable[[Sound], None] | None = None
        self.overhear: Callable[[str], None] | None = None
        playback = Playback()
        hearing = Hearing(
            f"person-{id(self)}", parts.ear, parts.interpreter, pool, (), lambda: _local(parts)
        )
        self._gate = Gate(self._in)
        self._attendant = Attendant(self._overheard)
        self._speaker = Speaker(parts.prompts, playback, threads)
        chain = [
            self._gate,
            Listener(hearing, playback, lambda text: None),
            self._attendant,
            self._speaker,
        ]
        sent = Sent(lambda sound: self._speaker.sent())
        self._channel = Channel(line, chain, sent, self, DEAF_S)
        self._closing: asyncio.TimerHandle | None = None
        self._open = False
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def up(self) -> asyncio.Event:
        """Set once sound can flow."""
        return self._channel.up

    @property
    def lost(self) -> bool:
        """Whether it broke, rather than that she hung up."""
        return self._channel.cause == LOST

    async def run(self) -> None:
        """Serves the line until it is over. Never raises."""
        try:
            await self._channel.run()
        except Exception as error:  # noqa: BLE001  # calls go on
            logger.error(f"a person's line broke: {where(error)}")
        self._channel.end(LOST)
        self.gone.set()
        await self.line.connection.disconnect()

    async def say(self, text: str, language: str) -> None:
        """Says a text to its end, or until she presses a key or speaks; see `Line.say`.

        To her who speaks with somebody nothing is said: it would come when that is over.
        """
        await self._listening()
        if self._attendant.answered or self.conversations:
            return
        await self._attendant.say(text, language)
        try:
            await first_of(self._attendant.silent, self.gone)
        except asyncio.CancelledError:
            await self._attendant.hush()
            raise
        finally:
            self._close_soon()
        if self.gone.is_set():
            raise HungUp

    async def hear(self, seconds: float) -> Heard | None:
        """The first key or words within that time; see `Line.hear`."""
        await self._listening()
        answer = asyncio.ensure_future(self._attendant.answer())
        gone = asyncio.ensure_future(self.gone.wait())
        try:
            await asyncio.wait({answer, gone}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            if answer.done():
                return answer.result()
            if self.gone.is_set():
                raise HungUp
            return None
        finally:
            answer.cancel()
            gone.cancel()
            self._close_soon()

    async def hang_up(self) -> None:
        """Ends it."""
        self._channel.end("bot")
        self.gone.set()

    async def quiet(self) -> None:
        """Nothing is said to her any more, and nobody listens."""
        await self._attendant.hush()
        await self._ears(False)

    async def overheard_by(self, overhear: Callable[[str], None] | None) -> None:
        """From now on her words go to the transcript; to nobody with None."""
        self.overhear = overhear
        await self._ears(overhear is not None)

    def connected(self) -> None:
        """Sound can flow; nobody listens before something is asked."""
        self._do(self._ears(False))

    async def message(self, message: Any) -> None:
        """A key, or what the console's buttons say while she talks.

        `{"type": "hold", "on": true}`, `{"type": "leave"}`, `{"type": "give_back"}`: about the call
        that she hears, or the one that `call` names.
        """
        talking = self._meant(message)
        key = key_in(message)
        match message:
            case {"type": "hold", "on": bool(on)} if talking:
                await self._hold(talking, on)
            case {"type": "give_back"} if talking:
                talking.give_back()
            case {"type": "leave"} if talking:
                talking.leave()
            case _ if key == GIVE_BACK_KEY and talking:
                talking.give_back()
            case _ if key and not talking:
                await self._attendant.queue_frame(KeyFrame(key=key))
            case _:
                pass

    async def broken(self, why: str) -> None:
        """A processor failed: the line is of no use any more."""
        logger.error(f"a person's line broke: {why}")
        self._channel.end(LOST)

    async def ending(self) -> None:
        """Whoever waits for her learns that she is gone."""
        self.gone.set()

    def _meant(self, message: Any) -> Conversation | None:
        """The conversation that a message is about."""
        call = message.get("call") if isinstance(message, dict) else None
        if not call:
            return self.conversations[-1] if self.conversations else None
        return next((one for one in self.conversations if one.call_id == call), None)

    async def _hold(self, meant: Conversation, on: bool) -> None:
        """Puts a caller on hold, or takes him back: whom she hears until then waits."""
        if not on and meant is not self.conversations[-1]:
            await self.conversations[-1].hold(True)
            self.conversations.remove(meant)
            self.conversations.append(meant)
        await meant.hold(on)

    async def _listening(self) -> None:
        """Opens the ear, if it is not; what she says to a caller answers no question."""
        if self.gone.is_set():
            raise HungUp
        if self.conversations:
            return
        if self._closing is not None:
            self._closing.cancel()
            self._closing = None
        if not self._open:
            self._attendant.forget()
            await self._ears(True)

    def _close_soon(self) -> None:
        if self.conversations:
            return
        loop = asyncio.get_running_loop()
        self._closing = loop.call_later(EARS_S, lambda: self._do(self._ears(False)))

    async def _ears(self, on: bool) -> None:
        if self._closing is not None:
            self._closing.cancel()
            self._closing = None
        self._open = on
        await self._attendant.listen(on)

    def _overheard(self, words: str) -> bool:
        if self.overhear is None:
            return False
        self.overhear(words)
        return True

    def _in(self, sound: Sound) -> None:
        if self.record is not None:
            self.record(sound)
        if self.line.heard is not None:
            self.line.heard(sound)

    def _do(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _local(parts: Parts) -> datetime:
    return parts.clock.now()
