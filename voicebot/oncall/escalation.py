"""How an alert goes from one person to the next until somebody takes it. Pure.

The store keeps an `Escalation` with the instant at which it must be looked at again; whoever looks
calls `escalate`, keeps the new state, and does what the actions say.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from voicebot.oncall.policy import EscalationPolicy, Target
from voicebot.oncall.technician import Technician, Way

Reach = Callable[[Target], tuple[Technician, ...]]
"""Who a target means at this instant."""


class Phase(StrEnum):
    """How far an escalation is."""

    RUNNING = "running"
    TAKEN = "taken"
    """Somebody took the alert, or it was closed."""
    EXHAUSTED = "exhausted"
    """Nobody took it, and there is nobody left to try."""


@dataclass(frozen=True)
class Attempt:
    """One person, tried once by one way at one step."""

    step: int
    procedure: bool
    person: str
    way: Way
    address: str
    open: bool = True
    """A ring until it ended; a letter until the person declined."""
    outcome: str | None = None
    taken_back: bool = False


@dataclass(frozen=True)
class Escalation:
    """How far the escalation of one alert is."""

    step: int = 0
    """Into the policy's plan, or into the procedure's people; counted from 0."""
    procedure: bool = False
    since: datetime | None = None
    """When this step began; None when it has not."""
    due: datetime | None = None
    """When to look again; None when it is over."""
    phase: Phase = Phase.RUNNING
    attempts: tuple[Attempt, ...] = ()


@dataclass(frozen=True)
class Try:
    """Ring the person, or write to him."""

    attempt: Attempt
    person: Technician


@dataclass(frozen=True)
class TakeBack:
    """Hang up a ring: the person is no longer meant."""

    attempt: Attempt


@dataclass(frozen=True)
class Nobody:
    """A step found nobody to reach."""

    step: int
    procedure: bool


@dataclass(frozen=True)
class BeginProcedure:
    """The policy reached nobody: flag the alert, keep the promise to the caller."""


@dataclass(frozen=True)
class GiveUp:
    """The procedure reached nobody either: the flagged alert waits for a person to see it."""


Action = Try | TakeBack | Nobody | BeginProcedure | GiveUp

LOOK = timedelta(seconds=15)
"""How often a step is looked at while it lasts: somebody may have left the rota meanwhile."""
AGAIN = frozenset(("busy", "no_answer", "voicemail", "failed"))
"""Outcomes after which the person's next number is rung, if he has one."""


@dataclass(frozen=True)
class _Stage:
    """A step as it stands now: the people whom it means."""

    people: tuple[Technician, ...]
    ways: tuple[Way, ...]
    wait: timedelta


def escalate(
    policy: EscalationPolicy, state: Escalation, now: datetime, reach: Reach
) -> tuple[Escalation, tuple[Action, ...]]:
    """What is done now, and how it stands after that.

    Args:
        policy: the client's, with what follows it (`policy.joined`).
        state: as it was kept.
        now: UTC; a clock that went back is put up with, the present step then begins anew.
        reach: who a target means now.
    """
    if state.phase is not Phase.RUNNING:
        return _over(state)
    actions: list[Action] = []
    while True:
        stage = _stage(policy, state, reach)
        if stage is None and not state.procedure:
            actions.append(BeginProcedure())
            state = replace(state, procedure=True, step=0, since=None)
            continue
        if stage is None:
            actions.append(GiveUp())
            return replace(state, phase=Phase.EXHAUSTED, since=None, due=None), tuple(actions)
        state = _begun(state, now)
        state, done = _tried(state, stage)
        actions += done
        since = state.since or now
        if not _finished(state) and now < since + stage.wait:
            return replace(state, due=min(since + stage.wait, now + LOOK)), tuple(actions)
        if not _here(state):
            actions.append(Nobody(state.step, state.procedure))
        state = replace(state, step=state.step + 1, since=None)


def _stage(policy: EscalationPolicy, state: Escalation, reach: Reach) -> _Stage | None:
    if state.procedure:
        people = policy.procedure.people
        if state.step >= len(people):
            return None
        person = people[state.step]
        rung = person.by(Way.RING)
        ways = (Way.RING,) if rung else tuple(way for way in Way if person.by(way))
        return _Stage((person,), ways, policy.procedure.wait)
    if state.step >= len(policy.plan):
        return None
    step = policy.plan[state.step]
    meant = {person.id: person for target in step.targets for person in reach(target)}
    return _Stage(tuple(meant.values()), step.ways, step.wait)


def _begun(state: Escalation, now: datetime) -> Escalation:
    """With its beginning; a step that began in the future was begun by a clock that went back."""
    if state.since is None or state.since > now:
        return replace(state, since=now)
    return state


def _tried(state: Escalation, stage: _Stage) -> tuple[Escalation, list[Action]]:
    """Tries whoever is meant and was not tried yet; takes back whoever is not meant any more."""
    actions: list[Action] = []
    meant = {person.id for person in stage.people}
    for attempt in _here(state):
        if attempt.person not in meant and _ringing(attempt):
            actions.append(TakeBack(attempt))
            state = _with(state, attempt, replace(attempt, taken_back=True))
    for person in stage.people:
        for way in stage.ways:
            address = _next(state, person, way)
            if address is None:
                continue
            attempt = Attempt(state.step, state.procedure, person.id, way, address)
            actions.append(Try(attempt, person))
            state = replace(state, attempts=(*state.attempts, attempt))
    return state, actions


def _next(state: Escalation, person: Technician, way: Way) -> str | None:
    """The address to try now, if there is one left: the next number once one was in vain."""
    here = [a for a in _here(state) if a.person == person.id]
    if any(a.outcome == "declined" for a in here):
        return None
    mine = [a for a in here if a.way is way]
    if mine and (way is not Way.RING or any(a.open or a.outcome not in AGAIN for a in mine)):
        return None
    gone = {a.address for a in mine}
    # A telephone that an earlier step still rings is rung when that ring has ended: the store
    # sees to it, and the step is not left out.
    return next((c.address for c in person.by(way) if c.address not in gone), None)


def _finished(state: Escalation) -> bool:
    """Whether nothing can come of this step any more, however long one waits."""
    here = _here(state)
    gone = {attempt.person for attempt in here if attempt.outcome == "declined"}
    return not any(a.open and not a.taken_back and a.person not in gone for a in here)


def _over(state: Escalation) -> tuple[Escalation, tuple[Action, ...]]:
    """An escalation that is over: what still rings is taken back."""
    actions = tuple(TakeBack(a) for a in state.attempts if _ringing(a))
    quiet = tuple(replace(a, taken_back=True) if _ringing(a) else a for a in state.attempts)
    return replace(state, since=None, due=None, attempts=quiet), actions


def _here(state: Escalation) -> list[Attempt]:
    here = (state.step, state.procedure)
    return [attempt for attempt in state.attempts if (attempt.step, attempt.procedure) == here]


def _ringing(attempt: Attempt) -> bool:
    return attempt.way is Way.RING and attempt.open and not attempt.taken_back


def _with(state: Escalation, old: Attempt, new: Attempt) -> Escalation:
    return replace(state, attempts=tuple(new if a is old else a for a in state.attempts))
