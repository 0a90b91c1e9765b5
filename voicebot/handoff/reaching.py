"""Rings the people of one transfer: consoles, telephones, whoever is on call."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from voicebot.calls.handed import Wanted
from voicebot.calls.session import CallSession
from voicebot.handoff import briefing
from voicebot.handoff.alertwatch import Standing
from voicebot.handoff.courtesy import CourteousLine, CourteousTelephone, farewell
from voicebot.handoff.happening import Accepted, Happened, LegEnded, TakenBy
from voicebot.handoff.house import House
from voicebot.handoff.incoming import Shown
from voicebot.handoff.leg import LegDown, LegTarget, Outcome
from voicebot.handoff.matter import Matter, details
from voicebot.handoff.ongoing import Request
from voicebot.handoff.order import ToPerson
from voicebot.handoff.party import Party
from voicebot.handoff.pool import Answered
from voicebot.handoff.presence import Wish
from voicebot.handoff.ringing import TelephoneLegs
from voicebot.handoff.standing import Leg
from voicebot.handoff.target import Kind, Person, Reachable, Target
from voicebot.handoff.telephone import Line, Telephone
from voicebot.oncall.technician import Way
from voicebot.oncall.urgency import PRESSING

log = logging.getLogger(__name__)

OPERATOR = "operator-"
ON_CALL = Person(Kind.ON_CALL, "on_call", "")


@dataclass(eq=False)
class Reaching:
    """Finds who can be rung, and rings; what comes of it goes to `happened`."""

    house: House
    session: CallSession
    request: Request
    happened: Callable[[Happened], None]
    standing: Callable[[], Standing] = Standing
    """How the call's alert stands."""
    lines: dict[int, Line] = field(default_factory=dict)
    """Of the people who accepted, by leg."""
    words: dict[int, ToPerson] = field(default_factory=dict)
    """Why a ring was taken back, by leg."""
    reasons: dict[int, str] = field(default_factory=dict)
    """Why somebody declined, by leg."""

    def reach(self, target: Target, tried: frozenset[str]) -> Reachable:
        """Who a target means now; see `voicebot.handoff.target.Reach`."""
        if self.request.operator is not None:
            seat = self.house.operators.seat(self.request.operator)
            name = seat.operator.name if seat else ""
            return Reachable((Person(Kind.OPERATORS, _id(self.request.operator), name),))
        match target.kind:
            case Kind.OPERATORS:
                wish = self._wish(target, tried)
                seats = self.house.operators.free(wish)
                people = [Person(target.kind, _id(s.operator.id), s.operator.name) for s in seats]
                return Reachable(tuple(people), self.house.operators.soon(wish))
            case Kind.ON_CALL:
                standing = self.standing()
                there = standing.open and not standing.exhausted
                return Reachable((ON_CALL,) if there and self.house.escalates else ())
        return Reachable(target.people if self.house.telephone else ())

    async def ring(self, leg: Leg, target: Target) -> None:
        """Rings one person; whoever is on call is rung by the escalation instead."""
        try:
            match leg.who.kind:
                case Kind.OPERATORS:
                    await self._ring_operator(leg, target)
                case Kind.PEOPLE:
                    await self._ring_telephone(leg, target)
                case Kind.ON_CALL:
                    pass
        except Exception:
            log.exception("a ring broke")
            self.happened(LegEnded(leg.number, Outcome.FAILED))

    @property
    def matter(self) -> Matter:
        """What the call is about, with what is known by now."""
        decided = self.session.urgency
        fields = {
            name: value
            for name, value in self.session.slots.items()
            if value is not None
            and (slot := self.session.client.flows.slots.get(name))
            and slot.message
        }
        return Matter(
            company=self.session.client.company,
            urgency=decided.urgency if decided and decided.urgency in PRESSING else "",
            because=decided.because if decided and decided.urgency in PRESSING else "",
            fields=fields,
            caller=self.session.caller_number,
        )

    async def _ring_operator(self, leg: Leg, target: Target) -> None:
        operator = int(leg.who.id.removeprefix(OPERATOR))
        if self.request.operator is not None:
            answered = await self.house.operators.take(operator)
        else:
            shown = self._shown()
            too_late = partial(self._too_late, leg)
            answered = await self.house.operators.ring(operator, shown, target.ring_s, too_late)
        self._answered(leg, answered)

    def _too_late(self, leg: Leg, line: Party) -> None:
        """She accepted in the very moment in which it was taken back, or behind a colleague."""
        word = self.words.get(leg.number, ToPerson.TOO_LATE)
        self.house.see_off(farewell(line, word, leg.who.language, stays=True))

    def _answered(self, leg: Leg, answered: Answered) -> None:
        self.reasons[leg.number] = answered.reason
        if answered.party is None or answered.outcome is not Outcome.ACCEPTED:
            self.happened(LegEnded(leg.number, answered.outcome))
            return
        self.lines[leg.number] = answered.party
        self.happened(Accepted(leg.number))

    async def _ring_telephone(self, leg: Leg, target: Target) -> None:
        key = f"transfer-{self.session.call_id}-{leg.who.id}"
        rung = LegTarget(
            leg.who.id, leg.who.name, leg.who.address, key, target.ring_s, leg.who.language
        )
        briefed = _Briefed(self, leg)
        try:
            outcome = await TelephoneLegs(self._telephone(leg)).ring(rung, briefed)
        except LegDown:
            outcome = Outcome.FAILED
        if outcome is not Outcome.ACCEPTED:
            self.happened(LegEnded(leg.number, outcome))
        elif leg.number not in self.lines:
            self.happened(TakenBy(leg.who.name))

    def _telephone(self, leg: Leg) -> Telephone:
        if self.house.telephone is None:
            raise LegDown("there is no telephone")
        return CourteousTelephone(
            self.house.telephone,
            leg.who.language,
            lambda: self.words.get(leg.number),
            self.house.see_off,
        )

    def _shown(self) -> Shown:
        session, matter = self.session, self.matter
        language = session.client.language
        return Shown(
            call_id=session.call_id,
            client=session.client.name,
            company=session.client.company,
            language=language,
            caller_number=session.caller_number,
            urgency=session.urgency.urgency if session.urgency else "",
            because=matter.because,
            briefing=briefing.spoken(matter, language),
            facts=matter.fields,
            reason=self.request.reason,
        )

    def _wish(self, target: Target, tried: frozenset[str]) -> Wish:
        but = {int(id.removeprefix(OPERATOR)) for id in tried if id.startswith(OPERATOR)}
        session = self.session
        return Wish(session.client.name, session.language, target.skills, frozenset(but))


