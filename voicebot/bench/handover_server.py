"""The server of the bench: the real switchboard and bridge, and a desk that does as it is told."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from aiohttp import web

from voicebot.bench.crossed import Crossed
from voicebot.calls.handed import Done, Result
from voicebot.calls.journal import MemoryJournal
from voicebot.calls.live import Live
from voicebot.calls.session import CallSession
from voicebot.clients.loader import load_client
from voicebot.clock import SystemClock
from voicebot.dialogue.expectation import Expectation
from voicebot.dialogue.interpretation import Interpretation
from voicebot.errors import VoicebotError
from voicebot.handoff.answer import Answer, read_answer
from voicebot.handoff.bridge import CallerSide, Left
from voicebot.handoff.ongoing import Ongoing, Request
from voicebot.handoff.pool import Operators
from voicebot.speech.espeak import EspeakMouth
from voicebot.speech.prompts import Prompts
from voicebot.voice.bridge import VoiceBridge
from voicebot.voice.busy import DeafEar
from voicebot.voice.parts import Parts
from voicebot.voice.person import PersonLine
from voicebot.voice.switchboard import Switchboard

CLIENT = "plomberie-moreau"
PERSON, CROSSED = "person", "crossed"
"""Names to ring instead of a client's: a person's line; a line joined the usual way."""
START_S = 120
BRIEFING = (
    "Client Plomberie Moreau. Madame Martin, grosse fuite d'eau dans la cuisine, elle n'arrive "
    "pas à couper l'eau. Douze rue des Lilas, à Villeurbanne."
)


class Nothing:
    """Understands nothing: no dialogue is measured here."""

    name = "nothing"

    def interpret(self, text: str, expected: Expectation, now: datetime) -> Interpretation:
        """The honest nothing."""
        return Interpretation(text)


class Desk:
    """Rings everybody who is there at once; the first who presses 1 is joined."""

    def __init__(self, live: Live) -> None:
        self.operators = Operators(live, SystemClock())
        self.ongoing = Ongoing()
        self.people: dict[str, PersonLine] = {}
        self.rings: dict[str, list[PersonLine]] = {}
        """By call: who is rung for it."""
        self.stopped: dict[str, list[float]] = {}
        """By call: when each leg was silent."""

    async def hand_over(self, caller: CallerSide, session: CallSession, request: Request) -> Done:
        """Briefs all, joins the first, and stops all when the caller leaves."""
        await caller.hold(True)
        legs = {
            asyncio.ensure_future(self._leg(session.call_id, person)): person
            for person in self.rings[session.call_id]
        }
        left = asyncio.ensure_future(_left(caller))
        waiting: set[asyncio.Future[Any]] = {left, *legs}
        try:
            done, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            if left in done:
                return Done(Result.CALLER_LEFT, caller_left=True)
            taken = next(legs[leg] for leg in legs if leg in done)
            for leg in legs:
                leg.cancel()
            await VoiceBridge().join(caller.party, taken, on_joined=lambda: None)
            return Done(Result.SPOKEN, caller_left=caller.party.gone.is_set())
        finally:
            for leg in (left, *legs):
                leg.cancel()
            await asyncio.gather(left, *legs, return_exceptions=True)

    async def _leg(self, call_id: str, person: PersonLine) -> None:
        try:
            await person.say(BRIEFING, "fr")
            while read_answer(await person.hear(60)) is not Answer.YES:
                pass
        finally:
            stopped = asyncio.get_running_loop().time()
            self.stopped.setdefault(call_id, []).append(stopped)


async def _left(caller: CallerSide) -> None:
    while not isinstance(await caller.next(), Left):
        pass


class Server:
    """Its routes."""

    def __init__(self, flows: Path, folder: Path) -> None:
        live = Live()
        self.desk = Desk(live)
        prompts = Prompts(EspeakMouth(variant="f2"), folder / "prompts")
        client = load_client(flows / "clients" / CLIENT, flows)
        self.switchboard = Switchboard(
            Parts(
                clients={CLIENT: client},
                interpreter=Nothing(),
                ear=DeafEar(),
                prompts=prompts,
                journal=MemoryJournal(),
                live=live,
                recordings=folder / "recordings",
                max_calls=100,
                desk=self.desk,
            )
        )
        prompts.get(BRIEFING)
        self.crossed = Crossed()

    async def offer(self, request: web.Request) -> web.Response:
        """A telephone rings."""
        body = await request.json()
        sdp, type = body["sdp"], body["type"]
        if body["client"] == CROSSED:
            return web.json_response(await self.crossed.offer(sdp, type))
        if body["client"] == PERSON:
            person = await self.switchboard.attend(sdp, type, PERSON)
            name = str(len(self.desk.people))
            self.desk.people[name] = person
            answer = {"sdp": person.line.sdp, "type": person.line.type, "call_id": name}
            return web.json_response(answer)
        given = await self.switchboard.offer(sdp, type, body["client"])
        return web.json_response({"sdp": given.sdp, "type": given.type, "call_id": given.call_id})

    async def hand(self, request: web.Request) -> web.Response:
        """A call is handed to these people."""
        body = await request.json()
        call_id = body["call_id"]
        self.desk.rings[call_id] = [self.desk.people[name] for name in body["people"]]
        async with asyncio.timeout(START_S):  # the telephone may know sooner that it is connected
            while not self._taken(call_id):
                await asyncio.sleep(0.01)
        return web.json_response({})

    def _taken(self, call_id: str) -> bool:
        ongoing = [call for call in self.desk.ongoing.all() if call.session.call_id == call_id]
        return bool(ongoing) and ongoing[0].take_over(Request("taken_over", 1))

    async def press(self, request: web.Request) -> web.Response:
        """A person whose telephone has no keys presses 1."""
        await self.desk.people[request.match_info["name"]].message({"type": "dtmf", "key": "1"})
        return web.json_response({})

    async def stopped(self, request: web.Request) -> web.Response:
        """When each leg of a call was silent."""
        return web.json_response(self.desk.stopped.get(request.match_info["call_id"], []))

    async def serve(self, told: Connection) -> None:
        """Serves until cancelled; tells its port."""
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
        await self.crossed.close()
        await self.switchboard.close(farewell_s=0)
        await runner.cleanup()


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
