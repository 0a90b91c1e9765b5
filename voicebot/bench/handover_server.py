"""The server of the bench: the real switchboard, desk, bridge and store, without pages."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path

from aiohttp import web

from voicebot.bench.crossed import Crossed
from voicebot.calls.live import Live
from voicebot.clients.loader import load_client
from voicebot.clients.transfer import ASKED, Instructions, Kind, Target
from voicebot.clock import SystemClock
from voicebot.dialogue.expectation import Expectation
from voicebot.dialogue.interpretation import Interpretation
from voicebot.errors import VoicebotError
from voicebot.handoff.house import House
from voicebot.handoff.ongoing import Request
from voicebot.handoff.pool import Operators
from voicebot.handoff.presence import Operator, Presence, Seat
from voicebot.handoff.reception import Reception
from voicebot.speech.espeak import EspeakMouth
from voicebot.speech.prompts import Prompts
from voicebot.store.database import Database
from voicebot.store.journal import StoredJournal
from voicebot.store.schema import migrate
from voicebot.voice.bridge import VoiceBridge
from voicebot.voice.busy import DeafEar
from voicebot.voice.parts import Parts
from voicebot.voice.switchboard import Switchboard

CLIENT = "plomberie-moreau"
PERSON, CROSSED = "person", "crossed"
"""Names to ring instead of a client's: a person's line; a line joined the usual way."""
START_S = 120
PATIENCE_S = 20
LEGS = 3
"""Telephones that ring at once."""
INSTRUCTIONS = Instructions((Target(Kind.OPERATORS, at_once=LEGS, ring_s=60),))


class Nothing:
    """Understands nothing: no dialogue is measured here."""

    name = "nothing"

    def interpret(self, text: str, expected: Expectation, now: datetime) -> Interpretation:
        """The honest nothing."""
        return Interpretation(text)


class Server:
    """Its routes."""

    def __init__(self, flows: Path, folder: Path) -> None:
        self._database = Database(f"sqlite:///{folder / 'voicebot.db'}")
        migrate(self._database)
        self._live, clock = Live(), SystemClock()
        self._desk = Reception(House(Operators(self._live, clock), VoiceBridge(), clock))
        client = load_client(flows / "clients" / CLIENT, flows)
        self._switchboard = Switchboard(
            Parts(
                clients={CLIENT: replace(client, transfer=INSTRUCTIONS)},
                interpreter=Nothing(),
                ear=DeafEar(),
                prompts=Prompts(EspeakMouth(variant="f2"), folder / "prompts"),
                journal=StoredJournal(self._database),
                live=self._live,
                recordings=folder / "recordings",
                max_calls=100,
                desk=self._desk,
                reachable=self._desk.reachable,
            )
        )
        self._crossed = Crossed()
        self._consoles = ExitStack()
        self._people = 0
        self._stopped: dict[str, list[float]] = {}
        """By call: when each ring was over."""

    async def offer(self, request: web.Request) -> web.Response:
        """A telephone rings."""
        body = await request.json()
        sdp, type = body["sdp"], body["type"]
        if body["client"] == CROSSED:
            return web.json_response(await self._crossed.offer(sdp, type))
        if body["client"] == PERSON:
            self._people += 1
            operator = Operator(self._people, f"Personne {self._people}")
            self._consoles.enter_context(self._desk.operators.console(operator))
            given = await self._switchboard.headset(sdp, type, operator.id, operator.name)
            answer = {"sdp": given.sdp, "type": given.type, "call_id": str(operator.id)}
            return web.json_response(answer)
        given = await self._switchboard.offer(sdp, type, body["client"])
        return web.json_response({"sdp": given.sdp, "type": given.type, "call_id": given.call_id})

    async def hand(self, request: web.Request) -> web.Response:
        """These people are available, and a call is handed to whoever is."""
        body = await request.json()
        for seat in self._desk.operators.seats():
            if seat.presence is Presence.AVAILABLE:
                self._desk.operators.turn(seat.operator.id, Presence.BREAK)
        async with asyncio.timeout(START_S):  # the telephone may know sooner that it is connected
            for name in body["people"]:
                while not self._desk.operators.seats() or self._seat(name).line is None:
                    await asyncio.sleep(0.01)
                self._desk.operators.turn(int(name), Presence.AVAILABLE)
            while not self._taken(body["call_id"]):
                await asyncio.sleep(0.01)
            while not all(self._seat(name).rings for name in body["people"]):
                await asyncio.sleep(0.01)
        return web.json_response({})

    def _seat(self, name: str) -> Seat:
        seat = self._desk.operators.seat(int(name))
        assert seat is not None
        return seat

    def _taken(self, call_id: str) -> bool:
        ongoing = [call for call in self._desk.ongoing.all() if call.session.call_id == call_id]
        return bool(ongoing) and ongoing[0].take_over(Request(ASKED))

    async def press(self, request: web.Request) -> web.Response:
        """A person whose telephone has no keys accepts."""
        for incoming in self._desk.operators.incoming(int(request.match_info["name"])):
            incoming.accept()
        return web.json_response({})

    async def stopped(self, request: web.Request) -> web.Response:
        """When each ring of a call was over, once all are."""
        call_id = request.match_info["call_id"]
        async with asyncio.timeout(PATIENCE_S):
            while len(self._stopped.get(call_id, [])) < LEGS:
                await asyncio.sleep(0.01)
        return web.json_response(self._stopped[call_id])

    async def _watch(self) -> None:
        with self._live.watch() as events:
            while True:
                call_id, entry = await events.get()
                if entry.kind == "incoming_over":
                    now = asyncio.get_running_loop().time()
                    self._stopped.setdefault(call_id, []).append(now)

    async def serve(self, told: Connection) -> None:
        """Serves until the other end closes; tells its port."""
        watching = asyncio.ensure_future(self._watch())
        app = web.Application()
        app.router.add_post("/api/offer", self.offer)
        app.router.add_post("/hand", self.hand)
        app.router.add_post("/press/{name}", self.press)
        app.router.add_get("/stopped/{call_id}", self.stopped)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        told.send(json.dumps(runner.addresses[0][1]))
        await asyncio.to_thread(told.poll, None)  # the other end closes when the bench is over
        watching.cancel()
        await self._crossed.close()
        await self._switchboard.close(farewell_s=0)
        self._consoles.close()
        await runner.cleanup()
        self._database.close()


def _main(flows: str, told: Connection) -> None:
    async def main(folder: str) -> None:
        await Server(Path(flows), Path(folder)).serve(told)

    with tempfile.TemporaryDirectory(prefix="voicebot-") as folder:
        asyncio.run(main(folder))


@contextmanager
def serving(flows: Path) -> Iterator[str]:
    """Runs it in a process of its own; gives its address.

    Raises:
        VoicebotError: it did not start.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_main, args=(str(flows), there), daemon=True)
    process.start()
    there.close()
    try:
        if not here.poll(START_S):
            raise VoicebotError("the bench's server did not start")
        yield f"http://127.0.0.1:{json.loads(here.recv())}"
    except EOFError as error:
        raise VoicebotError("the bench's server did not start") from error
    finally:
        here.close()
        process.join(15)
        if process.is_alive():
            process.kill()
