"""A WebRTC line and the processors on it, from its connection to its end."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, Protocol

from pipecat.frames.frames import ErrorFrame
from pipecat.pipeline.worker import PipelineWorker
from pipecat.processors.frame_processor import FrameProcessor
from pipecat.workers.runner import WorkerRunner

from voicebot.voice.compat import never_idle
from voicebot.voice.line import CONNECT_S, Line
from voicebot.voice.pipeline import build
from voicebot.voice.sent import Sent

CALLER, LOST = "caller", "lost"
"""Causes: the far side hung up; its line broke or fell silent."""
KEYS = frozenset("0123456789*#")


class Owner(Protocol):
    """Whose line it is."""

    def connected(self) -> None:
        """Sound can flow."""
        ...

    async def message(self, message: Any) -> None:
        """A message on the data channel, other than hanging up."""
        ...

    async def broken(self, why: str) -> None:
        """A processor failed."""
        ...

    async def ending(self) -> None:
        """The line is over; the processors still work."""
        ...


class Channel:
    """Runs a line's pipeline until it is over, whoever ends it."""

    def __init__(
        self,
        line: Line,
        chain: Sequence[FrameProcessor],
        sent: Sent,
        owner: Owner,
        deaf_s: float,
    ) -> None:
        """Builds it; `run` serves.

        Args:
            line: the peer.
            chain: the processors between its two ends.
            sent: stands behind them.
            owner: told what happens.
            deaf_s: no sound for this long: the far side is gone without a word.
        """
        self.line = line
        self.up = asyncio.Event()
        """Sound can flow."""
        self.over = asyncio.Event()
        self.cause: str | None = None
        """Why it ended; the first one counts."""
        self._chain, self._sent, self._owner = chain, sent, owner
        self._deaf_s = deaf_s

    def end(self, cause: str) -> None:
        """Ends it now."""
        self.cause = self.cause or cause
        self.over.set()

    async def run(self) -> None:
        """Serves the line until it is over.

        Raises:
            Exception: whatever breaks outside the processors.
        """
        worker = build(self.line, self._chain, self._sent)
        self._listen_to(worker)
        runner = WorkerRunner(handle_sigint=False, check_dangling_tasks=False)
        await runner.add_workers(worker)
        running = asyncio.ensure_future(runner.run())
        watching = asyncio.ensure_future(self._watch())
        over = asyncio.ensure_future(self.over.wait())
        try:
            await asyncio.wait({running, over}, return_when=asyncio.FIRST_COMPLETED)
            self.end(LOST)  # the pipeline ended by itself
            await self._owner.ending()
        finally:
            watching.cancel()
            over.cancel()
            await worker.cancel(reason="the line is over")
            await running

    def _listen_to(self, worker: PipelineWorker) -> None:
        transport, connection = self.line.transport, self.line.connection

        async def connected(transport: Any, client: Any) -> None:
            if not self.up.is_set():
                self.line.outlet.take_over(connection)
                never_idle(connection)
                self.up.set()
                self._owner.connected()

        async def gone(transport: Any, client: Any) -> None:
            self.end(CALLER)

        async def failed(connection: Any) -> None:
            self.end(LOST)

        async def message(transport: Any, message: Any, sender: Any) -> None:
            if isinstance(message, dict) and message.get("type") == "hangup":
                self.end(CALLER)
            else:
                await self._owner.message(message)

        async def error(worker: Any, frame: ErrorFrame) -> None:
            await self._owner.broken(frame.error)

        transport.add_event_handler("on_client_connected", connected)
        transport.add_event_handler("on_client_disconnected", gone)
        transport.add_event_handler("on_app_message", message)
        connection.add_event_handler("failed", failed)
        worker.add_event_handler("on_pipeline_error", error)

    async def _watch(self) -> None:
        """A peer that never connects, or sends no sound any more, is gone."""
        loop = asyncio.get_running_loop()
        try:
            await asyncio.wait_for(self.up.wait(), CONNECT_S)
        except TimeoutError:
            self.end(LOST)
            return
        since = loop.time()
        while True:
            await asyncio.sleep(min(1.0, self._deaf_s / 10))
            if loop.time() - max(since, self.line.inlet.heard_at or 0.0) > self._deaf_s:
                self.end(LOST)


def key_in(message: Any) -> str:
    """The key that a message says was pressed; empty when it says anything else."""
    match message:
        case {"type": "dtmf", "key": str(key)} if key in KEYS:
            return key
        case _:
            return ""
