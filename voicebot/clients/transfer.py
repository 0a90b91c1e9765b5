"""How a client wants its calls handed over to people: whom one tries, and what the caller hears."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

ASKED, URGENT, TAKEN_OVER = "asked", "urgent", "taken_over"
"""Why a person is wanted: the caller asks for one, it is urgent, an operator steps in."""
MOST_AT_ONCE = 10


class Kind(StrEnum):
    """What a target is."""

    OPERATORS = "operators"
    """Those who are there, by presence, skills and languages."""
    ON_CALL = "on_call"
    """The technician on call, through the alert's own escalation: it rings, not the transfer."""
    PEOPLE = "people"
    """A list of the client's own, one after the other by telephone."""


@dataclass(frozen=True)
class Person:
    """Somebody who can be rung for this call."""

    kind: Kind
    id: str
    """Unique among all whom this call may ring."""
    name: str
    """As it is said: "Claire". Empty for whoever is on call: nobody knows yet who it will be."""
    address: str = ""
    """E.164, for who is rung by telephone."""
    language: str = "fr"


@dataclass(frozen=True)
class Target:
    """One line of a client's instructions."""

    kind: Kind
    skills: frozenset[str] = frozenset()
    """All of these, of an operator."""
    at_once: int = 1
    """How many operators ring at the same time; the first to accept has the call."""
    ring_s: float = 15.0
    """How long each rings."""
    wait_s: float = 40.0
    """How long the caller waits for an operator who only has her hands full."""
    people: tuple[Person, ...] = ()
    only: frozenset[str] = frozenset((ASKED, URGENT))
    """For calls of these kinds."""

    def __post_init__(self) -> None:
        if not 1 <= self.at_once <= MOST_AT_ONCE:
            raise ValueError(f"1 to {MOST_AT_ONCE} operators ring at the same time")
        if not 5 <= self.ring_s <= 120:
            raise ValueError("a person is rung for 5 seconds to 2 minutes")
        if not 0 <= self.wait_s <= 600:
            raise ValueError("the caller waits for an operator for 0 seconds to 10 minutes")
        if bool(self.people) != (self.kind is Kind.PEOPLE):
            raise ValueError("a list of people needs people, and nothing else has any")


ORDER = (Target(Kind.OPERATORS), Target(Kind.ON_CALL))
"""For a client that says nothing: the operators who are there, then whoever is on call."""


@dataclass(frozen=True)
class Instructions:
    """A client's own."""

    order: tuple[Target, ...] = ORDER
    """Who is tried, one target after the other; nobody is tried twice."""
    music: bool = True
    """Whether the caller hears music while he waits."""
    transcript: bool = False
    """Whether what people say to each other is written down."""
    honest_s: float = 20.0
    """How often he is told how it stands."""
    patience_s: float = 180.0
    """How long he is kept waiting in all; after that he is told the truth."""
    procedure_s: float | None = None
    """After how long the client's emergency procedure begins, while he still waits; None leaves
    that to the alert's escalation, which begins it when its steps are through."""
    on_call_name: str = "la personne d'astreinte"
    """What whoever is on call is called: "le technicien d'astreinte", "l'avocat de permanence"."""
    on_call_name_en: str = "the person on call"

    @property
    def to_on_call(self) -> bool:
        """Whether an urgent call is handed to whoever is on call."""
        return any(t.kind is Kind.ON_CALL and URGENT in t.only for t in self.order)

    def __post_init__(self) -> None:
        if not self.order:
            raise ValueError("a call is handed over to somebody")
        if not 10 <= self.honest_s <= 60:
            raise ValueError("a caller who waits is told how it stands every 10 to 60 seconds")
        if not 20 <= self.patience_s <= 1800:
            raise ValueError("a caller is kept waiting for 20 seconds to 30 minutes")
        if self.procedure_s is not None and not 10 <= self.procedure_s <= self.patience_s:
            raise ValueError("the procedure begins after 10 seconds, and before patience is over")
