"""Handing a call over: how soon both hear each other, how soon it stops, what the bridge adds."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import aiohttp
import numpy as np

from voicebot.bench.clicks import Telephone, one_way
from voicebot.bench.handover_server import CLIENT, CROSSED, LEGS, PERSON, serving
from voicebot.bench.peers import Peer, delays, encoded, first_from, gaps
from voicebot.bench.report import percentile, report
from voicebot.errors import VoicebotError

_BRIEFED_S = 1.0
"""How much of the briefing is heard before 1 is pressed."""
_VOICED = 40
"""Bytes of a packet that holds a voice; silence takes a handful."""
_SETTLED_S = 2.0
_PATIENCE_S = 20.0


def run(flows: Path, rounds: int = 20, calls: int = 10, seconds: int = 20) -> dict[str, Any]:
    """Hands calls over, again and again; then `calls` of them talk at once for so many seconds."""
    with serving(flows) as server:
        found = asyncio.run(_figures(server, rounds, calls, seconds))
    return report("handover", found, _conditions(rounds, calls, seconds))


async def _figures(
    server: str, rounds: int, calls: int, seconds: int
) -> dict[str, float | int | None]:
    async with aiohttp.ClientSession() as http:
        bench = _Bench(http, server)
        joined = [await bench.join(turn) for turn in range(rounds)]
        cancelled = [await bench.cancel(turn) for turn in range(rounds)]
        direct = await _direct(rounds * 2)
        bridged = _added(await bench.bridged(rounds * 2), direct)
        crossed = _added(await bench.crossed(rounds * 2), direct)
        alone = await bench.together(1, seconds // 2)
        many = await bench.together(calls, seconds)
    return {
        "joined_p50_ms": percentile(joined, 50),
        "joined_p95_ms": percentile(joined, 95),
        "cancelled_p50_ms": percentile(cancelled, 50),
        "cancelled_p95_ms": percentile(cancelled, 95),
        "bridge_delay_p50_ms": percentile(bridged, 50),
        "bridge_delay_p95_ms": percentile(bridged, 95),
        "pipecat_delay_p50_ms": percentile(crossed, 50),
        "pipecat_delay_p95_ms": percentile(crossed, 95),
        "calls": calls,
        "alone_packet_p95_ms": percentile(alone[0], 95),
        "alone_gap_max_ms": percentile(alone[1], 100),
        "together_packet_p50_ms": percentile(many[0], 50),
        "together_packet_p95_ms": percentile(many[0], 95),
        "gap_p999_ms": percentile(many[1], 99.9),
        "gap_max_ms": percentile(many[1], 100),
        "packets": len(many[0]),
    }


class _Bench:
    """Telephones on one server."""

    def __init__(self, http: aiohttp.ClientSession, server: str) -> None:
        self._http, self._server = http, server

    async def join(self, turn: int) -> float:
        """Seconds from key 1 until both hear each other."""
        async with Peer(encoded(2, 2 * turn)) as caller, Peer(encoded(2, 2 * turn + 1)) as person:
            await self._hand(caller, [person])
            await asyncio.sleep(_BRIEFED_S)
            pressed = caller.clock.monotonic()
            person.press("1")
            ways = (caller, person), (person, caller)
            await _until(lambda: all(_heard(*way, pressed) for way in ways))
            return max(first_from(*way, pressed) for way in ways) - pressed

    async def cancel(self, turn: int) -> float:
        """Seconds from the caller's hanging up until the last telephone is silent."""
        people = [Peer(encoded(1, 100 + leg)) for leg in range(LEGS)]
        async with Peer(encoded(2, turn)) as caller:
            await self._hand(caller, people)
            await asyncio.sleep(_BRIEFED_S)
            hung_up = caller.clock.monotonic()
        await asyncio.sleep(1.0)
        last = [_last_voice(person, hung_up) for person in people]
        for person in people:
            await person.close()
        async with self._http.get(f"{self._server}/stopped/{caller.call_id}") as response:
            if not response.ok:
                raise VoicebotError("a telephone went on ringing for a caller who had hung up")
            stopped = await response.json()
        return max(*stopped, *last) - hung_up

    async def bridged(self, clicks: int) -> list[float]:
        """The way of a click over the bridge."""
        async with Telephone() as caller, Telephone() as person:
            name = await person.ring(self._http, self._server, PERSON)
            call_id = await caller.ring(self._http, self._server, CLIENT)
            await self._take(call_id, [name])
            await asyncio.sleep(_BRIEFED_S)
            async with self._http.post(f"{self._server}/press/{name}") as response:
                response.raise_for_status()
            return await one_way(caller, person, clicks)

    async def crossed(self, clicks: int) -> list[float]:
        """The same through pipecat's parts as they come."""
        async with Telephone() as one, Telephone() as other:
            await one.ring(self._http, self._server, CROSSED)
            await other.ring(self._http, self._server, CROSSED)
            return await one_way(one, other, clicks)

    async def together(self, calls: int, seconds: int) -> tuple[list[float], list[float]]:
        """Of many conversations at once: each packet's way, and each gap between two."""
        pairs = [(Peer(encoded(4, 1000 + n)), Peer(encoded(4, 2000 + n))) for n in range(calls)]
        for caller, person in pairs:
            await self._hand(caller, [person])
            await asyncio.sleep(_BRIEFED_S)
            person.press("1")
            await _until(lambda: _heard(caller, person, 0.0))  # noqa: B023
        await asyncio.sleep(_SETTLED_S)
        since = pairs[0][0].clock.monotonic()
        await asyncio.sleep(seconds)
        until = pairs[0][0].clock.monotonic()
        ways = [way for pair in pairs for way in (pair, pair[::-1])]
        took = [delay for way in ways for delay in delays(*way, since)]
        holes = [gap for way in ways for gap in gaps(*way, since, until)]
        for pair in pairs:
            for peer in pair:
                await peer.close()
        return took, holes

    async def _hand(self, caller: Peer, people: Sequence[Peer]) -> None:
        """Rings as a caller, and has the call handed to these people."""
        names = [await person.ring(self._http, self._server, PERSON) for person in people]
        call_id = await caller.ring(self._http, self._server, CLIENT)
        await self._take(call_id, names)

    async def _take(self, call_id: str, names: list[str]) -> None:
        body = {"call_id": call_id, "people": names}
        async with self._http.post(f"{self._server}/hand", json=body) as response:
            if not response.ok:
                raise VoicebotError("a call could not be handed over")


