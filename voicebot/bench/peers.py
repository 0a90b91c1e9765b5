"""Telephones that cost the bench little: sound encoded beforehand, packets timed as they come."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict, deque
from fractions import Fraction
from itertools import pairwise
from typing import Any, Self

import aiohttp
import numpy as np
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.codecs.opus import OpusEncoder
from aiortc.mediastreams import MediaStreamError, MediaStreamTrack
from av import AudioFrame, Packet

from voicebot.clock import Clock, SystemClock
from voicebot.errors import VoicebotError
from voicebot.voice.jitter import hear_at_once

PACKET_S = 0.02
_RATE = 48_000
_PACKET = _RATE // 50
CONNECT_S = 30.0


def encoded(seconds: float, seed: int) -> list[bytes]:
    """Opus packets of 20 ms of a murmur that no other seed makes: each packet is its own name."""
    rng = np.random.default_rng(seed)
    encoder = OpusEncoder()
    found: list[bytes] = []
    for number in range(int(seconds / PACKET_S)):
        sound = (rng.standard_normal((1, _PACKET * 2)) * 1500).astype(np.int16)
        frame = AudioFrame.from_ndarray(sound, format="s16", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = (
            _RATE,
            number * _PACKET,
            Fraction(1, _RATE),
        )
        found += encoder.encode(frame)[0]
    return found


class Murmur(MediaStreamTrack):
    """Sends packets at their pace, over and over, and notes when each went out."""

    kind = "audio"

    def __init__(self, packets: list[bytes], clock: Clock) -> None:
        super().__init__()
        self._packets, self._clock = packets, clock
        self._began: float | None = None
        self._count = 0
        self.sent: dict[bytes, deque[float]] = defaultdict(deque)
        """By packet: the instants at which it went out."""

    async def recv(self) -> Any:
        """The next packet, when its time has come."""
        if self.readyState != "live":
            raise MediaStreamError
        now = self._clock.monotonic()
        self._began = now if self._began is None else self._began
        await asyncio.sleep(max(0.0, self._began + self._count * PACKET_S - now))
        data = self._packets[self._count % len(self._packets)]
        packet: Packet[Any] = Packet(data)
        packet.pts, packet.time_base = self._count * _PACKET, Fraction(1, _RATE)
        self._count += 1
        self.sent[data].append(self._clock.monotonic())
        return packet


class Peer:
    """One telephone; what it hears is timed and not decoded."""

    def __init__(self, packets: list[bytes], clock: Clock | None = None) -> None:
        self.clock = clock or SystemClock()
        self.murmur = Murmur(packets, self.clock)
        self.heard: list[tuple[float, bytes]] = []
        """When each packet came, and the packet."""
        self.call_id = ""
        self.up = asyncio.Event()
        self.peer = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self.peer.addTrack(self.murmur)
        self._messages = self.peer.createDataChannel("keys")
        self.peer.on("connectionstatechange", self._changed)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def ring(self, http: aiohttp.ClientSession, server: str, client: str) -> str:
        """Rings; gives the id of the call once sound can flow."""
        await self.peer.setLocalDescription(await self.peer.createOffer())
        offer = self.peer.localDescription
        body = {"sdp": offer.sdp, "type": offer.type, "client": client}
        async with http.post(f"{server}/api/offer", json=body) as response:
            answer = await response.json()
        await self.peer.setRemoteDescription(RTCSessionDescription(answer["sdp"], answer["type"]))
        self.listen()
        async with asyncio.timeout(CONNECT_S):
            await self.up.wait()
            while self._messages.readyState != "open":
                await asyncio.sleep(0.01)
        self.call_id = answer["call_id"]
        return self.call_id

    def listen(self) -> None:
        """Notes every packet that comes from now on."""
        [transceiver] = self.peer.getTransceivers()
        buffer = hear_at_once(transceiver.receiver)
        buffer.tap = lambda data, timestamp, type: self.heard.append((self.clock.monotonic(), data))
        buffer.decodes = False

    def press(self, key: str) -> None:
        """Presses a key."""
        self._messages.send(json.dumps({"type": "dtmf", "key": key}))

    async def close(self) -> None:
        """Hangs up."""
        if self._messages.readyState == "open":
            self._messages.send(json.dumps({"type": "hangup"}))
            await asyncio.sleep(0.05)  # closing at once would overtake it
        await self.peer.close()

    def _changed(self) -> None:
        if self.peer.connectionState == "connected":
            self.up.set()


def delays(source: Peer, sink: Peer, since: float) -> list[float]:
    """Seconds that each packet of `source` took to `sink`."""
    found = []
    for at, data in sink.heard:
        gone = source.murmur.sent.get(data)
        before = [t for t in gone or () if t <= at]
        if at >= since and before:
            found.append(at - before[-1])
    return found


def first_from(source: Peer, sink: Peer, since: float) -> float:
    """The instant of the first packet of `source` that `sink` heard.

    Raises:
        VoicebotError: there is none.
    """
    for at, data in sink.heard:
        if at >= since and data in source.murmur.sent:
            return at
    raise VoicebotError("two telephones that were joined did not hear each other")


def gaps(source: Peer, sink: Peer, since: float, until: float) -> list[float]:
    """Seconds without sound between one packet's 20 ms and the next one's, each time."""
    at = [t for t, data in sink.heard if since <= t <= until and data in source.murmur.sent]
    return [max(0.0, after - before - PACKET_S) for before, after in pairwise(at)]