@dataclass(eq=False)
class _Briefed:
    """The briefing of a ring to one of the client's own list; see `leg.Briefing`."""

    reaching: Reaching
    leg: Leg
    waits: bool = True

    async def text(self) -> str:
        """The facts, as they are known when he picks up."""
        return briefing.spoken(self.reaching.matter, self.leg.who.language)

    async def accepted(self) -> str | None:
        """The transfer decides whose it is; this is for a line that cannot be joined."""
        return details(self.reaching.matter, self.leg.who.language)

    async def handed(self, line: Line) -> bool:
        """His line is the transfer's."""
        line = line.inner if isinstance(line, CourteousLine) else line
        if not self.reaching.house.bridge.carries(line):
            return False
        self.reaching.lines[self.leg.number] = line
        self.reaching.happened(Accepted(self.leg.number))
        return True


def reachable(house: House, wanted: Wanted) -> bool:
    """Whether anybody can be rung for this call, or will soon be; from any thread."""
    return any(
        wanted.reason in target.only and _reachable(house, wanted, target)
        for target in wanted.client.transfer.order
    )


def _reachable(house: House, wanted: Wanted, target: Target) -> bool:
    match target.kind:
        case Kind.OPERATORS:
            wish = Wish(wanted.client.name, wanted.language, target.skills)
            waits = target.wait_s > 0 and house.operators.soon(wish)
            return bool(house.operators.free(wish)) or waits
        case Kind.ON_CALL:
            on_call = wanted.client.on_call
            policy = on_call.policy if on_call else None
            rings = policy is not None and any(Way.RING in step.ways for step in policy.steps)
            return house.escalates and rings and wanted.urgency in PRESSING
    return house.telephone is not None


def _id(operator: int) -> str:
    return f"{OPERATOR}{operator}"
