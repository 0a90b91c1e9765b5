"""The bot compared with: a fixed silence ends the turn, a canned sound answers at once."""

from __future__ import annotations

import asyncio

import numpy as np
from aiohttp import web
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import MediaStreamError, MediaStreamTrack

from voicebot.bench.callers import REQUESTS
from voicebot.caller.caller import Caller
from voicebot.caller.earpiece import Earpiece
from voicebot.caller.microphone import Microphone
from voicebot.caller.voice import speak
from voicebot.clock import SystemClock
from voicebot.speech.callers import CALLERS
from voicebot.speech.ear import SAMPLE_RATE

_LOUD = (0.3 * np.sin(np.arange(SAMPLE_RATE // 2) / 6)).astype(np.float32)


class FixedSilenceBot:
    """Answers so many seconds after the last sound it heard; aiortc's own buffers."""

    def __init__(self, silence_s: float) -> None:
        self._silence_s = silence_s
        self._peers: list[RTCPeerConnection] = []
        self._tasks: list[asyncio.Task[None]] = []

    async def offer(self, request: web.Request) -> web.Response:
        """Takes a call."""
        body = await request.json()
        peer = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self._peers.append(peer)
        mouth, ear = Microphone(), Earpiece()

        @peer.on("track")
        def on_track(track: MediaStreamTrack) -> None:
            self._tasks.append(asyncio.ensure_future(self._talk(track, ear, mouth)))

        await peer.setRemoteDescription(RTCSessionDescription(body["sdp"], body["type"]))
        peer.addTrack(mouth)
        await peer.setLocalDescription(await peer.createAnswer())
        answer = peer.localDescription
        return web.json_response({"sdp": answer.sdp, "type": answer.type, "call_id": "baseline"})

    async def _talk(self, track: MediaStreamTrack, ear: Earpiece, mouth: Microphone) -> None:
        answered = 0.0
        while True:
            try:
                frame = await track.recv()
            except MediaStreamError:
                return
            ear.hear(frame)  # type: ignore[arg-type]
            last, now = ear.last_voiced(), ear.last_at or 0.0
            if last is not None and last > answered and now - last >= self._silence_s:
                answered = now
                mouth.say(_LOUD)

    async def close(self) -> None:
        """Ends every call."""
        for peer in self._peers:
            await peer.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


async def fixed_silence(silence_s: float, turns: int) -> list[float]:
    """Seconds from the caller's last voiced sample to the first that he receives, turn by turn."""
    bot = FixedSilenceBot(silence_s)
    app = web.Application()
    app.router.add_post("/api/offer", bot.offer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        return await _ask(f"http://127.0.0.1:{runner.addresses[0][1]}", turns)
    finally:
        await bot.close()
        await runner.cleanup()


async def _ask(url: str, turns: int) -> list[float]:
    found: list[float] = []
    clock = SystemClock()
    async with Caller(clock=clock, follows=False) as caller:
        await caller.ring(url, "baseline")
        for turn in range(turns):
            speech = speak(CALLERS[turn % len(CALLERS)], REQUESTS[turn % len(REQUESTS)], seed=turn)
            said = await caller.utter(speech)
            assert said.last_voiced_at is not None
            first = await caller.wait_for_voice(said.last_voiced_at)
            if first is not None:
                found.append(first - said.last_voiced_at)
            await caller.wait_for_bot(0.5, 5, said.last_voiced_at)
    return found
