"""One call on a WebRTC line, from pick-up to hang-up."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import Executor
from datetime import datetime
from typing import Any

from loguru import logger

from voicebot.calls.handed import Done, Result
from voicebot.calls.journal import Entry
from voicebot.calls.session import CallSession
from voicebot.handoff.bridge import CallerSide
from voicebot.handoff.ongoing import Request
from voicebot.voice.caller_party import CallerParty
from voicebot.voice.channel import CALLER, LOST, Channel, key_in
from voicebot.voice.door import BROKEN, SHUTDOWN, Door, Session, utterance
from voicebot.voice.earpool import EarPool
from voicebot.voice.frames import KeyFrame
from voicebot.voice.gate import Gate
from voicebot.voice.guard import where
from voicebot.voice.hearing import Hearing, prepare
from voicebot.voice.line import Line
from voicebot.voice.listening import Listener
from voicebot.voice.notices import Notice
from voicebot.voice.parts import Parts
from voicebot.voice.playback import Playback
from voicebot.voice.recording import Recording, Sound
from voicebot.voice.sent import Sent
from voicebot.voice.speaking import Speaker
from voicebot.voice.talking import Talker

TAIL_S = 0.4
"""The line stays open that long behind the last word, which is in the caller's jitter buffer."""
DEAF_S = 10.0
"""No packet for this long: the caller is gone without a word."""
LAST_WORDS_S = 3.0
"""Time for the words that the caller was saying when he hung up."""
APOLOGY_S = 20.0
"""Time for the bot's apology after a failure."""
RECALL_S = 3.0
"""Time in which a transfer stops every telephone that rings, once the caller is gone."""


class Call:
    """Puts a call's processors together, and sees to it that it ends properly whatever happens."""

    def __init__(
        self,
        parts: Parts,
        session: Session,
        line: Line,
        pool: EarPool,
        threads: Executor,
    ) -> None:
        client = session.client
        self._session = session
        self._line = line
        self._parts = parts
        self._threads = threads
        self._door = Door(session, threads, client.language)
        path = parts.recordings / f"{session.call_id}.wav"
        self._recording = Recording(path, threads, self._not_recorded)
        playback = Playback()
        hearing = Hearing(
            session.call_id, parts.ear, parts.interpreter, pool, client.words, self._local
        )
        self._gate = Gate(self._in)
        self._listener = Listener(hearing, playback, self._show)
        self._speaker = Speaker(parts.prompts, playback, threads)
        self._party = CallerParty(session.call_id, line, self._recording, self._overheard)
        self._talker = Talker(
            self._door,
            parts.ear.name,
            client.language,
            self._said_all,
            self._party,
            self._hand_over,
        )
        self._channel = Channel(
            line,
            [self._gate, self._listener, self._talker, self._speaker],
            Sent(self._out),
            self,
            DEAF_S,
        )
        self._crashed = False
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def session(self) -> CallSession:
        """Its conversation; for consoles, which see none of the calls told that all is busy."""
        assert isinstance(self._session, CallSession)
        return self._session

    async def run(self) -> None:
        """Serves the call; returns when it is over and its journal is closed. Never raises."""
        try:
            await self._channel.run()
        except Exception as error:  # noqa: BLE001  # other calls go on
            await self.broken(where(error))
        await self._finish()

    def end(self, cause: str) -> None:
        """Ends the call now; the first cause given counts."""
        self._party.gone.set()
        self._channel.end(cause)

    async def shut_down(self) -> None:
        """Tells the caller that the service stops, then ends the call."""
        if self._channel.up.is_set():
            await self._talker.give_up(Notice.SHUTDOWN, SHUTDOWN)
        else:
            self.end("shutdown")

    def take_over(self, request: Request) -> bool:
        """An operator steps in; see `RunningCall.take_over`."""
        return not self._channel.over.is_set() and self._talker.take_over(request)

    def whisper(self, text: str, who: str) -> bool:
        """The bot says an operator's words; see `RunningCall.whisper`."""
        return not self._channel.over.is_set() and self._talker.whisper(text, who)

    def connected(self) -> None:
        """Sound can flow: the call is picked up."""
        self._recording.start()
        self._start(self._recording.keep())
        if self._parts.desk is not None and isinstance(self._session, CallSession):
            self._parts.desk.ongoing.enter(self)
        self._talker.pick_up()
        self._threads.submit(prepare, self._parts.ear, self._session.client)

    async def message(self, message: Any) -> None:
        """A key; anything else is ignored."""
        if key := key_in(message):
            await self._talker.queue_frame(KeyFrame(key=key))

    async def ending(self) -> None:
        """Whoever rings for him is called off, and the words that he was saying are kept."""
        self._party.gone.set()
        await self._talker.left(RECALL_S)
        await self._last_words()

    async def _last_words(self) -> None:
        """Who hangs up in the middle of a sentence has still said its beginning."""
        if self._channel.cause not in (CALLER, LOST) or self._session.ended:
            return
        try:
            turn = await asyncio.wait_for(self._listener.unfinished(), LAST_WORDS_S)
        except Exception as error:  # noqa: BLE001  # no ear, no words; the call ends all the same
            logger.warning(f"the last words are lost: {where(error)}")
            return
        if turn is not None:
            said = utterance(turn.heard, turn.speech_ms, self._parts.ear.name)
            await self._door.hear(said)

    async def broken(self, why: str) -> None:
        """Something broke: the journal is told, and the caller, if that still works."""
        if self._crashed:
            return
        self._crashed = True
        logger.error(f"a call broke: {why}")
        await self._door.degraded("call", why.partition(" at ")[0])
        asyncio.get_running_loop().call_later(APOLOGY_S, self.end, LOST)
        if self._channel.up.is_set():
            await self._talker.give_up(Notice.BROKEN, BROKEN)
        else:
            self.end(LOST)

    async def _hand_over(self, caller: CallerSide, request: Request) -> Done:
        """Without a desk there is nobody."""
        if self._parts.desk is None or not isinstance(self._session, CallSession):
            return Done(Result.NOBODY)
        return await self._parts.desk.hand_over(caller, self._session, request)

    async def _finish(self) -> None:
        if self._parts.desk is not None:
            self._parts.desk.ongoing.leave(self._session.call_id)
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._channel.up.is_set():
            await self._door.hang_up(self._channel.cause or LOST)
        await self._recording.close()
        await self._line.connection.disconnect()

    def _said_all(self, cause: str) -> None:
        asyncio.get_running_loop().call_later(TAIL_S, self.end, cause)

    def _in(self, sound: Sound) -> None:
        self._recording.caller(sound)
        if self._line.heard is not None:
            self._line.heard(sound)

    def _out(self, sound: Sound) -> None:
        self._recording.bot(sound)
        self._speaker.sent()

    def _overheard(self, who: str, text: str) -> None:
        """Words of a conversation between two people, for its transcript."""
        self._start(self._door.overheard(who, text))

    def _show(self, text: str) -> None:
        entry = Entry("hearing", self._parts.clock.now(), {"text": text})
        self._parts.live.publish(self._session.call_id, entry)

    def _local(self) -> datetime:
        return self._parts.clock.now().astimezone(self._session.client.timezone)

    async def _not_recorded(self, why: str) -> None:
        await self._door.degraded("recording", why)

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
