"""A caller: rings a server over WebRTC, speaks, listens, presses keys, hangs up."""

from __future__ import annotations

import asyncio
import contextlib
import json
from types import TracebackType
from typing import Any, Self

import aiohttp
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.jitterbuffer import JitterBuffer
from aiortc.mediastreams import MediaStreamTrack

from voicebot.caller.earpiece import Earpiece
from voicebot.caller.events import Told, follow
from voicebot.caller.microphone import Microphone, Said
from voicebot.caller.voice import Speech
from voicebot.clock import Clock, SystemClock
from voicebot.errors import NotFound, VoicebotError
from voicebot.speech.ear import SAMPLE_RATE, Samples
from voicebot.speech.mouth import Sound
from voicebot.speech.telephone import resample

OFFER_TIMEOUT_S = 30
CONNECT_TIMEOUT_S = 20


class Caller:
    """One telephone. `async with Caller() as caller: await caller.ring(…)`."""

    def __init__(
        self,
        *,
        background: Samples | None = None,
        prefetch: int | None = None,
        clock: Clock | None = None,
        follows: bool = True,
    ) -> None:
        """Takes a telephone off the hook.

        Args:
            background: noise of the line, float32 [n] at 16 kHz, repeated for ever.
            prefetch: packets that the receiving jitter buffer holds back; aiortc's own is 4.
            clock: of every instant noted here.
            follows: whether the server's events are asked for.
        """
        self._clock = clock or SystemClock()
        self.microphone = Microphone(background, self._clock)
        self.earpiece = Earpiece(self._clock)
        self.told = Told()
        """What the server tells about the call."""
        self.call_id = ""
        self.rang_at = 0.0
        self.answered_at: float | None = None
        """When the server's answer came."""
        self.connected_at: float | None = None
        """When sound could flow."""
        self.over = asyncio.Event()
        self._prefetch, self._follows = prefetch, follows
        self._tasks: list[asyncio.Task[None]] = []
        self._http: aiohttp.ClientSession | None = None
        self._peer: RTCPeerConnection | None = None
        self._keys: Any = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.hang_up()

    async def ring(self, server: str, client: str, caller_number: str | None = None) -> str:
        """Rings a client; gives the id of the call once sound can flow.

        Raises:
            NotFound: the server answers for no such client.
            VoicebotError: nobody answers at that address, or the server refuses.
        """
        self._http = aiohttp.ClientSession(
            # The pass that lets a caller follow his own call; servers on trial have no name.
            cookie_jar=aiohttp.CookieJar(unsafe=True)
        )
        peer = self._peer = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        peer.addTrack(self.microphone)
        self._keys = peer.createDataChannel("keys")
        connected = asyncio.Event()

        @peer.on("track")
        def on_track(track: MediaStreamTrack) -> None:
            self._begin(self.earpiece.listen(track))

        @peer.on("connectionstatechange")
        def on_state() -> None:
            if peer.connectionState == "connected":
                self.connected_at = self._clock.monotonic()
                connected.set()
            elif peer.connectionState in ("failed", "closed"):
                self.over.set()

        await peer.setLocalDescription(await peer.createOffer())
        self.rang_at = self._clock.monotonic()
        answer = await self._offer(server, client, caller_number)
        self.answered_at = self._clock.monotonic()
        self.call_id = answer["call_id"]
        self._shorten_jitter_buffer(peer)
        if self._follows:
            self._begin(self._follow(server))
        await peer.setRemoteDescription(RTCSessionDescription(answer["sdp"], answer["type"]))
        await self._first_of(connected, self.over, timeout_s=CONNECT_TIMEOUT_S)
        if not connected.is_set():
            raise VoicebotError(f"{server} answered, but no sound comes through (UDP blocked?)")
        return self.call_id

    async def say(self, sound: Sound) -> Said:
        """Says something to its end."""
        said = self.start(sound)
        await self._first_of(said.done, self.over)
        return said

    async def utter(self, speech: Speech) -> Said:
        """Says something whose voiced part is known, to its end."""
        said = self.start(speech.sound, speech.voiced)
        await self._first_of(said.done, self.over)
        return said

    async def pause(self, seconds: float) -> None:
        """Says nothing for a while, or until the call is over."""
        await self._first_of(self.over, timeout_s=seconds)

    def start(self, sound: Sound, voiced: tuple[int, int] | None = None) -> Said:
        """Begins to say something, and goes on listening."""
        return self.microphone.say(resample(sound.samples, sound.sample_rate, SAMPLE_RATE), voiced)

    def press(self, key: str) -> None:
        """Presses a key: one of 0-9, * and #."""
        self._keys.send(json.dumps({"type": "dtmf", "key": key}))

    async def wait_for_bot(
        self, quiet_s: float = 0.6, timeout_s: float = 30.0, after: float | None = None
    ) -> bool:
        """Waits until the bot has spoken and then been quiet for `quiet_s`.

        Args:
            quiet_s: silence that ends its turn.
            timeout_s: how long to wait in all.
            after: the instant from which it must have spoken; now, by default.

        Returns:
            False if it did not, or if the call ended first.
        """
        begin = self._clock.monotonic() if after is None else after
        until = self._clock.monotonic() + timeout_s
        while not self.over.is_set() and self._clock.monotonic() < until:
            last = self.earpiece.last_voiced()
            if last is not None and last >= begin and self._clock.monotonic() - last >= quiet_s:
                return True
            await self.earpiece.wait(0.05)
        return False

    async def wait_for_voice(self, after: float, timeout_s: float = 10.0) -> float | None:
        """The instant of the first voiced sample heard from `after` on; None if none came."""
        until = self._clock.monotonic() + timeout_s
        while self._clock.monotonic() < until:
            if (found := self.earpiece.first_voiced(after)) is not None:
                return found
            if self.over.is_set():
                return None
            await self.earpiece.wait(0.05)
        return None

    async def wait_for_end(self, timeout_s: float = 60.0) -> bool:
        """Waits until the bot has hung up and everything is told; False if it did not."""
        await self._first_of(self.over, timeout_s=timeout_s)
        until = self._clock.monotonic() + 5
        while self._follows and self.told.ended is None and self._clock.monotonic() < until:
            await self.told.wait(0.2)
        return self.over.is_set()

    async def hang_up(self) -> None:
        """Puts the telephone down; again does nothing."""
        if self._peer is not None:
            if self._keys is not None and self._keys.readyState == "open":
                self._keys.send(json.dumps({"type": "hangup"}))
                await asyncio.sleep(0.05)  # closing at once would overtake it
            await self._peer.close()
            if self.call_id:
                await self.wait_for_end(5)
        self.over.set()
        self.microphone.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._http is not None:
            await self._http.close()
        self._peer = self._http = None

    async def _offer(self, server: str, client: str, number: str | None) -> dict[str, Any]:
        assert self._http is not None and self._peer is not None
        offer = self._peer.localDescription
        body = {"sdp": offer.sdp, "type": offer.type, "client": client}
        if number:
            body["caller_number"] = number
        timeout = aiohttp.ClientTimeout(total=OFFER_TIMEOUT_S)
        try:
            async with self._http.post(
                f"{server}/api/offer", json=body, timeout=timeout
            ) as response:
                text = await response.text()
                status = response.status
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise VoicebotError(
                f"no server answers at {server}: start one with `voicebot serve`"
            ) from error
        if status == 200:
            return dict(json.loads(text))
        why = _reason(text)
        if status == 404:
            raise NotFound(why or f"no client is called {client!r}")
        raise VoicebotError(f"{server} refuses the call ({status}): {why}")

    async def _follow(self, server: str) -> None:
        assert self._http is not None
        with contextlib.suppress(aiohttp.ClientError, TimeoutError):  # the call matters more
            async for event in follow(self._http, server, self.call_id):
                self.told.add(event)

    def _begin(self, work: Any) -> None:
        self._tasks.append(asyncio.ensure_future(work))

    def _shorten_jitter_buffer(self, peer: RTCPeerConnection) -> None:
        if self._prefetch is None:
            return
        for transceiver in peer.getTransceivers():
            # aiortc has no setting for it; the attribute is private to its class.
            short = JitterBuffer(capacity=16, prefetch=self._prefetch)
            setattr(transceiver.receiver, "_RTCRtpReceiver__jitter_buffer", short)  # noqa: B010

    async def _first_of(self, *events: asyncio.Event, timeout_s: float | None = None) -> None:
        waits = [asyncio.ensure_future(event.wait()) for event in events]
        await asyncio.wait(waits, timeout=timeout_s, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()


def _reason(text: str) -> str:
    """What a refusal says, on one line."""
    with contextlib.suppress(ValueError, AttributeError):
        body = json.loads(text)
        text = str(body.get("error") or body.get("detail") or text)
    return " ".join(text.split())[:200]
