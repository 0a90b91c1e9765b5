"""Receives the caller's packets in order, at once where they come in order.

A loudspeaker needs sound at an even pace, so aiortc's buffer holds four packets (80 ms) back. An
ear does not: it only needs them in order. Here a packet goes on as soon as it comes, and one that
is missing is waited for, as long as this line's disorder has taught.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from aiortc.jitterbuffer import JitterBuffer, JitterFrame
from aiortc.rtp import RtpPacket
from aiortc.utils import uint16_add

from voicebot.voice.compat import replace_jitter_buffer

_FEWEST, _MOST = 2, 8
_CALM = 500
"""Packets without disorder (10 s) after which one packet less is waited for."""
_JUMP = 100
"""A number further away than this is a new stream."""

Tap = Callable[[bytes, int, int], None]
"""Takes the data of a packet, its timestamp in the sender's ticks, and its payload type."""


class ReorderBuffer(JitterBuffer):
    """One packet, one frame: gives each once all before it have come or are given up."""

    def __init__(self, waited_for: int = _FEWEST) -> None:
        super().__init__(capacity=16)
        self._held: dict[int, RtpPacket] = {}
        self._next: int | None = None
        self._usual_size = 0.0
        self._calm = 0
        self.patience = waited_for
        """Packets that may come before a missing one is given up."""
        self.tap: Tap | None = None
        """Told of each packet that is given, in order, before any decoder sees it."""
        self.decodes = True
        """Whether packets go on to a decoder."""
        self.heard_at: float | None = None
        """When the last packet came, by the monotonic clock."""

    def add(self, packet: RtpPacket) -> tuple[bool, JitterFrame | None]:
        """Takes a packet; gives the frame that is due, if one is."""
        self.heard_at = time.monotonic()
        number = packet.sequence_number
        if self._next is None or self._far(number):
            self._held.clear()
            self._next = number
        if _before(number, self._next):  # came too late: this line needs more patience
            self.patience, self._calm = min(_MOST, self.patience + 1), 0
            return False, None
        self._calm = self._calm + 1 if number == self._next else 0
        if self._calm >= _CALM:
            self.patience, self._calm = max(_FEWEST, self.patience - 1), 0
        self._held[number] = packet
        due = self._due()
        return False, due if self.decodes else None

    def _due(self) -> JitterFrame | None:
        assert self._next is not None
        if self._next not in self._held:
            if len(self._held) <= self.patience:
                return None
            self._next = min(self._held, key=lambda n: uint16_add(n, -(self._next or 0)))
        self._catch_up()
        packet = self._held.pop(self._next)
        self._next = uint16_add(self._next, 1)
        if self.tap is not None:
            self.tap(_payload(packet), packet.timestamp, packet.payload_type)
        return JitterFrame(data=_payload(packet), timestamp=packet.timestamp)

    def _catch_up(self) -> None:
        """Behind a disorder each packet comes late by those held: a quiet one is left out."""
        assert self._next is not None
        size = len(_payload(self._held[self._next]))
        self._usual_size += (size - self._usual_size) / 50
        after = uint16_add(self._next, 1)
        if after in self._held and size < self._usual_size / 2:
            del self._held[self._next]
            self._next = after

    def _far(self, number: int) -> bool:
        ahead = uint16_add(number, -(self._next or 0))
        return _JUMP < ahead < 0x10000 - _JUMP


def _before(number: int, other: int) -> bool:
    return uint16_add(number, -other) >= 0x8000


def _payload(packet: RtpPacket) -> bytes:
    data: bytes = packet._data  # type: ignore[attr-defined]
    return data


def hear_at_once(receiver: Any) -> ReorderBuffer:
    """Gives an aiortc audio receiver a buffer for ears, and gives that buffer."""
    buffer = ReorderBuffer()
    replace_jitter_buffer(receiver, buffer)
    return buffer
