"""A telephone whose lines live in another event loop: where the calls are, and their sound.

The worker rings from a thread and a loop of its own; a line that it dialled can only be joined with
a caller's when both belong to one loop.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar

from voicebot.handoff.leg import LegDown, Outcome
from voicebot.handoff.telephone import Heard, Line, Telephone

T = TypeVar("T")


@dataclass(eq=False)
class ElsewhereTelephone:
    """Dials from any loop; the real telephone is used from its own alone."""

    inner: Telephone
    loop: asyncio.AbstractEventLoop | None = None
    """Set once that loop runs; until then nothing rings, and is tried again."""

    async def dial(self, address: str, key: str, seconds: float) -> Line | Outcome:
        """Rings a number; see `Telephone.dial`."""
        lines: list[Line] = []

        async def dial() -> Line | Outcome:
            line = await self.inner.dial(address, key, seconds)
            if not isinstance(line, Outcome):
                lines.append(line)
            return line

        async def hang_up() -> None:
            for line in lines:
                await line.hang_up()

        try:
            line = await self.there(dial())
        except asyncio.CancelledError:
            # Somebody may have picked up in the very moment in which the ring was taken back.
            if self.loop is not None and not self.loop.is_closed():
                asyncio.run_coroutine_threadsafe(hang_up(), self.loop)
            raise
        return line if isinstance(line, Outcome) else ElsewhereLine(line, self)

    async def became(self, key: str) -> Outcome | None:
        """What became of a ring under that key; see `Legs.became`."""
        return await self.there(self.inner.became(key))

    async def there(self, work: Coroutine[Any, Any, T]) -> T:
        """Does it in that loop, and waits for it."""
        if self.loop is None or self.loop.is_closed():
            work.close()
            raise LegDown("the loop of the calls does not run")
        # Cancelling what is awaited here cancels the work there: a ring taken back stops.
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self.loop))


@dataclass(eq=False)
class ElsewhereLine:
    """A line, as it is used from another loop."""

    inner: Line
    telephone: ElsewhereTelephone

    async def say(self, text: str, language: str) -> None:
        """Says a text; see `Line.say`."""
        await self.telephone.there(self.inner.say(text, language))

    async def hear(self, seconds: float) -> Heard | None:
        """The first key or words; see `Line.hear`."""
        return await self.telephone.there(self.inner.hear(seconds))

    async def hang_up(self) -> None:
        """Ends it."""
        await self.telephone.there(self.inner.hang_up())


async def beside(line: Line, work: Coroutine[Any, Any, T]) -> T:
    """Does it in the loop where the line lives, which may be this one.

    Raises:
        LegDown: that loop does not run any more.
    """
    return await (line.telephone.there(work) if isinstance(line, ElsewhereLine) else work)


def at_home(line: Line) -> Line:
    """The line itself, as it is used from the loop where it lives."""
    return line.inner if isinstance(line, ElsewhereLine) else line
