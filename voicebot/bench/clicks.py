"""How long a sound takes from one telephone's microphone to another's ear."""

from __future__ import annotations

import asyncio
from typing import Self

import aiohttp
import numpy as np
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import MediaStreamError, MediaStreamTrack
from av import AudioFrame

from voicebot.caller.microphone import Microphone
from voicebot.clock import Clock, SystemClock
from voicebot.speech.ear import SAMPLE_RATE
from voicebot.voice.jitter import hear_at_once

_CLICK = (0.5 * np.sin(np.arange(SAMPLE_RATE // 50) * 0.4)).astype(np.float32)
_LOUD = 1000
"""Of 32,768: the click is at half scale."""
_WAIT_S = 1.0
_SETTLES_S = 1.5
"""Time in which a new line has played what had gathered before it was listened to."""


class Ear:
    """Notes when each click begins, by the instant at which its packet came."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.clicks: list[float] = []

    async def listen(self, track: MediaStreamTrack) -> None:
        """Hears a track to its end."""
        while True:
            try:
                frame = await track.recv()
            except MediaStreamError:
                return
            assert isinstance(frame, AudioFrame)
            now = self._clock.monotonic()
            loud = np.flatnonzero(np.abs(frame.to_ndarray()[0, ::2]) > _LOUD)
            if len(loud):
                self.clicks.append(now + loud[0] / frame.sample_rate)

    def first(self, since: float) -> float | None:
        """The first click from then on."""
        return next((at for at in self.clicks if at >= since), None)


class Telephone:
    """A telephone that clicks and hears, with nothing held back by its own jitter buffer."""

    def __init__(self, clock: Clock | None = None) -> None:
        clock = clock or SystemClock()
        self.microphone = Microphone(clock=clock)
        self.ear = Ear(clock)
        self.up = asyncio.Event()
        self.peer = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self.peer.addTrack(self.microphone)
        self.peer.createDataChannel("keys")  # every real telephone has one
        self._tasks: list[asyncio.Task[None]] = []
        self.peer.on("track", self._track)
        self.peer.on("connectionstatechange", self._changed)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.peer.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def ring(self, http: aiohttp.ClientSession, server: str, name: str) -> str:
        """Rings a name of the bench's server; gives what the server calls the line."""
        await self.peer.setLocalDescription(await self.peer.createOffer())
        offer = self.peer.localDescription
        body = {"sdp": offer.sdp, "type": offer.type, "client": name}
        async with http.post(f"{server}/api/offer", json=body) as response:
            answer = await response.json()
        await self._answered(RTCSessionDescription(answer["sdp"], answer["type"]))
        return str(answer["call_id"])

    async def ring_directly(self, other: Telephone) -> None:
        """Rings another telephone with nobody between."""
        await self.peer.setLocalDescription(await self.peer.createOffer())
        await other.peer.setRemoteDescription(self.peer.localDescription)
        await other.peer.setLocalDescription(await other.peer.createAnswer())
        other.hear_at_once()
        await self._answered(other.peer.localDescription)

    def hear_at_once(self) -> None:
        """Gives what it hears without holding anything back."""
        for transceiver in self.peer.getTransceivers():
            hear_at_once(transceiver.receiver)

    async def _answered(self, answer: RTCSessionDescription) -> None:
        await self.peer.setRemoteDescription(answer)
        self.hear_at_once()
        await asyncio.wait_for(self.up.wait(), 30)

    def _track(self, track: MediaStreamTrack) -> None:
        self._tasks.append(asyncio.ensure_future(self.ear.listen(track)))

    def _changed(self) -> None:
        if self.peer.connectionState == "connected":
            self.up.set()


async def one_way(source: Telephone, sink: Telephone, clicks: int) -> list[float]:
    """Seconds from the first sample of each click to its coming out at the other end."""
    found: list[float] = []
    await asyncio.sleep(_SETTLES_S)
    for number in range(clicks):
        said = source.microphone.say(_CLICK, (0, len(_CLICK)))
        await said.done.wait()
        await asyncio.sleep(_WAIT_S / 3 + 0.013 * (number % 5))
        assert said.first_voiced_at is not None
        heard = sink.ear.first(said.first_voiced_at)
        if heard is not None:
            found.append(heard - said.first_voiced_at)
    return found
