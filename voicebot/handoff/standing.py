"""How a transfer stands: immutable, and all that `transfer.advance` needs to know of the past."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from voicebot.calls.handed import Result
from voicebot.handoff.leg import Outcome
from voicebot.handoff.target import Person


class Stage(StrEnum):
    """How far a leg is."""

    RINGING = "ringing"
    ACCEPTED = "accepted"
    """Being joined with the caller."""
    JOINED = "joined"
    ENDED = "ended"


@dataclass(frozen=True)
class Leg:
    """One person, rung once for this call."""

    number: int
    """Its place in `Transfer.legs`."""
    target: int
    who: Person
    stage: Stage = Stage.RINGING
    outcome: Outcome | None = None
    """How the ring ended: one for each leg that is not ringing."""


class Phase(StrEnum):
    """How far the whole is."""

    SEEKING = "seeking"
    JOINING = "joining"
    TALKING = "talking"
    OVER = "over"


@dataclass(frozen=True)
class Transfer:
    """How a transfer stands."""

    reason: str
    """asked, urgent or taken_over."""
    phase: Phase = Phase.SEEKING
    target: int = 0
    """Into the instructions' order."""
    since: datetime | None = None
    """When this target's turn came."""
    began: datetime | None = None
    """Since when the caller has been waiting."""
    told: datetime | None = None
    """When he was last told anything."""
    urged: bool = False
    """Whether the client's procedure was begun."""
    legs: tuple[Leg, ...] = ()
    result: Result | None = None
    due: datetime | None = None
    """When to look again (`Passed`); None when nothing comes of time."""

    @property
    def current(self) -> Leg | None:
        """The leg that is being joined, or speaks with the caller."""
        with_caller = (Stage.ACCEPTED, Stage.JOINED)
        return next((leg for leg in self.legs if leg.stage in with_caller), None)

    @property
    def ringing(self) -> tuple[Leg, ...]:
        """The legs that ring."""
        return tuple(leg for leg in self.legs if leg.stage is Stage.RINGING)
