"""The few places where aiortc and pipecat offer no setting, kept together."""

from __future__ import annotations

import sys
from typing import Any

from aiortc.jitterbuffer import JitterBuffer
from loguru import logger

_SECRETS = ("Error parsing JSON message",)
"""Beginnings of pipecat's log lines that quote what a caller's side sent: keys, perhaps words."""


def replace_jitter_buffer(receiver: Any, buffer: JitterBuffer) -> None:
    """Gives an aiortc receiver another jitter buffer; pipecat does the same for screen video."""
    name = "_RTCRtpReceiver__jitter_buffer"
    if not hasattr(receiver, name):
        raise RuntimeError("this aiortc keeps its jitter buffer elsewhere: pin aiortc 1.16")
    setattr(receiver, name, buffer)


def quiet() -> None:
    """Silences pipecat but for warnings, and never lets it quote a caller."""
    logger.remove()
    logger.add(
        sys.stderr,
        level="WARNING",
        filter=lambda record: not record["message"].startswith(_SECRETS),
        backtrace=False,
        diagnose=False,
    )
