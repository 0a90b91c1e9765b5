"""The pipeline of a call, one processor per file.

Line in, Gate (vad), Listener (turns), Talker (the session), Speaker (playback), line out,
Sent (the recording). All but the line's two ends run in direct mode: a frame goes through them
in one step, without a queue between.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.worker import PipelineParams, PipelineWorker
from pipecat.processors.frame_processor import FrameProcessor

from voicebot.speech.ear import SAMPLE_RATE
from voicebot.voice.line import Line
from voicebot.voice.sent import Sent


def build(line: Line, processors: Sequence[FrameProcessor], sent: Sent) -> PipelineWorker:
    """A worker that runs `processors` between the line's two ends; 16 kHz mono throughout."""
    ends = line.transport.input(), line.transport.output()
    return PipelineWorker(
        Pipeline([ends[0], *processors, ends[1], sent]),
        params=PipelineParams(audio_in_sample_rate=SAMPLE_RATE, audio_out_sample_rate=SAMPLE_RATE),
        cancel_on_idle_timeout=False,
        idle_timeout_secs=None,
        enable_rtvi=False,
        enable_turn_tracking=False,
        check_dangling_tasks=False,
    )
