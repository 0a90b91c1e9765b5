"""Two lines joined as pipecat's parts are by default: what the bridge is compared with."""

from __future__ import annotations

import asyncio
from typing import Any

from pipecat.frames.frames import Frame, InputAudioRawFrame, OutputAudioRawFrame
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.worker import PipelineParams, PipelineWorker
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor
from pipecat.transports.base_transport import TransportParams
from pipecat.transports.smallwebrtc.connection import SmallWebRTCConnection
from pipecat.transports.smallwebrtc.transport import SmallWebRTCTransport
from pipecat.workers.runner import WorkerRunner

RATE = 16_000


class _Across(FrameProcessor):
    """Gives what comes in on this line to the output of the other."""

    def __init__(self) -> None:
        super().__init__()
        self.other: PipelineWorker | None = None

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        """Takes sound; lets everything else through."""
        await super().process_frame(frame, direction)
        if isinstance(frame, InputAudioRawFrame):
            if self.other is not None:
                sound = OutputAudioRawFrame(frame.audio, frame.sample_rate, frame.num_channels)
                await self.other.queue_frame(sound)
            return
        await self.push_frame(frame, direction)


class Crossed:
    """Every two lines that come are joined."""

    def __init__(self) -> None:
        self._alone: tuple[_Across, PipelineWorker] | None = None
        self._workers: list[PipelineWorker] = []
        self._running: list[asyncio.Task[Any]] = []

    async def offer(self, sdp: str, type: str) -> dict[str, str]:
        """Takes a line."""
        connection = SmallWebRTCConnection()
        await connection.initialize(sdp=sdp, type=type)
        params = TransportParams(
            audio_in_enabled=True,
            audio_in_sample_rate=RATE,
            audio_out_enabled=True,
            audio_out_sample_rate=RATE,
        )
        transport = SmallWebRTCTransport(connection, params)
        across = _Across()
        worker = PipelineWorker(
            Pipeline([transport.input(), across, transport.output()]),
            params=PipelineParams(audio_in_sample_rate=RATE, audio_out_sample_rate=RATE),
            cancel_on_idle_timeout=False,
            idle_timeout_secs=None,
            enable_rtvi=False,
            enable_turn_tracking=False,
            check_dangling_tasks=False,
        )
        runner = WorkerRunner(handle_sigint=False, check_dangling_tasks=False)
        await runner.add_workers(worker)

        async def gone(transport: Any, client: Any) -> None:
            await worker.cancel(reason="the telephone was put down")

        transport.add_event_handler("on_client_disconnected", gone)
        self._workers.append(worker)
        self._running.append(asyncio.ensure_future(runner.run()))
        if self._alone is None:
            self._alone = across, worker
        else:
            first, first_worker = self._alone
            first.other, across.other, self._alone = worker, first_worker, None
        answer = connection.get_answer()
        assert answer is not None
        return {"sdp": answer["sdp"], "type": answer["type"], "call_id": "crossed"}

    async def close(self) -> None:
        """Ends every line."""
        for worker in self._workers:
            await worker.cancel(reason="the bench is over")
        await asyncio.gather(*self._running, return_exceptions=True)
