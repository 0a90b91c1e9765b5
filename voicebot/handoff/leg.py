"""One leg: a person is rung, told what it is about, and takes it or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from voicebot.handoff.ended import LegDown, Outcome
from voicebot.handoff.telephone import Line

__all__ = ["Briefing", "LegDown", "LegTarget", "Legs", "Outcome"]


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

    @property
    def waits(self) -> bool:
        """Whether the caller is on the line meanwhile, so that the question says so."""
        ...

    async def accepted(self) -> str | None:
        """He takes it: keeps that in the store, and gives what to tell him.

        None when it was too late: somebody else has it already.
        """
        ...

    async def handed(self, line: Line) -> bool:
        """Gives the line of who has just taken it to the caller who waits for him.

        True: the line is no longer the leg's, and it says nothing more on it. False where nobody
        waits, or the line cannot be joined with a caller's.
        """
        ...


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
