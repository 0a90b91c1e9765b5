"""The port to a telephone: dial a number, speak, hear. Who accepts what is none of its business."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from voicebot.handoff.ended import Outcome

Sleep = Callable[[float], Awaitable[None]]
"""Waits so many seconds; a test and the demo wait on a clock of their own."""


@dataclass(frozen=True)
class Heard:
    """What the person did: a key, or words."""

    key: str = ""
    words: str = ""


class HungUp(Exception):
    """The person hung up, or the line broke after he had picked up."""


class Line(Protocol):
    """A telephone that was picked up."""

    async def say(self, text: str, language: str) -> None:
        """Says a text to its end, or until a key is pressed.

        Raises:
            HungUp: the line is gone.
        """
        ...

    async def hear(self, seconds: float) -> Heard | None:
        """The first key or words within that time; a key pressed before counts. None: nothing.

        Raises:
            HungUp: the line is gone.
        """
        ...

    async def hang_up(self) -> None:
        """Ends it. Idempotent."""
        ...


class Telephone(Protocol):
    """Dials."""

    async def dial(self, address: str, key: str, seconds: float) -> Line | Outcome:
        """Rings a number and gives its line, or why there is none: busy, no_answer, failed.

        Cancelling it stops the ringing.

        Args:
            address: E.164.
            key: the ring's own; a telephone that can hands it on, so that it rings once.
            seconds: how long to let it ring.

        Raises:
            LegDown: the exchange does not answer; nothing has rung.
        """
        ...

    async def became(self, key: str) -> Outcome | None:
        """What became of a ring under that key: see `Legs.became`."""
        ...
