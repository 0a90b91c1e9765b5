"""Tells the caller what happens while he waits, one thing after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from voicebot.handoff.bridge import CallerSide


@dataclass(frozen=True)
class Announcement:
    """Something to tell him."""

    text: str
    language: str
    name: str
    """For the journal, as a response has one."""
    passing: bool = False
    """Whether it may be left out when there is something to say already: "still calling"."""


class Announcer:
    """Speaks in a task of its own, so that a person who accepts never waits for its end."""

    def __init__(self, caller: CallerSide, note: Callable[[Announcement], None]) -> None:
        """Silent until something is told.

        Args:
            caller: who is told.
            note: called with each thing right before it is said.
        """
        self._caller = caller
        self._note = note
        self._ahead: list[Announcement] = []
        self._task: asyncio.Task[None] | None = None

    def tell(self, what: Announcement) -> None:
        """Tells it after what is being said."""
        busy = self._task is not None and not self._task.done()
        if what.passing and busy:
            return
        self._ahead.append(what)
        if not busy:
            self._task = asyncio.ensure_future(self._speak())

    async def silent(self) -> None:
        """Waits until all is said."""
        if self._task is not None:
            await asyncio.wait({self._task})

    async def stop(self) -> None:
        """Falls silent at once, and forgets the rest."""
        self._ahead.clear()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def _speak(self) -> None:
        while self._ahead:
            what = self._ahead.pop(0)
            self._note(what)
            await self._caller.say(what.text, what.language)
