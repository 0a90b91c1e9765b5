"""A small server that answers calls: it says "Bonjour" as a hum, and gives back what it hears."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import numpy as np
from aiohttp import web
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import MediaStreamTrack

from voicebot.caller.microphone import Microphone


class EchoServer:
    """Greets with 0.5 s of hum; then echoes; key 9 makes it hang up."""

    def __init__(self) -> None:
        self.url = ""
        self.greeting_s = 0.5
        self.outcome: str | None = "informed"
        """Told as the end of the call when the caller hangs up."""
        self.heard_s = 0.0
        self.keys: list[str] = []
        self.offers: list[dict[str, str]] = []
        self._peers: list[RTCPeerConnection] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._events: asyncio.Queue[dict[str, object] | None] = asyncio.Queue()

    def tell(self, kind: str, **data: object) -> None:
        self._events.put_nowait({"kind": kind, "at": "2026-01-14T21:30:00+00:00", "data": data})

    async def offer(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.offers.append(body)
        if body["client"] == "nobody":
            return web.json_response({"error": "no client is called 'nobody'"}, status=404)
        if body["client"] == "busy":
            return web.json_response({"error": "all lines are taken"}, status=503)
        peer = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self._peers.append(peer)
        mouth = Microphone()
        time = np.arange(int(16_000 * self.greeting_s)) / 16_000
        hum = (0.3 * np.sin(2 * np.pi * 300 * time)).astype(np.float32)

        @peer.on("track")
        def on_track(track: MediaStreamTrack) -> None:
            self._tasks.append(asyncio.ensure_future(self._echo(track, mouth, hum)))

        @peer.on("datachannel")
        def on_channel(channel: object) -> None:
            @channel.on("message")  # type: ignore[attr-defined]
            def on_message(message: str) -> None:
                found = json.loads(message)
                if found["type"] == "hangup" and self.outcome:
                    self.tell("ended", outcome=self.outcome, cause="caller")
                elif found["type"] == "dtmf":
                    self.keys.append(found["key"])
                    self.tell("pressed", key=found["key"])
                    if found["key"] == "9":
                        self.tell("ended", outcome="informed", cause="bot")
                        self._tasks.append(asyncio.ensure_future(peer.close()))

        await peer.setRemoteDescription(RTCSessionDescription(body["sdp"], body["type"]))
        peer.addTrack(mouth)
        await peer.setLocalDescription(await peer.createAnswer())
        self.tell("answered", client=body["client"])
        answer = peer.localDescription
        return web.json_response({"sdp": answer.sdp, "type": answer.type, "call_id": "c1"})

    async def _echo(self, track: MediaStreamTrack, mouth: Microphone, hum: np.ndarray) -> None:
        await track.recv()
        mouth.say(hum)
        self.tell("said", text="Bonjour.", response="utter_greet")
        while True:
            frame = await track.recv()
            mono = frame.to_ndarray().reshape(-1, 2).mean(axis=1)[::3] / 32768
            loud = np.abs(mono).max() > 0.05  # the line's noise is not given back
            self.heard_s += 0.02 * loud
            mouth.say(mono.astype(np.float32) * loud)

    async def events(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        await response.write(b": beat\n\n")
        while True:
            event = await self._events.get()
            if event is None:
                return response
            await response.write(f"data: {json.dumps(event)}\n\n".encode())

    async def close(self) -> None:
        for _ in range(4):
            self._events.put_nowait(None)
        for peer in self._peers:
            await peer.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


@asynccontextmanager
async def echo_server() -> AsyncIterator[EchoServer]:
    """Runs it on a free port."""
    server = EchoServer()
    app = web.Application()
    app.router.add_post("/api/offer", server.offer)
    app.router.add_get("/api/calls/{call_id}/events", server.events)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield server
    finally:
        await server.close()
        await runner.cleanup()
