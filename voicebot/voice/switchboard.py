"""The switchboard: takes WebRTC offers, and keeps every call apart from every other."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime

from loguru import logger

from voicebot.calls.session import CallSession
from voicebot.clients.client import Client
from voicebot.errors import BadInput, NotFound, VoicebotError
from voicebot.voice.busy import BusySession, DeafEar
from voicebot.voice.call import Call
from voicebot.voice.earpool import EarPool
from voicebot.voice.hearing import prepare
from voicebot.voice.line import open_line
from voicebot.voice.notices import texts
from voicebot.voice.parts import Parts
from voicebot.voice.person import PersonLine
from voicebot.voice.recorder import repair
from voicebot.voice.vad import warm_up
from voicebot.voice.waiting import first_of

BUSY_LINES = 20
"""Callers over the limit who are told so at once; more than that get no line at all."""
FAREWELL_S = 8.0
"""Time for telling the callers that the service stops."""


class LinesBusy(VoicebotError):
    """There are too many calls even to say so."""


@dataclass(frozen=True)
class Answer:
    """What the caller's side needs to connect."""

    sdp: str
    type: str
    call_id: str


@dataclass(frozen=True)
class Ongoing:
    """A call that is going on."""

    call_id: str
    client: str
    caller_number: str | None
    since: datetime
    """UTC."""
    busy: bool = False
    """Whether it is only told to ring again."""


@dataclass(frozen=True, eq=False)
class _Live:
    info: Ongoing
    call: Call
    task: asyncio.Task[None]


