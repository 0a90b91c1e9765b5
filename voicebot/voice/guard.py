"""Keeps the failure of a background task inside its call, and makes it known there."""

from __future__ import annotations

import traceback
from collections.abc import Coroutine

from pipecat.processors.frame_processor import FrameProcessor


async def guarded(processor: FrameProcessor, work: Coroutine[None, None, None]) -> None:
    """Runs `work`; an exception becomes an error frame, which ends this call and no other."""
    try:
        await work
    except Exception as error:  # noqa: BLE001  # the call reports it and ends politely
        await processor.push_error(f"{type(processor).__name__}: {where(error)}", exception=None)


def where(error: BaseException) -> str:
    """Kind and place of an error, without its message, which may hold a caller's words."""
    steps = traceback.extract_tb(error.__traceback__)
    place = f" at {steps[-1].filename}:{steps[-1].lineno}" if steps else ""
    return f"{type(error).__name__}{place}"
