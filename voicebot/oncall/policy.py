"""Whom an alert goes to, in which order, and what is done when nobody takes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum

from voicebot.oncall.technician import ID, Technician, Way

LONGEST_WAIT = timedelta(hours=2)
MOST_STEPS = 100
"""Of a policy with its repetitions and those that follow it: more is a mistake, not a wish."""


class Kind(StrEnum):
    """What a target is."""

    TECHNICIAN = "technician"
    ROTA = "rota"
    """Who is on call at one level of a rota."""
    EVERYBODY = "everybody"
    """Who is on call at any level of a rota, all at once."""


@dataclass(frozen=True)
class Target:
    """Whom a step is for."""

    kind: Kind
    id: str
    """A technician's or a rota's."""
    level: int = 1
    """Of a rota, counted from 1: the first is called first."""

    def __post_init__(self) -> None:
        if not ID.fullmatch(self.id):
            raise ValueError(f"{self.id!r} is not a name of small letters, figures and hyphens")
        if self.level < 1:
            raise ValueError(f"there is no level {self.level}: they are counted from 1")


@dataclass(frozen=True)
class EscalationStep:
    """One step: its targets are tried at once, each by each of the ways."""

    targets: tuple[Target, ...]
    ways: tuple[Way, ...] = (Way.RING,)
    wait: timedelta = timedelta(minutes=2)
    """How long to wait before the next step. A step that only rings does not wait once each ring
    has ended; letters need the time to be read."""

    def __post_init__(self) -> None:
        if not self.targets or not self.ways:
            raise ValueError("a step needs somebody to reach, and a way")
        if len({*self.ways}) < len(self.ways) or len({*self.targets}) < len(self.targets):
            raise ValueError("a step names each target and each way once")
        if not timedelta(seconds=5) <= self.wait <= LONGEST_WAIT:
            raise ValueError("a step waits for 5 seconds to 2 hours")


@dataclass(frozen=True)
class Procedure:
    """The client's emergency procedure: what happens when the whole policy reached nobody.

    The alert is flagged, the people are tried one after the other, and the caller is told.
    """

    people: tuple[Technician, ...] = ()
    """The client's own list: the owner, a neighbouring company. In order; each is rung, and who
    has no number to ring gets a letter by each of his other ways."""
    wait: timedelta = timedelta(minutes=2)
    """How long each of them has."""
    promise: str = ""
    """What the caller is told by SMS when nobody took his alert; nothing is sent when empty."""

    def __post_init__(self) -> None:
        if len({person.id for person in self.people}) < len(self.people):
            raise ValueError("the procedure names each person once")
        if any(not person.contacts for person in self.people):
            raise ValueError("each person of the procedure needs a number or an address")
        if not timedelta(seconds=5) <= self.wait <= LONGEST_WAIT:
            raise ValueError("the procedure waits for 5 seconds to 2 hours")


@dataclass(frozen=True)
class EscalationPolicy:
    """A client's policy."""

    id: str
    steps: tuple[EscalationStep, ...]
    repeat: int = 0
    """How many times the steps are gone through again."""
    procedure: Procedure = field(default_factory=Procedure)
    joins_within: timedelta = timedelta(minutes=30)
    """For how long the same caller or site, with the same reason, joins an open alert."""
    ring_for: timedelta = timedelta(seconds=25)
    """How long a telephone rings: less than most voicemails take to pick up."""
    then: str = ""
    """The policy that goes on when this one reached nobody. `joined` resolves it."""

    def __post_init__(self) -> None:
        if not ID.fullmatch(self.id):
            raise ValueError(f"{self.id!r} is not a name of small letters, figures and hyphens")
        if not self.steps:
            raise ValueError(f"the policy {self.id} has no step")
        if self.repeat < 0 or len(self.steps) * (self.repeat + 1) > MOST_STEPS:
            raise ValueError(f"the policy {self.id} would take more than {MOST_STEPS} steps")
        if not timedelta(0) <= self.joins_within <= timedelta(days=2):
            raise ValueError("a call joins an alert within 0 seconds to 2 days")
        if not timedelta(seconds=5) <= self.ring_for <= timedelta(minutes=2):
            raise ValueError("a telephone rings for 5 seconds to 2 minutes")

    @property
    def plan(self) -> tuple[EscalationStep, ...]:
        """The steps with their repetitions, as they are gone through."""
        return self.steps * (self.repeat + 1)


def joined(policies: Mapping[str, EscalationPolicy], first: str) -> EscalationPolicy:
    """The policy `first` with the steps of those that follow it, as one policy.

    Its procedure and its times are those of `first`.

    Raises:
        ValueError: a policy escalates to itself, or to one that does not exist.
    """
    gone: list[str] = []
    steps: tuple[EscalationStep, ...] = ()
    name = first
    while name:
        if name in gone:
            way = " → ".join((*gone[gone.index(name) :], name))
            raise ValueError(f"the policy {name} escalates to itself: {way}")
        if name not in policies:
            raise ValueError(f"there is no policy {name!r}; known: {', '.join(sorted(policies))}")
        gone.append(name)
        steps += policies[name].plan
        name = policies[name].then
    return replace(policies[first], steps=steps, repeat=0, then="")
