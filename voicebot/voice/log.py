"""What this room logs: warnings, without a caller's words, without pipecat's chatter."""

from __future__ import annotations

import sys

from loguru import logger

_LEFT_OUT = (
    "Error parsing JSON message",  # quotes what a caller's side sent: keys, perhaps words
    "Media stream error while reading the audio",  # how a line ends: its far side has hung up
    "Timeout: No audio frame received",  # while two people talk, packets go by undecoded
    "No video transceiver is available",  # a telephone call has none
    "No screen video transceiver is available",
)
"""Beginnings of pipecat's log lines that are not wanted."""


def quiet() -> None:
    """Sets loguru, which only pipecat and this room use."""
    logger.remove()
    logger.add(
        sys.stderr,
        level="WARNING",
        filter=lambda record: not record["message"].startswith(_LEFT_OUT),
        backtrace=False,
        diagnose=False,  # would print the values of variables: names, numbers
    )