async def _direct(clicks: int) -> list[float]:
    """The way of a click with nobody between: what belongs to the telephones themselves."""
    async with Telephone() as one, Telephone() as other:
        await one.ring_directly(other)
        return await one_way(one, other, clicks)


def _added(via: list[float], direct: list[float]) -> list[float]:
    """What is more than the usual way without it."""
    usual = float(np.median(direct))
    return [max(0.0, seconds - usual) for seconds in via]


def _heard(source: Peer, sink: Peer, since: float) -> bool:
    return any(at >= since and data in source.murmur.sent for at, data in reversed(sink.heard))


def _last_voice(peer: Peer, since: float) -> float:
    """When the last packet with a voice in it came; `since` when none came after it."""
    return max([at for at, data in peer.heard if len(data) > _VOICED] + [since])


async def _until(what: Any) -> None:
    async with asyncio.timeout(_PATIENCE_S):
        while not what():
            await asyncio.sleep(0.02)


def _conditions(rounds: int, calls: int, seconds: int) -> dict[str, Any]:
    return {
        "transport": "WebRTC on loopback, Opus; the server in a process of its own",
        "rounds": rounds,
        "joined": "from key 1 at the person's end until both have received the other's sound; "
        "what their own jitter buffers hold back is not in it",
        "cancelled": f"from the caller's hanging up until the last of {LEGS} telephones that are "
        "being briefed has received its last voice",
        "bridge_delay": "a click from microphone to ear, more than between the same two "
        "telephones without a server; encoders and decoders as they are",
        "pipecat_delay": "the same, joined with pipecat's transports and aiortc's jitter buffers",
        "together": f"{calls} conversations, both ways, {seconds} s, recorded in three channels; "
        "the telephones in one process on the same machine",
        "gap": "from the end of a packet's 20 ms to the coming of the next",
    }
