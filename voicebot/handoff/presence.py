"""An operator: who she is, what she can take, and whether she is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from voicebot.accounts.takes import MOST_AT_ONCE
from voicebot.handoff.party import Party


class Presence(StrEnum):
    """Whether an operator takes calls: what she says of herself, and what is seen of her."""

    AVAILABLE = "available"
    BREAK = "break"
    AFTER_CALL = "after_call"
    """She writes down what the last call was about. Set by the program when a call ends."""
    AWAY = "away"
    """She let a call ring in vain: no other rings at her place until she is back. Set by the
    program; she ends it by saying that she is available."""
    OFFLINE = "offline"
    """No console of hers is open. Never kept: it is seen."""


CHOSEN = (Presence.AVAILABLE, Presence.BREAK, Presence.AFTER_CALL)
"""What an operator may say of herself."""


@dataclass(frozen=True)
class Operator:
    """An operator, with what she can take."""

    id: int
    """Of her account."""
    name: str
    """As it is said to callers: "Claire"."""
    skills: frozenset[str] = frozenset()
    """E.g. {"chauffage", "juridique"}: what a client's instructions may ask for."""
    languages: frozenset[str] = frozenset({"fr"})
    at_once: int = 1
    """How many calls she has at the same time: one in her ear, others on hold."""
    clients: frozenset[str] | None = None
    """Whose calls she may take; None: all."""

    def __post_init__(self) -> None:
        if not 1 <= self.at_once <= MOST_AT_ONCE:
            raise ValueError(f"an operator has 1 to {MOST_AT_ONCE} calls at once")
        if not self.languages:
            raise ValueError("an operator speaks a language at least")


@dataclass(frozen=True)
class Wish:
    """What a transfer asks of an operator."""

    client: str
    language: str = "fr"
    skills: frozenset[str] = frozenset()
    """All of these."""
    but: frozenset[int] = frozenset()
    """Not these: they were rung for this call already."""

    def suits(self, operator: Operator) -> bool:
        """Whether she may take it, wherever she is."""
        return (
            operator.id not in self.but
            and self.language in operator.languages
            and self.skills <= operator.skills
            and (operator.clients is None or self.client in operator.clients)
        )


@dataclass(frozen=True)
class Seat:
    """An operator at this moment; a new one takes its place at each change."""

    operator: Operator
    presence: Presence
    since: datetime
    """UTC; of the presence."""
    consoles: int = 1
    """How many of her pages are open."""
    calls: frozenset[str] = frozenset()
    """Calls that she talks in, or has on hold: their ids."""
    rings: frozenset[str] = frozenset()
    """Calls that ring at her place: their ids."""
    line: Party | None = None
    """Her headset, while it is connected."""
    last_call: datetime | None = None
    """When her last call ended: who has rested longest is rung first."""
    last: str = ""
    """That call's id: what she writes down."""

    @property
    def seen(self) -> Presence:
        """What colleagues and callers are told: offline without a console."""
        return self.presence if self.consoles else Presence.OFFLINE

    @property
    def free(self) -> bool:
        """Whether a call may ring at her place now."""
        here = self.seen is Presence.AVAILABLE
        return here and not self.rings and len(self.calls) < self.operator.at_once

    @property
    def soon(self) -> bool:
        """Whether she is at work and only has her hands full: waiting for her makes sense."""
        return not self.free and self.seen in (Presence.AVAILABLE, Presence.AFTER_CALL)
