"""The operators who are there now: their consoles, headsets, presence, and what rings at them."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from voicebot.accounts.takes import Takes
from voicebot.calls.live import Live
from voicebot.clock import Clock
from voicebot.errors import BadInput
from voicebot.handoff.headset import Headset
from voicebot.handoff.headset_lines import HeadsetLines
from voicebot.handoff.incoming import Incoming, Shown
from voicebot.handoff.leg import Outcome
from voicebot.handoff.party import Party
from voicebot.handoff.presence import CHOSEN, Operator, Presence, Seat, Wish
from voicebot.handoff.seats import Seats
from voicebot.handoff.telephone import Sleep
from voicebot.handoff.telling import Keep, Telling

RELOAD_S = 3.0
"""How long what rings at a console waits for its page to come back."""


@dataclass(frozen=True)
class Answered:
    """How a ring at an operator's place ended."""

    outcome: Outcome
    party: Party | None = None
    """Her line, when she accepted."""
    reason: str = ""
    """Why she declined."""


class Operators:
    """Who is there. In memory: a server that starts anew finds nobody until consoles open again.

    Changed from the event loop of the calls alone; `free` and `soon` are read from any thread.
    Every change is told through `Live` at once, to the pages that watch all calls:

    - `presence`, with `operator`, `name`, `presence`, `since`: that, or her calls, changed; its
      call id is empty;
    - `incoming`, with `operator`, `incoming`: a call rings at her place;
    - `incoming_over`, with `operator`, `incoming`, `outcome`: it rings no more.
    """

    def __init__(
        self,
        live: Live,
        clock: Clock,
        keep: Keep = lambda operator, presence, at: None,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        """An empty pool.

        Args:
            live: told of every change.
            clock: tells the time.
            keep: called with each change of a presence; it must not block for long.
            sleep: waits; tests wait on a clock of their own.
        """
        self._telling = Telling(live, clock, keep)
        self._clock = clock
        self._sleep = sleep
        self._seats = Seats(self._telling, clock)
        self._lines = HeadsetLines(self._seats, sleep)
        self._ringing: dict[str, Incoming] = {}
        self._leaving: set[asyncio.Task[None]] = set()

    # Who is there

    @contextlib.contextmanager
    def console(
        self, operator: Operator, presence: Presence = Presence.BREAK
    ) -> Iterator[Callable[[], Seat]]:
        """A console of hers is open for as long as this lasts: around its stream of events.

        Args:
            operator: as her account and her profile say now; it replaces what was known of her.
            presence: what she was when she was last seen (`store.presence`); used when this is
                her first page. Nobody is available before she says so.

        Yields:
            What gives her seat as it is now.
        """
        seat = self._seats.get(operator.id)
        if seat is None:
            line = self._lines.early(operator.id)
            seat = Seat(operator, presence, self._clock.now(), consoles=0, line=line)
        self._telling.presence(
            self._seats.put(replace(seat, operator=operator, consoles=seat.consoles + 1))
        )
        try:
            yield lambda: self._seats[operator.id]
        finally:
            self._close(operator.id)

    def describe(self, operator: int, takes: Takes) -> None:
        """What she can take has changed: it counts from the next ring on, wherever she is."""
        seat = self._seats.get(operator)
        if seat is not None:
            self._seats.put(replace(seat, operator=replace(seat.operator, **takes.values)))

    def turn(self, operator: int, presence: Presence) -> Seat:
        """She says what she is: available, on a break, or writing down the last call.

        Raises:
            BadInput: no console of hers is open, or it is nothing that one can say.
        """
        seat = self._seats.get(operator)
        if seat is None or not seat.consoles:
            raise BadInput("no console of this operator is open")
        if presence not in CHOSEN:
            raise BadInput(f"nobody can choose to be {presence.value}")
        return self._seats.become(operator, presence)

    def connect(self, operator: int, party: Party) -> None:
        """Her headset is there. A second one takes the place of the first."""
        self._lines.connect(operator, party)

    def disconnect(self, operator: int, party: Party) -> None:
        """This headset is gone; nothing happens when another one took its place."""
        self._lines.disconnect(operator, party)

    @contextlib.contextmanager
    def talking(self, operator: int, call_id: str) -> Iterator[None]:
        """She has this call for as long as this lasts; then she writes it down."""
        calls = self._seats[operator].calls | {call_id}
        self._telling.presence(self._seats.change(operator, calls=calls))
        try:
            yield
        finally:
            left = self._seats[operator].calls - {call_id}
            now = self._clock.now()
            seat = self._seats.change(operator, calls=left, last_call=now, last=call_id)
            if not left and seat.presence is Presence.AVAILABLE:
                self._seats.become(operator, Presence.AFTER_CALL)
            else:
                self._telling.presence(seat)

    def watching(self, changed: Callable[[], None]) -> contextlib.AbstractContextManager[None]:
        """Calls `changed` whenever anybody's seat changes, for as long as this lasts."""
        return self._seats.watching(changed)

    # Read from any thread

    def seats(self) -> tuple[Seat, ...]:
        """Everybody whose console is open, by name."""
        return self._seats.here()

    def seat(self, operator: int) -> Seat | None:
        """Hers, if a console of hers has been open."""
        return self._seats.get(operator)

    def free(self, wish: Wish) -> tuple[Seat, ...]:
        """Who can be rung now, who has rested longest first."""
        return self._seats.free(wish)

    def soon(self, wish: Wish) -> bool:
        """Whether somebody who could take it only has her hands full."""
        return self._seats.soon(wish)

    # What rings

    def incoming(self, operator: int) -> tuple[Incoming, ...]:
        """What rings at her place, the first first: what a console shows when it opens."""
        return tuple(found for found in self._ringing.values() if found.operator == operator)

    def find(self, operator: int, incoming: str) -> Incoming | None:
        """A ring at her place, for `accept`, `decline` and `listen`; None when it is over."""
        found = self._ringing.get(incoming)
        return found if found and found.operator == operator else None

    async def ring(
        self,
        operator: int,
        shown: Shown,
        ring_s: float,
        too_late: Callable[[Party], None] = lambda line: None,
    ) -> Answered:
        """Rings at her place; cancelling it takes the call away from her, and she is told.

        While it rings the briefing is spoken into her headset, unless she talks with somebody;
        she accepts by the button, by key 1 or by a yes. When the time is over she is `AWAY`.

        Args:
            operator: whose place.
            shown: what her console shows, and what is spoken.
            ring_s: for how long.
            too_late: called with her line when she accepted a call that was taken back in the
                same moment, or that a colleague had just accepted.
        """
        incoming = Incoming(secrets.token_urlsafe(9), operator, shown, self._clock.now(), ring_s)
        seat = self._seats.get(operator)
        if seat is None or not seat.consoles:
            return Answered(Outcome.FAILED, reason="no console")
        incoming.first = lambda: not self._accepted(shown.call_id)
        self._ringing[incoming.id] = incoming
        self._seats.change(operator, rings=seat.rings | {shown.call_id})
        self._telling.rings(incoming)
        briefed = Headset(incoming, seat.line) if seat.line and not seat.calls else None
        timer = asyncio.ensure_future(self._time_out(incoming))
        outcome, late = Outcome.CALLER_LEFT, False
        try:
            answered = await self._answered(incoming, await incoming.over())
            outcome = answered.outcome
            late = outcome is Outcome.CALLER_LEFT  # a colleague was quicker
            return answered
        except asyncio.CancelledError:
            late = incoming.outcome is Outcome.ACCEPTED
            raise
        finally:
            incoming.end(Outcome.CALLER_LEFT)
            timer.cancel()
            if briefed:
                briefed.stop()
            if late and (line := self._seats[operator].line):
                too_late(line)
            del self._ringing[incoming.id]
            self._seats.change(operator, rings=self._seats[operator].rings - {shown.call_id})
            self._telling.over(incoming, outcome.value)

    async def take(self, operator: int) -> Answered:
        """Her line, for a call that she takes over: nothing rings."""
        if self._seats.get(operator) is None:
            return Answered(Outcome.FAILED, reason="no console")
        line = await self._lines.of(operator)
        return Answered(Outcome.ACCEPTED if line else Outcome.FAILED, line)

    def _accepted(self, call_id: str) -> bool:
        """Whether somebody has just accepted this call, while it still rings elsewhere."""
        here = (i for i in self._ringing.values() if i.shown.call_id == call_id)
        return any(incoming.outcome is Outcome.ACCEPTED for incoming in here)

    async def _time_out(self, incoming: Incoming) -> None:
        await self._sleep(incoming.ring_s)
        if incoming.end(Outcome.NO_ANSWER):
            self._seats.become(incoming.operator, Presence.AWAY)

    async def _answered(self, incoming: Incoming, outcome: Outcome) -> Answered:
        """Her line, when she accepted: at once, or when her headset has connected."""
        if outcome is not Outcome.ACCEPTED:
            return Answered(outcome, reason=incoming.reason)
        line = await self._lines.of(incoming.operator)
        if line is None:
            self._seats.become(incoming.operator, Presence.AWAY)
            return Answered(Outcome.FAILED, reason="no headset")
        return Answered(outcome, line)

    # Changes

    def _close(self, operator: int) -> None:
        seat = self._seats.change(operator, consoles=self._seats[operator].consoles - 1)
        if not seat.consoles:
            task = asyncio.ensure_future(self._left(operator))
            self._leaving.add(task)
            task.add_done_callback(self._leaving.discard)

    async def _left(self, operator: int) -> None:
        """A page that is loaded again, or a network that hiccups, is not an operator who left."""
        await self._sleep(RELOAD_S)
        seat = self._seats[operator]
        if not seat.consoles:
            for incoming in self.incoming(operator):
                incoming.end(Outcome.FAILED)
            self._telling.presence(seat)
