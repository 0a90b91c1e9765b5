"""Workers of the escalation bench, each in a process of its own, so that it can be killed.

One process reads the clients once and hires a worker, by a fork, for each line that comes in: a
worker that took seconds to start could be killed only every few seconds.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import signal
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voicebot.bench.exchange import HOST
from voicebot.bench.nights import clients
from voicebot.clients.client import Client
from voicebot.clock import SystemClock
from voicebot.delivery.letter import Channel, Letter
from voicebot.delivery.outcome import Outcome as Fared
from voicebot.delivery.outcome import Sent, Trouble
from voicebot.handoff.leg import LegDown, Outcome
from voicebot.handoff.ringing import TelephoneLegs
from voicebot.handoff.telephone import Heard, HungUp, Line
from voicebot.store.database import Database
from voicebot.worker.deliver import Postman
from voicebot.worker.escalator import Escalator
from voicebot.worker.ringer import Ringer
from voicebot.worker.worker import Worker


@dataclass(eq=False)
class _Wire:
    """A connection to the exchange."""

    port: int
    _reader: asyncio.StreamReader | None = None
    _writer: asyncio.StreamWriter | None = None

    async def ask(self, **message: Any) -> dict[str, Any]:
        """One message and its answer.

        Raises:
            ConnectionError: the exchange is down.
        """
        if self._reader is None or self._writer is None:
            self._reader, self._writer = await asyncio.open_connection(HOST, self.port)
        self._writer.write(json.dumps(message).encode() + b"\n")
        await self._writer.drain()
        line = await self._reader.readline()
        if not line:
            raise ConnectionResetError
        return dict(json.loads(line))

    def close(self) -> None:
        """Ends it."""
        if self._writer is not None:
            self._writer.close()


@dataclass(frozen=True)
class Telephone:
    """Dials through the exchange."""

    port: int

    async def dial(self, address: str, key: str, seconds: float) -> Line | Outcome:
        """Rings a number; one that the exchange dropped while it rang is settled like a crash."""
        wire = _Wire(self.port)
        try:
            answer = await wire.ask(do="dial", key=key, address=address)
        except OSError:
            wire.close()
            became = await self.became(key)
            if became is None:
                raise LegDown("the exchange is down") from None
            return became
        if answer["outcome"]:
            wire.close()
            return Outcome(answer["outcome"])
        return _Call(wire, key)

    async def became(self, key: str) -> Outcome | None:
        """What the exchange knows of a ring; a yes that it heard is a yes."""
        wire = _Wire(self.port)
        try:
            found = (await wire.ask(do="became", key=key))["outcome"]
        except OSError:
            raise LegDown("the exchange is down") from None
        finally:
            wire.close()
        if found is None:
            return None
        return Outcome(found) if found in tuple(Outcome) else Outcome.FAILED


@dataclass(frozen=True)
class _Call:
    wire: _Wire
    key: str

    async def say(self, text: str, language: str) -> None:
        """Takes no time."""

    async def hear(self, seconds: float) -> Heard | None:
        """What the exchange says was pressed."""
        try:
            pressed = (await self.wire.ask(do="hear", key=self.key))["key"]
        except OSError:
            raise HungUp from None
        return Heard(key=pressed) if pressed else None

    async def hang_up(self) -> None:
        """Ends it."""
        self.wire.close()


@dataclass(frozen=True)
class Sms:
    """A gateway that is the exchange too: down when it is down."""

    port: int
    name: str = "bench"

    async def send(self, letter: Letter) -> Fared:
        """Hands it over."""
        wire = _Wire(self.port)
        try:
            await wire.ask(do="letter", key=letter.key)
        except OSError:
            return Trouble("no answer", wait=1.0)
        finally:
            wire.close()
        return Sent()

    async def became(self, letter: Letter, known: Collection[str]) -> Fared | None:
        """Whether it has the letter: a carrier that takes no key, and can be asked."""
        wire = _Wire(self.port)
        try:
            answer = await wire.ask(do="posted", key=letter.key)
        except OSError:
            return Trouble("down", wait=1.0)
        finally:
            wire.close()
        return Sent() if answer["posted"] else None

    async def close(self) -> None:
        """Keeps no connection."""


async def work(store: str, port: int, known: Mapping[str, Client]) -> None:
    """Works until it is killed."""
    database, clock = Database(store), SystemClock()
    ringer = Ringer(database, known, TelephoneLegs(Telephone(port)), clock)
    postman = Postman(database, {Channel.SMS: Sms(port)}, clock)
    worker = Worker(
        Escalator(database, known), ringer, clock, chores=(postman.deliver,), poll_s=0.1
    )
    await worker.run()


def hire(store: str, port: int, number: int, flows: Path) -> None:
    """Hires a worker for each line of the input; at its end, kills those that are left."""
    known = clients(flows, number)
    # Who dies is gone at once: a worker that nobody has buried would look alive to the others.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    hired: list[int] = []
    print("ready", flush=True)
    for _ in sys.stdin:
        worker = os.fork()
        if worker == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            asyncio.run(work(store, port, known))
            os._exit(1)  # nobody else ends it
        hired.append(worker)
        print(worker, flush=True)
    for worker in hired:
        with contextlib.suppress(ProcessLookupError):
            os.kill(worker, signal.SIGKILL)


if __name__ == "__main__":
    logging.basicConfig(level=logging.CRITICAL)
    hire(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
