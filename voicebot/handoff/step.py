"""One event being worked out: how the transfer stands by now, and what is to be done. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from voicebot.handoff.leg import Outcome
from voicebot.handoff.order import BeginProcedure, Command, TakeBack, Tell, ToCaller, ToPerson
from voicebot.handoff.standing import Leg, Phase, Stage, Transfer
from voicebot.handoff.target import Instructions, Reach


class Step:
    """Lives only inside one call of `transfer.advance`, which decides what it does with it."""

    def __init__(self, plan: Instructions, state: Transfer, now: datetime, reach: Reach) -> None:
        self.plan = plan
        self.state = state
        self.now = now
        self.reach = reach
        self.commands: list[Command] = []

    def result(self) -> tuple[Transfer, tuple[Command, ...]]:
        """The state after it, and the commands."""
        return replace(self.state, due=self._due()), tuple(self.commands)

    def change(self, **values: Any) -> None:
        """Sets fields of the state."""
        self.state = replace(self.state, **values)

    def leg(self, number: int) -> Leg | None:
        """That leg, if there is one."""
        return self.state.legs[number] if 0 <= number < len(self.state.legs) else None

    def put(self, leg: Leg) -> None:
        """That leg as it is now."""
        legs = (*self.state.legs[: leg.number], leg, *self.state.legs[leg.number + 1 :])
        self.change(legs=legs)

    def tell(self, what: ToCaller, name: str, count: int = 0) -> None:
        """Something for the caller; see `order.Tell`."""
        self.change(told=self.now)
        self.commands.append(Tell(what, name, count))

    def take_back(self, word: ToPerson) -> None:
        """Nothing rings any more; who has just answered hears why."""
        for leg in self.state.ringing:
            self.put(replace(leg, stage=Stage.ENDED, outcome=Outcome.CALLER_LEFT))
            self.commands.append(TakeBack(leg.number, word))

    def urge(self) -> None:
        """The client's procedure begins."""
        self.change(urged=True)
        self.commands.append(BeginProcedure())

    def past(self, since: datetime | None, seconds: float) -> bool:
        """Whether so much time has gone by."""
        return since is not None and self.now >= since + timedelta(seconds=seconds)

    def _due(self) -> datetime | None:
        """The next instant at which time alone changes something."""
        state, plan = self.state, self.plan
        if state.phase is not Phase.SEEKING or state.began is None:
            return None
        ends = [(state.began, plan.patience_s), (state.told, plan.honest_s)]
        if plan.procedure_s is not None and not state.urged:
            ends.append((state.began, plan.procedure_s))
        if not state.ringing and state.target < len(plan.order):
            ends.append((state.since, plan.order[state.target].wait_s))
        return min(at + timedelta(seconds=wait) for at, wait in ends if at is not None)
