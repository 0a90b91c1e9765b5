"""An evening at the desk, told as a test tells it: a call rings, time goes by, somebody accepts."""

import asyncio
import contextlib
from dataclasses import replace

from voicebot.calls.live import Live
from voicebot.calls.session import CallSession, Utterance
from voicebot.clients.transfer import Instructions, Kind, Target
from voicebot.dialogue.interpretation import Interpretation
from voicebot.handoff.alertwatch import AlertWatch
from voicebot.handoff.house import House
from voicebot.handoff.jumping import JumpingClock
from voicebot.handoff.ongoing import Request
from voicebot.handoff.pool import Operators
from voicebot.handoff.presence import Operator, Presence
from voicebot.handoff.reception import Reception
from voicebot.handoff.simulated import SimulatedTelephone
from voicebot.handoff.simulated_call import SimulatedBridge, SimulatedCaller, SimulatedParty
from voicebot.store import transfers
from voicebot.store.journal import StoredJournal

CLAIRE = Operator(1, "Claire")
SOPHIE = Operator(2, "Sophie", languages=frozenset({"fr", "en"}))
OPERATORS = Target(Kind.OPERATORS)


class Understands:
    """Whatever is said is just said."""

    name = "plain"

    def interpret(self, text, expected, now):
        return Interpretation(text)


async def at_once(work, *given):
    return work(*given)


class Evening:
    """One client, one call, and a desk on a clock that jumps."""

    interpreter = Understands()

    def __init__(self, client, database, *order, **plan):
        self.database = database
        self.client = replace(client, transfer=Instructions(order or (OPERATORS,), **plan))
        self.clock = JumpingClock()
        self.told = []
        self.bridge = SimulatedBridge(self._tell)
        self.live = Live()
        self.kept = []
        keep = lambda operator, presence, at: self.kept.append((operator.name, presence.value))  # noqa: E731
        self.operators = Operators(self.live, self.clock, keep, self.clock.sleep)
        self.telephone = SimulatedTelephone({}, self.clock.sleep, told=self._tell)
        self.house = House(
            self.operators,
            self.bridge,
            self.clock,
            telephone=self.telephone,
            alerts=AlertWatch(database, {client.name: self.client}, self.clock),
            escalates=True,
            sleep=self.clock.sleep,
            aside=at_once,
        )
        self.desk = Reception(self.house)
        self.caller = SimulatedCaller(self.clock.sleep, self._tell)
        self.session = CallSession(
            self.client,
            self.interpreter,
            StoredJournal(database),
            self.clock,
            call_id="c1",
            caller_number="+33612345678",
            live=self.live,
            reachable=self.desk.reachable,
        )
        self.session.answer()
        self.headsets = {}
        self.task = None

    # Who is there

    @contextlib.contextmanager
    def at_work(self, *operators, headset=True):
        """Their consoles are open, their headsets on, and they are available."""
        with contextlib.ExitStack() as stack:
            for operator in operators:
                stack.enter_context(self.operators.console(operator))
                self.operators.turn(operator.id, Presence.AVAILABLE)
                if headset:
                    self.connect(operator)
            yield

    def connect(self, operator):
        line = SimulatedParty(operator.name, self.clock.sleep, self._tell)
        self.headsets[operator.id] = line
        self.operators.connect(operator.id, line)
        return line

    def incoming(self, operator):
        """What rings at her place; exactly one call does."""
        (found,) = self.operators.incoming(operator.id)
        return found

    # What happens

    def says(self, text):
        return self.session.hear(Utterance(text))

    async def hand_over(self, reason="asked", operator=None):
        if operator is None:  # as the conversation does when a flow wants a person
            self.session.note("transfer", reason=reason)
        work = self.desk.hand_over(self.caller, self.session, Request(reason, operator))
        self.task = asyncio.ensure_future(work)
        await self.clock.settle()

    async def forward(self, seconds=0.0):
        until = self.clock.monotonic() + seconds
        await self.clock.settle()
        while (left := until - self.clock.monotonic()) > 0:
            await self.clock.move(left)

    # What is expected

    @property
    def done(self):
        return self.task.result() if self.task.done() else None

    def heard(self, who="caller"):
        """What somebody heard since the last time that was asked."""
        mine = [what.removeprefix("hears: ") for name, what in self.told if name == who]
        self.told = [(name, what) for name, what in self.told if name != who]
        return mine

    def kept_transfer(self):
        with self.database.read() as connection:
            return transfers.read(connection, "c1")[-1]

    def _tell(self, who, what):
        self.told.append((who, what))
