"""Runs one transfer: takes what happens to the pure state machine, and does what that says."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Coroutine
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, cast

from voicebot.calls.handed import Done, Result
from voicebot.calls.session import CallSession
from voicebot.handoff.alertwatch import AlertWatch
from voicebot.handoff.announcer import Announcer
from voicebot.handoff.announcing import MESSAGE_KEY, wants_message
from voicebot.handoff.bridge import CallerSide, Key, Left, Words
from voicebot.handoff.courtesy import farewell
from voicebot.handoff.following import Following
from voicebot.handoff.happening import (
    Began,
    CallerLeft,
    Happened,
    Joined,
    MessageWanted,
    Offered,
    Parted,
    Passed,
    TakenBy,
)
from voicebot.handoff.house import House
from voicebot.handoff.joining import Joining
from voicebot.handoff.ledger import Ledger
from voicebot.handoff.matter import details
from voicebot.handoff.ongoing import Request
from voicebot.handoff.order import (
    BeginProcedure,
    Command,
    Dismiss,
    Finish,
    Join,
    Ring,
    TakeBack,
    Tell,
    ToPerson,
)
from voicebot.handoff.party import Party
from voicebot.handoff.reaching import Reaching
from voicebot.handoff.standing import Leg, Phase, Stage, Transfer
from voicebot.handoff.target import TAKEN_OVER, Instructions, Kind, Target
from voicebot.handoff.teller import Teller
from voicebot.handoff.transfer import advance
from voicebot.handoff.waiting import Taker
from voicebot.oncall.urgency import PRESSING

log = logging.getLogger(__name__)


class HandOver:
    """One transfer of one call; from the event loop of the calls."""

    def __init__(
        self, house: House, caller: CallerSide, session: CallSession, request: Request
    ) -> None:
        self._house = house
        self._caller = caller
        self._session = session
        self._request = request
        self._plan = _plan(session.client.transfer, request)
        self._state = Transfer(request.reason)
        self._events: asyncio.Queue[Happened] = asyncio.Queue()
        self._reaching = Reaching(house, session, request, self._events.put_nowait)
        self._ledger = Ledger(session, house.aside)
        self._teller = Teller(Announcer(caller, self._ledger.said), self._plan, session)
        self._joins = Joining(house, caller, session.call_id, self._plan, self._teller)
        self._tasks: set[asyncio.Task[None]] = set()
        self._rings: dict[int, asyncio.Task[None]] = {}
        self._joining: asyncio.Task[None] | None = None
        self._timer: tuple[datetime | None, asyncio.Task[None]] | None = None
        self._done: Done | None = None

    async def run(self) -> Done:
        """Runs it to its end. Never raises but when it is cancelled."""
        self._start(self._ledger.write())
        with self._house.operators.watching(self._somebody_changed):
            try:
                await self._serve()
            except Exception:
                log.exception("a transfer broke")
                self._done = Done(Result.BROKEN)
            finally:
                await self._close()
        return self._done or Done(Result.BROKEN)

    async def _serve(self) -> None:
        if self._request.reason == TAKEN_OVER:
            self._ledger.note("transfer", reason=TAKEN_OVER, by=self._taker())
        await self._caller.hold(self._plan.music)
        await self._caller.listen(True)
        self._start(self._listen())
        with contextlib.ExitStack() as stack:
            if self._house.alerts is not None and self._pressing:
                call_id = self._session.call_id
                stack.enter_context(self._house.waiting.caller(call_id, self._offered))
                await self._follow(self._house.alerts)
                await self._house.waiting.claim(call_id)
            taken = self._reaching.standing().taken_by
            self._take(TakenBy(taken) if taken else Began())
            while self._done is None:
                self._take(await self._events.get())

    # What happens

    def _take(self, event: Happened) -> tuple[Command, ...]:
        before = self._state
        self._state, commands = advance(
            self._plan, before, event, self._house.clock.now(), self._reaching.reach
        )
        self._ledger.record(before, self._state, event, self._reaching.reasons)
        for command in commands:
            self._do(command)
        if isinstance(event, Parted) and self._state.phase is Phase.SEEKING:
            self._start(self._joins.wait_again())
        self._arm()
        return commands

    async def _follow(self, alerts: AlertWatch) -> None:
        """The call's alert, which rings people of its own."""
        following = Following(
            alerts,
            self._session.call_id,
            lambda: next(filter(_on_call, self._state.ringing), None),
            self._events.put_nowait,
            self._house.sleep,
            self._house.aside,
        )
        self._reaching.standing = lambda: following.standing
        await following.look()
        self._start(following.run())

    async def _listen(self) -> None:
        """The caller: what he says, presses, and that he leaves."""
        while True:
            match await self._caller.next():
                case Left():
                    self._events.put_nowait(CallerLeft())
                    return
                case Key(key):
                    if key == MESSAGE_KEY:
                        self._events.put_nowait(MessageWanted())
                case Words(text):
                    if wants_message(text, self._session.language):
                        self._events.put_nowait(MessageWanted())

    def _somebody_changed(self) -> None:
        """An operator may have become free."""
        if self._state.phase is Phase.SEEKING and self._state.began is not None:
            self._events.put_nowait(Passed())

    async def _offered(self, taker: Taker) -> bool:
        """A technician took the alert on a line of ours: he is joined, if that still can be."""
        if self._done is not None or not self._house.bridge.carries(taker.line):
            return False
        joined = [c.leg for c in self._take_offer(taker) if isinstance(c, Join)]
        return bool(joined)

    def _take_offer(self, taker: Taker) -> tuple[Command, ...]:
        legs = self._state.legs
        waits = next((leg.number for leg in self._state.ringing if _on_call(leg)), len(legs))
        if self._state.phase is Phase.SEEKING:
            self._reaching.lines[waits] = taker.line
        commands = self._take(Offered(taker.name, taker.language))
        self._events.put_nowait(Passed())  # whoever waits for an event sees that it went on
        return commands

    def _arm(self) -> None:
        """Has time go by until the next instant at which it changes something."""
        due = self._state.due
        if self._timer and self._timer[0] == due:
            return
        if self._timer:
            self._timer[1].cancel()
        self._timer = (due, self._start(self._tick(due))) if due else None

    async def _tick(self, due: datetime) -> None:
        await self._house.sleep(max(0.0, (due - self._house.clock.now()).total_seconds()))
        self._timer = None
        self._events.put_nowait(Passed())

    # What is done

    def _do(self, command: Command) -> None:
        match command:
            case Ring(number):
                leg = self._state.legs[number]
                target = self._plan.order[leg.target]
                self._rings[number] = self._start(self._reaching.ring(leg, target))
            case TakeBack(number, word):
                self._reaching.words[number] = word
                if ring := self._rings.get(number):
                    ring.cancel()
            case Join(number):
                self._joining = self._start(self._join(self._state.legs[number]))
            case Dismiss(number, word, rings_back):
                self._dismiss(self._state.legs[number], word, rings_back)
            case Tell() as told:
                began = self._state.began or self._house.clock.now()
                waited = self._house.clock.now() - began
                self._teller.tell(told, waited.total_seconds())
            case BeginProcedure():
                if self._house.alerts is not None:
                    begin = self._house.alerts.begin_procedure
                    self._ledger.later(lambda: begin(self._session.call_id))
            case Finish(result, person, caller_left):
                self._finish(Done(result, person, caller_left))

    async def _join(self, leg: Leg) -> None:
        line, number = cast("Party", self._reaching.lines[leg.number]), leg.number
        joined = partial(self._events.put_nowait, Joined(number))
        how = await self._joins.join(leg, line, joined)
        self._events.put_nowait(Parted(number, how))

    def _dismiss(self, leg: Leg, word: ToPerson | None, rings_back: bool) -> None:
        line = self._reaching.lines.pop(leg.number, None)
        if self._joining is not None and leg.stage is Stage.ENDED:
            self._joining.cancel()
        if line is not None:
            language = leg.who.language
            stays = leg.who.kind is Kind.OPERATORS  # her headset waits for the next call
            more = details(self._reaching.matter, language) if rings_back else ""
            self._house.see_off(farewell(line, word, language, stays=stays, more=more))

    def _finish(self, done: Done) -> None:
        self._done = done
        taken = done.result in (Result.SPOKEN, Result.TAKEN) and done.person
        if taken and self._pressing and self._house.alerts is not None:
            take = self._house.alerts.take
            self._ledger.later(lambda: take(self._session.call_id, done.person))

    async def _close(self) -> None:
        """Whatever still goes on ends; what was noted is kept before the flow goes on."""
        await self._teller.announcer.stop()
        with contextlib.suppress(Exception):
            await self._caller.listen(False)
            await self._caller.hold(False)
        await self._ledger.written()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        while self._state.phase is Phase.OVER and not self._events.empty():
            self._take(self._events.get_nowait())  # who accepted in the last moment is told
        for number, line in self._reaching.lines.items():
            leg = self._state.legs[number]
            if leg.who.kind is not Kind.OPERATORS:
                self._house.see_off(farewell(line, None, leg.who.language, stays=False))

    @property
    def _pressing(self) -> bool:
        decided = self._session.urgency
        return decided is not None and decided.urgency in PRESSING

    def _taker(self) -> str:
        seat = self._house.operators.seat(self._request.operator or 0)
        return seat.operator.name if seat else ""

    def _start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _plan(instructions: Instructions, request: Request) -> Instructions:
    """The client's; an operator who takes a call over is the only target there is."""
    if request.operator is None:
        return instructions
    return replace(instructions, order=(Target(Kind.OPERATORS),))


def _on_call(leg: Leg) -> bool:
    return leg.who.kind is Kind.ON_CALL
