"""The desk of a process: every call that is handed over goes through it."""

from __future__ import annotations

from dataclasses import dataclass

from voicebot.calls.handed import Done, Wanted
from voicebot.calls.session import CallSession
from voicebot.errors import BadInput
from voicebot.handoff.bridge import CallerSide
from voicebot.handoff.handover import HandOver
from voicebot.handoff.house import House
from voicebot.handoff.ongoing import Ongoing, Request
from voicebot.handoff.pool import Operators
from voicebot.handoff.reaching import reachable
from voicebot.handoff.target import TAKEN_OVER


@dataclass(frozen=True)
class Reception:
    """Hands calls over; see `voicebot.handoff.desk.Desk`."""

    house: House

    @property
    def operators(self) -> Operators:
        """Who is there."""
        return self.house.operators

    @property
    def ongoing(self) -> Ongoing:
        """The calls that go on."""
        return self.house.ongoing

    def reachable(self, wanted: Wanted) -> bool:
        """Whether anybody can be rung for a call; what a `CallSession` asks, from any thread."""
        return reachable(self.house, wanted)

    async def hand_over(self, caller: CallerSide, session: CallSession, request: Request) -> Done:
        """Looks for a person and joins her with the caller; see `Desk.hand_over`."""
        return await HandOver(self.house, caller, session, request).run()

    def take_over(self, call_id: str, operator: int) -> bool:
        """An operator steps into a call that goes on; False when it is being handed over.

        Raises:
            NotFound: no such call goes on here.
            BadInput: no console of hers is open.
        """
        call = self.house.ongoing.find(call_id)
        seat = self.house.operators.seat(operator)
        if seat is None or not seat.consoles:
            raise BadInput("no console of this operator is open")
        return call.take_over(Request(TAKEN_OVER, operator))

    def whisper(self, call_id: str, text: str, who: str) -> bool:
        """An operator has the bot say something next; False when nobody would hear it.

        Raises:
            NotFound: no such call goes on here.
            BadInput: there is nothing to say.
        """
        words = " ".join(text.split())
        if not words:
            raise BadInput("there is nothing to say")
        return self.house.ongoing.find(call_id).whisper(words, who)
