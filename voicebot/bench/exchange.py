"""The telephone exchange of the escalation bench: a witness that outlives the workers it serves.

One JSON line a message, one connection a ring; a worker that is killed drops its connections.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

HOST = "127.0.0.1"
MANNERS = {
    "busy": 25,
    "no_answer": 22,
    "voicemail": 10,
    "declines": 10,
    "accepts": 28,
    "late": 5,
}
"""Of a hundred rings."""
RINGS_S = 0.2
LATE_S = 6.0
"""A yes that comes when the step's time is over."""


@dataclass(eq=False)
class Exchange:
    """What rang, by key, and how each ring ended as seen from the telephone."""

    seed: int = 1
    manners: Mapping[str, int] = field(default_factory=lambda: MANNERS)
    """How telephones behave, each with its share."""
    late_s: float = LATE_S
    down: bool = False
    rings: Counter[str] = field(default_factory=Counter)
    numbers: dict[str, str] = field(default_factory=dict)
    ended: dict[str, str] = field(default_factory=dict)
    letters: Counter[str] = field(default_factory=Counter)
    port: int = 0

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self._loop = asyncio.new_event_loop()
        self._up = threading.Event()
        self._connections: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self._run, name="exchange", daemon=True)

    def start(self) -> None:
        """Listens on a free port."""
        self._thread.start()
        self._up.wait(10)

    def stop(self) -> None:
        """Closes it."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._serve, HOST, 0))
        self.port = server.sockets[0].getsockname()[1]
        self._up.set()
        self._loop.run_forever()
        self._loop.run_until_complete(self._end(server))

    async def _end(self, server: asyncio.Server) -> None:
        """Drops every connection, and waits until it is gone."""
        server.close()
        going = tuple(self._connections)
        for task in going:
            task.cancel()
        await asyncio.gather(*going)
        await server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._connections.add(task)
            task.add_done_callback(self._connections.discard)
        try:
            while line := await reader.readline():
                if self.down:
                    break
                answer = await self._answer(json.loads(line))
                writer.write(json.dumps(answer).encode() + b"\n")
                await writer.drain()
        except ConnectionError:
            pass  # the worker was killed: that is the bench
        except asyncio.CancelledError:
            pass  # the exchange closes; asyncio would complain of a connection that is cancelled
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    async def _answer(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        key = str(asked["key"])
        match asked["do"]:
            case "dial":
                return await self._dial(key, str(asked["address"]))
            case "hear":
                return await self._hear(key)
            case "letter":
                self.letters[key] += 1
                return {}
            case "posted":
                return {"posted": key in self.letters}
            case _:
                known = key in self.rings
                return {"outcome": self.ended.get(key, "failed") if known else None}

    async def _dial(self, key: str, address: str) -> dict[str, Any]:
        self.rings[key] += 1
        self.numbers[key] = address
        manner = self._random.choices(list(self.manners), list(self.manners.values()))[0]
        if manner == "busy":
            self.ended[key] = manner
            return {"outcome": manner}
        await asyncio.sleep(self._random.uniform(0.0, RINGS_S))
        if manner == "no_answer":
            self.ended[key] = manner
            return {"outcome": manner}
        self.ended[key] = manner
        return {"outcome": None}

    async def _hear(self, key: str) -> dict[str, Any]:
        manner = self.ended.get(key)
        if manner == "late":
            await asyncio.sleep(self.late_s)
        pressed = {"accepts": "1", "late": "1", "declines": "2"}.get(manner or "", "")
        final = {"accepts": "accepted", "late": "accepted", "declines": "declined"}
        self.ended[key] = final.get(manner or "", manner or "failed")
        return {"key": pressed}
