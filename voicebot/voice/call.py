"""One call on a WebRTC line, from pick-up to hang-up."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import Executor
from datetime import datetime
from typing import Any

from loguru import logger
from pipecat.frames.frames import ErrorFrame
from pipecat.pipeline.worker import PipelineWorker
from pipecat.workers.runner import WorkerRunner

from voicebot.calls.journal import Entry
from voicebot.voice.door import BROKEN, SHUTDOWN, Door, Session, utterance
from voicebot.voice.earpool import EarPool
from voicebot.voice.frames import KeyFrame
from voicebot.voice.gate import Gate
from voicebot.voice.guard import where
from voicebot.voice.hearing import Hearing, prepare
from voicebot.voice.line import CONNECT_S, Line
from voicebot.voice.listening import Listener
from voicebot.voice.notices import Notice
from voicebot.voice.parts import Parts
from voicebot.voice.pipeline import build
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
KEYS = frozenset("0123456789*#")


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
        self.session = session
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
        self._gate = Gate(self._recording.caller)
        self._listener = Listener(hearing, playback, self._show)
        self._talker = Talker(self._door, parts.ear.name, client.language, self._said_all)
        self._speaker = Speaker(parts.prompts, playback, threads)
        self._connected = asyncio.Event()
        self._over = asyncio.Event()
        self._cause: str | None = None
        self._crashed = False
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Serves the call; returns when it is over and its journal is closed. Never raises."""
        try:
            await self._serve()
        except Exception as error:  # noqa: BLE001  # other calls go on
            await self._lost(where(error))
        await self._finish()

    def end(self, cause: str) -> None:
        """Ends the call now; the first cause given counts."""
        self._cause = self._cause or cause
        self._over.set()

    async def shut_down(self) -> None:
        """Tells the caller that the service stops, then ends the call."""
        if self._connected.is_set():
            await self._talker.give_up(Notice.SHUTDOWN, SHUTDOWN)
        else:
            self.end("shutdown")

    async def _serve(self) -> None:
        sent = Sent(self._out)
        chain = [self._gate, self._listener, self._talker, self._speaker]
        worker = build(self._line, chain, sent)
        self._listen_to(worker)
        runner = WorkerRunner(handle_sigint=False, check_dangling_tasks=False)
        await runner.add_workers(worker)
        self._start(self._watch())
        running = asyncio.ensure_future(runner.run())
        over = asyncio.ensure_future(self._over.wait())
        try:
            await asyncio.wait({running, over}, return_when=asyncio.FIRST_COMPLETED)
            await self._last_words()
        finally:
            over.cancel()
            await worker.cancel(reason="the call is over")
            await running

    def _listen_to(self, worker: PipelineWorker) -> None:
        transport, connection = self._line.transport, self._line.connection

        async def connected(transport: Any, client: Any) -> None:
            if not self._connected.is_set():
                self._connected.set()
                self._recording.start()
                self._start(self._recording.keep())
                self._talker.pick_up()
                self._threads.submit(prepare, self._parts.ear, self.session.client)

        async def gone(transport: Any, client: Any) -> None:
            self.end("caller")

        async def failed(connection: Any) -> None:
            self.end("lost")

        async def message(transport: Any, message: Any, sender: Any) -> None:
            await self._message(message)

        async def error(worker: Any, frame: ErrorFrame) -> None:
            await self._lost(frame.error)

        transport.add_event_handler("on_client_connected", connected)
        transport.add_event_handler("on_client_disconnected", gone)
        transport.add_event_handler("on_app_message", message)
        connection.add_event_handler("failed", failed)
        worker.add_event_handler("on_pipeline_error", error)

    async def _message(self, message: Any) -> None:
        """A message on the data channel: a key, or hanging up. Anything else is ignored."""
        match message:
            case {"type": "dtmf", "key": str(key)} if key in KEYS:
                await self._talker.queue_frame(KeyFrame(key=key))
            case {"type": "hangup"}:
                self.end("caller")
            case _:
                pass

    async def _watch(self) -> None:
        """A peer that never connects, or sends no sound any more, is gone."""
        loop = asyncio.get_running_loop()
        try:
            await asyncio.wait_for(self._connected.wait(), CONNECT_S)
        except TimeoutError:
            self.end("lost")
            return
        since = loop.time()
        while True:
            await asyncio.sleep(1)
            if loop.time() - max(since, self._gate.heard_at or 0.0) > DEAF_S:
                self.end("lost")

    async def _last_words(self) -> None:
        """Who hangs up in the middle of a sentence has still said its beginning."""
        if self._cause not in ("caller", "lost") or self.session.ended:
            return
        try:
            turn = await asyncio.wait_for(self._listener.unfinished(), LAST_WORDS_S)
        except Exception as error:  # noqa: BLE001  # no ear, no words; the call ends all the same
            logger.warning(f"the last words are lost: {where(error)}")
            return
        if turn is not None:
            said = utterance(turn.heard, turn.speech_ms, self._parts.ear.name)
            await self._door.hear(said)

    async def _lost(self, why: str) -> None:
        """Something broke: the journal is told, and the caller, if that still works."""
        if self._crashed:
            return
        self._crashed = True
        logger.error(f"a call broke: {why}")
        await self._door.degraded("call", why.partition(" at ")[0])
        asyncio.get_running_loop().call_later(APOLOGY_S, self.end, "lost")
        if self._connected.is_set():
            await self._talker.give_up(Notice.BROKEN, BROKEN)
        else:
            self.end("lost")

    async def _finish(self) -> None:
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._connected.is_set():
            await self._door.hang_up(self._cause or "lost")
        await self._recording.close()
        await self._line.connection.disconnect()

    def _said_all(self, cause: str) -> None:
        asyncio.get_running_loop().call_later(TAIL_S, self.end, cause)

    def _out(self, sound: Sound) -> None:
        self._recording.bot(sound)
        self._speaker.sent()

    def _show(self, text: str) -> None:
        entry = Entry("hearing", self._parts.clock.now(), {"text": text})
        self._parts.live.publish(self.session.call_id, entry)

    def _local(self) -> datetime:
        return self._parts.clock.now().astimezone(self.session.client.timezone)

    async def _not_recorded(self, why: str) -> None:
        await self._door.degraded("recording", why)

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
