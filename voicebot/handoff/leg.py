"""One leg: a person is rung, told what it is about, and takes it or not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Outcome(StrEnum):
    """How a ring ended; each ring has one."""

    ANSWERED = "answered"
    """Somebody picked up and spoke, and neither took it nor refused."""
    ACCEPTED = "accepted"
    DECLINED = "declined"
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    VOICEMAIL = "voicemail"
    """Picked up, and nobody pressed a key or said a word to us: not a person."""
    FAILED = "failed"
    """The number cannot be reached, or the line broke."""
    CALLER_LEFT = "caller_left"
    """The ring was taken back: somebody else took it, or the person is no longer on call."""


@dataclass(frozen=True)
class LegTarget:
    """Who is rung, and where."""

    person: str
    """A technician's id."""
    name: str
    address: str
    """E.164."""
    key: str
    """The ring's own: the same ring is never made twice under one key."""
    ring_s: float = 25.0
    """How long the telephone rings."""
    language: str = "fr"


class Briefing(Protocol):
    """What is said to the person; asked for when he has picked up, so that it is up to date."""

    async def text(self) -> str:
        """What it is about, in the person's language."""
        ...

    async def accepted(self) -> str | None:
        """He takes it: keeps that in the store, and gives what to tell him.

        None when it was too late: somebody else has it already.
        """
        ...


class LegDown(Exception):
    """Nothing can be rung at the moment: the exchange does not answer. No ring was made."""


class Legs(Protocol):
    """Rings people."""

    async def ring(self, target: LegTarget, briefing: Briefing) -> Outcome:
        """Rings a person and gives how it ended. Cancelling it hangs up.

        Raises:
            LegDown: no ring was made, and it can be tried again under the same key.
        """
        ...

    async def became(self, key: str) -> Outcome | None:
        """What became of a ring whose worker died.

        None when no telephone rang under this key, so that it can be rung; `FAILED` when nothing
        is known any more.

        Raises:
            LegDown: it cannot be asked at the moment.
        """
        ...