class Switchboard:
    """Answers calls, as many at once as `parts.max_calls`; one event loop, one switchboard."""

    def __init__(self, parts: Parts) -> None:
        warm_up()
        self.parts = parts
        self._pool = EarPool(parts.ear_threads)
        self._threads = ThreadPoolExecutor(parts.max_calls + 4, thread_name_prefix="call")
        self._live: dict[str, _Live] = {}
        self._opening = 0
        self._people: dict[PersonLine, asyncio.Task[None]] = {}
        self._closed = False
        for client in parts.clients.values():
            for text in texts(client.language):  # already rendered ones cost nothing
                self._threads.submit(parts.prompts.get, text, client.language)
        self._threads.submit(self._prepare)
        for path in repair(parts.recordings):
            logger.warning(f"a recording cut short was repaired: {path.name}")

    async def offer(
        self, sdp: str, type: str, client: str, caller_number: str | None = None
    ) -> Answer:
        """Takes a call.

        The call over the limit is answered too: it hears when to ring again.

        Raises:
            NotFound: no client has that name.
            BadInput: the SDP offer cannot be used.
            LinesBusy: there are too many calls even to say so; HTTP's 503.
        """
        if self._closed:
            raise LinesBusy("the switchboard is closing")
        found = self.parts.clients.get(client)
        if found is None:
            known = ", ".join(sorted(self.parts.clients)) or "none"
            raise NotFound(f"no client is called {client!r}", todo=f"known: {known}")
        if type != "offer":
            raise BadInput(f"a WebRTC offer was expected, not {type!r}")
        taken = len(self._live) + self._opening
        if taken >= self.parts.max_calls + BUSY_LINES:
            raise LinesBusy("all lines are busy: ring again in a few minutes")
        busy = taken - sum(live.info.busy for live in self._live.values()) >= self.parts.max_calls
        self._opening += 1
        try:
            line = await open_line(sdp, type)
        finally:
            self._opening -= 1
        info = Ongoing(self._new_id(), found.name, caller_number, self.parts.clock.now(), busy)
        session = self._session(info, found)
        call = Call(self._parts_for(info), session, line, self._pool, self._threads)
        task = asyncio.create_task(self._serve(info, call))
        self._live[info.call_id] = _Live(info, call, task)
        return Answer(line.sdp, line.type, info.call_id)

    async def attend(
        self,
        sdp: str,
        type: str,
        name: str,
        on_up: Callable[[PersonLine], None] = lambda person: None,
        on_gone: Callable[[PersonLine], None] = lambda person: None,
    ) -> PersonLine:
        """Takes the line of a person whom calls are handed to; it lasts until she hangs up.

        Args:
            sdp: the offer.
            type: always "offer".
            name: of the person, as it is said.
            on_up: called once sound can flow.
            on_gone: called when the line is gone.

        Raises:
            BadInput: the SDP offer cannot be used.
            LinesBusy: the switchboard is closing.
        """
        if self._closed:
            raise LinesBusy("the switchboard is closing")
        if type != "offer":
            raise BadInput(f"a WebRTC offer was expected, not {type!r}")
        line = await open_line(sdp, type)
        person = PersonLine(self.parts, line, self._pool, self._threads, name)
        self._people[person] = asyncio.create_task(self._attended(person, on_up, on_gone))
        return person

    async def headset(self, sdp: str, type: str, operator: int, name: str) -> Answer:
        """Takes the line of an operator's headset, which the desk's calls are joined with.

        Raises:
            BadInput: the SDP offer cannot be used.
            LinesBusy: calls are not handed over here, or the switchboard is closing.
        """
        if self.parts.desk is None:
            raise LinesBusy("calls are not handed over here")
        pool = self.parts.desk.operators
        person = await self.attend(
            sdp,
            type,
            name,
            lambda person: pool.connect(operator, person),
            lambda person: pool.disconnect(operator, person),
        )
        return Answer(person.line.sdp, person.line.type, "")

    async def _attended(
        self,
        person: PersonLine,
        on_up: Callable[[PersonLine], None],
        on_gone: Callable[[PersonLine], None],
    ) -> None:
        running = asyncio.ensure_future(person.run())
        try:
            await first_of(person.up, person.gone)
            if person.up.is_set():
                on_up(person)
            await person.gone.wait()
        finally:
            on_gone(person)
            await running
            del self._people[person]

    def _prepare(self) -> None:
        """Makes the ear ready for each client; a call that comes first has its own made first."""
        for client in self.parts.clients.values():
            if self._closed:
                return
            prepare(self.parts.ear, client)

    def ongoing(self) -> tuple[Ongoing, ...]:
        """The calls that are going on, the oldest first."""
        return tuple(live.info for live in self._live.values())

    def hang_up(self, call_id: str, cause: str = "caller") -> bool:
        """Ends one call; False where there is none of that id."""
        live = self._live.get(call_id)
        if live is not None:
            live.call.end(cause)
        return live is not None

    async def close(self, farewell_s: float = FAREWELL_S) -> None:
        """Ends every call properly, with cause "shutdown"; takes no new ones.

        Args:
            farewell_s: seconds for telling the callers; 0 ends the calls at once.
        """
        self._closed = True
        tasks = [live.task for live in self._live.values()]
        if tasks and farewell_s > 0:
            await asyncio.gather(*(live.call.shut_down() for live in self._live.values()))
            await asyncio.wait(tasks, timeout=farewell_s)
        for live in tuple(self._live.values()):
            live.call.end("shutdown")
        for person in tuple(self._people):
            await person.hang_up()
        await asyncio.gather(*tasks, *self._people.values())
        await asyncio.to_thread(self._pool.close)
        self._threads.shutdown(cancel_futures=True)

    async def _serve(self, info: Ongoing, call: Call) -> None:
        try:
            await call.run()
        finally:
            self._live.pop(info.call_id, None)

    def _parts_for(self, info: Ongoing) -> Parts:
        return replace(self.parts, ear=DeafEar()) if info.busy else self.parts

    def _session(self, info: Ongoing, client: Client) -> CallSession | BusySession:
        parts = self.parts
        if info.busy:
            return BusySession(client, parts.journal, parts.clock, info.call_id, info.caller_number)
        return CallSession(
            client,
            parts.interpreter,
            parts.journal,
            parts.clock,
            call_id=info.call_id,
            caller_number=info.caller_number,
            live=parts.live,
            reachable=parts.reachable,
        )

    def _new_id(self) -> str:
        """Sorts by time, cannot be guessed: it names the recording's file and address."""
        return f"{self.parts.clock.now():%Y%m%d-%H%M%S}-{secrets.token_hex(6)}"
