"""How a call goes from one person to the next until one has it. Pure.

Whoever runs a transfer calls `advance` with what happened and does what the commands say. There is
no way round: a target is gone through once, nobody is rung twice, and each leg and the whole end
in one typed outcome. `Transfer` (`standing`) is how it stands, an event (`happening`) is what
happened, a command (`order`) is what is done.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from voicebot.calls.handed import Result
from voicebot.handoff.bridge import Ended
from voicebot.handoff.happening import (
    Accepted,
    Began,
    CallerLeft,
    Happened,
    Joined,
    LegEnded,
    MessageWanted,
    Offered,
    Parted,
    Passed,
    Rung,
    TakenBy,
)
from voicebot.handoff.leg import Outcome
from voicebot.handoff.order import (
    Command,
    Dismiss,
    Finish,
    Join,
    Ring,
    ToCaller,
    ToPerson,
)
from voicebot.handoff.standing import Leg, Phase, Stage, Transfer
from voicebot.handoff.step import Step
from voicebot.handoff.target import (
    TAKEN_OVER,
    Instructions,
    Kind,
    Person,
    Reach,
    Reachable,
    Target,
)


def advance(
    plan: Instructions, state: Transfer, event: Happened, now: datetime, reach: Reach
) -> tuple[Transfer, tuple[Command, ...]]:
    """What is done now, and how it stands after that. Never raises.

    Args:
        plan: the client's instructions.
        state: how it stands; it is not changed.
        event: what happened. One that comes too late does no harm: who accepts then is told.
        now: UTC.
        reach: who a target means now.
    """
    step = _Advance(plan, state, now, reach)
    step.take(event)
    return step.result()


class _Advance(Step):
    """What one event changes."""

    def take(self, event: Happened) -> None:
        seeking = self.state.phase is Phase.SEEKING
        match event:
            case Accepted(number):
                self._accepted(number)
            case Offered(name, language) if seeking:
                self._offered(name, language)
            case LegEnded(number, outcome):
                self._ended(number, outcome)
            case Joined() | Parted() | CallerLeft():
                self._with_caller(event)
            case MessageWanted() if seeking:
                self._finish(Result.MESSAGE)
            case TakenBy(name) if seeking:
                self._finish(Result.TAKEN, name)
            case Rung(_, count) if seeking:
                self.tell(ToCaller.NEXT_ON_CALL, "", count)
            case Began() | Passed() if seeking:
                self._look()

    # While a person is looked for

    def _look(self) -> None:
        """Goes on, as time goes by or somebody has become free."""
        if self.state.began is None:
            self.change(began=self.now, told=self.now)
        if self.past(self.state.began, self.plan.patience_s):
            self._finish(Result.UNREACHED if self.state.legs else Result.NOBODY)
            return
        procedure = self.plan.procedure_s
        late = procedure is not None and self.past(self.state.began, procedure)
        if late and not self.state.urged:
            self.urge()
        self._seek()
        if self.state.phase is Phase.SEEKING and self.past(self.state.told, self.plan.honest_s):
            names = [leg.who.name for leg in self.state.ringing]
            what = ToCaller.STILL if names else ToCaller.STILL_BUSY
            self.tell(what, names[0] if len(names) == 1 else "")

    def _seek(self) -> None:
        """Rings whoever can be rung; goes to the next target when nothing comes of this one."""
        while self.state.target < len(self.plan.order):
            target = self.plan.order[self.state.target]
            if self.state.since is None:
                self.change(since=self.now)
            if self.state.reason in target.only or self.state.reason == TAKEN_OVER:
                found = self._reachable(target)
                self._ring(target, found)
                if self.state.ringing:
                    return
                if found.soon and not self.past(self.state.since, target.wait_s):
                    if self.state.since == self.now:
                        self.tell(ToCaller.BUSY, "")
                    return
            self.change(target=self.state.target + 1, since=None)
        self._finish(Result.UNREACHED if self.state.legs else Result.NOBODY)

    def _reachable(self, target: Target) -> Reachable:
        tried = frozenset(leg.who.id for leg in self.state.legs)
        found = self.reach(target, tried)
        people = {person.id: person for person in found.people if person.id not in tried}
        return Reachable(tuple(people.values()), found.soon)

    def _ring(self, target: Target, found: Reachable) -> None:
        room = target.at_once if target.kind is Kind.OPERATORS else 1
        mine = [leg for leg in self.state.legs if leg.target == self.state.target]
        first = all(leg.outcome is Outcome.ACCEPTED for leg in mine)  # and her line broke
        begun: list[Leg] = []
        for person in found.people[: max(0, room - len(self.state.ringing))]:
            leg = Leg(len(self.state.legs), self.state.target, person)
            begun.append(leg)
            self.change(legs=(*self.state.legs, leg))
            self.commands.append(Ring(leg.number))
        if not begun:
            return
        name = begun[0].who.name if len(self.state.ringing) == 1 else ""
        if self.state.reason == TAKEN_OVER:
            self.tell(ToCaller.PUT_THROUGH, name)
        elif target.kind is Kind.ON_CALL:
            self.tell(ToCaller.ON_CALL, "")
        elif name:
            self.tell(ToCaller.CALLING if first else ToCaller.NEXT, name)
        elif first:
            self.tell(ToCaller.CALLING_ONE, "")

    def _accepted(self, number: int) -> None:
        """The first one has the call; whoever comes after is told."""
        leg = self.leg(number)
        if leg is None or leg.stage in (Stage.ACCEPTED, Stage.JOINED):
            return
        if self.state.phase is not Phase.SEEKING or leg.stage is Stage.ENDED:
            if leg.stage is Stage.RINGING:
                self.put(replace(leg, stage=Stage.ENDED, outcome=Outcome.CALLER_LEFT))
            self.commands.append(Dismiss(number, self._why_not()))
            return
        self.put(replace(leg, stage=Stage.ACCEPTED, outcome=Outcome.ACCEPTED))
        self.take_back(ToPerson.TOO_LATE)
        self.change(phase=Phase.JOINING)
        self.commands.append(Join(number))

    def _offered(self, name: str, language: str) -> None:
        """Whoever is on call has it: on the leg that waits for him, or before its turn came."""
        if self.state.told is None:  # he was quicker than the caller
            self.tell(ToCaller.PUT_THROUGH, name)
        leg = next((leg for leg in self.state.ringing if leg.who.kind is Kind.ON_CALL), None)
        if leg is None:
            number = len(self.state.legs)
            leg = Leg(number, self.state.target, Person(Kind.ON_CALL, f"on_call_{number}", name))
            self.change(legs=(*self.state.legs, leg))
        self.put(replace(leg, who=replace(leg.who, name=name, language=language)))
        self._accepted(leg.number)

    def _ended(self, number: int, outcome: Outcome) -> None:
        leg = self.leg(number)
        if leg is None or leg.stage is not Stage.RINGING:
            return
        self.put(replace(leg, stage=Stage.ENDED, outcome=outcome))
        if self.state.phase is Phase.SEEKING:
            self._seek()

    # While they are joined

    def _with_caller(self, event: Joined | Parted | CallerLeft) -> None:
        match event:
            case Joined(number):
                self._joined(number)
            case Parted(number, how):
                self._parted(number, how)
            case CallerLeft():
                self._caller_left()

    def _joined(self, number: int) -> None:
        leg = self.leg(number)
        if leg is not None and leg.stage is Stage.ACCEPTED:
            self.put(replace(leg, stage=Stage.JOINED))
            self.change(phase=Phase.TALKING)

    def _parted(self, number: int, how: Ended) -> None:
        leg = self.leg(number)
        if leg is None or leg.stage not in (Stage.ACCEPTED, Stage.JOINED):
            return
        spoke = leg.stage is Stage.JOINED
        his = leg.who.kind is Kind.ON_CALL  # the alert; nobody else will be rung for it
        self.put(replace(leg, stage=Stage.ENDED))
        match how:
            case Ended.CALLER_LEFT:
                rings_back = his and not spoke
                self.commands.append(Dismiss(number, ToPerson.CALLER_LEFT, rings_back))
                result = Result.SPOKEN if spoke else Result.CALLER_LEFT
                self._finish(result, leg.who.name if spoke else "", caller_left=True)
            case Ended.GIVEN_BACK:
                self.commands.append(Dismiss(number, ToPerson.GIVEN_BACK))
                self._finish(Result.GIVEN_BACK, leg.who.name)
            case Ended.PERSON_LEFT if spoke:
                self.commands.append(Dismiss(number, None))
                self._finish(Result.SPOKEN, leg.who.name)
            case _ if his:
                word = None if spoke else ToPerson.NOT_JOINED
                self.commands.append(Dismiss(number, word, not spoke))
                self._finish(Result.TAKEN, leg.who.name)
            case _:
                self.commands.append(Dismiss(number, None))
                # The caller waits anew, with a patience of his own, for whoever was not tried.
                self.change(phase=Phase.SEEKING, began=self.now, since=None)
                self.tell(ToCaller.LOST, leg.who.name)
                self._seek()

    def _caller_left(self) -> None:
        current = self.state.current
        if current is not None:
            self._parted(current.number, Ended.CALLER_LEFT)
        elif self.state.phase is Phase.SEEKING:
            self._finish(Result.CALLER_LEFT, caller_left=True)

    # Its end

    def _finish(self, result: Result, person: str = "", *, caller_left: bool = False) -> None:
        """Over: what rings is taken back first."""
        self.take_back(ToPerson.CALLER_LEFT if caller_left else ToPerson.NOT_NEEDED)
        procedure = self.plan.procedure_s is not None and result is Result.UNREACHED
        if procedure and not self.state.urged:
            self.urge()
        self.change(phase=Phase.OVER, result=result)
        self.commands.append(Finish(result, person, caller_left))

    def _why_not(self) -> ToPerson:
        """Why somebody who accepts does not get the call."""
        if self.state.phase in (Phase.JOINING, Phase.TALKING):
            return ToPerson.TOO_LATE
        left = (Result.CALLER_LEFT, Result.SPOKEN)
        return ToPerson.CALLER_LEFT if self.state.result in left else ToPerson.NOT_NEEDED
