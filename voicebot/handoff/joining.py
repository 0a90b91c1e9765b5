"""Joins the caller with a person, until they part."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable
from dataclasses import dataclass

from voicebot.handoff.bridge import CallerSide, Ended
from voicebot.handoff.house import House
from voicebot.handoff.party import Party
from voicebot.handoff.reaching import OPERATOR
from voicebot.handoff.standing import Leg
from voicebot.handoff.target import Instructions, Kind
from voicebot.handoff.teller import Teller

log = logging.getLogger(__name__)


@dataclass(eq=False)
class Joining:
    """For one caller; with one person at a time."""

    house: House
    caller: CallerSide
    call_id: str
    plan: Instructions
    teller: Teller

    async def join(self, leg: Leg, line: Party, joined: Callable[[], None]) -> Ended:
        """Joins them and gives how they parted; a bridge that breaks is a line that did.

        Args:
            leg: hers.
            line: hers.
            joined: called once they hear each other.
        """
        try:
            await self.teller.make_way()
            await self.caller.listen(False)
            await self.caller.hold(False)
            with self._talks(leg):
                return await self.house.bridge.join(
                    self.caller.party, line, on_joined=joined, transcript=self.plan.transcript
                )
        except Exception:
            log.exception("two people could not be joined")
            return Ended.LOST

    async def wait_again(self) -> None:
        """The caller waits for somebody else."""
        await self.caller.listen(True)
        await self.caller.hold(self.plan.music)

    def _talks(self, leg: Leg) -> contextlib.AbstractContextManager[None]:
        """Her seat has the call meanwhile, where she is an operator."""
        if leg.who.kind is not Kind.OPERATORS:
            return contextlib.nullcontext()
        operator = int(leg.who.id.removeprefix(OPERATOR))
        return self.house.operators.talking(operator, self.call_id)
