"""Nobody is hung up on without a word: what a person is told when the call is not hers."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Coroutine
from dataclasses import dataclass

from voicebot.handoff.announcing import to_person
from voicebot.handoff.ended import Outcome
from voicebot.handoff.order import ToPerson
from voicebot.handoff.telephone import Heard, HungUp, Line, Telephone

SeeOff = Callable[[Coroutine[None, None, None]], None]
"""Does something that nobody waits for."""


async def farewell(
    line: Line, word: ToPerson | None, language: str, *, stays: bool, more: str = ""
) -> None:
    """Tells a person why it is over, and hangs up unless the line is one that stays."""
    told = " ".join(part for part in (to_person(word, language) if word else "", more) if part)
    with contextlib.suppress(HungUp):
        if told:
            await line.say(told, language)
    if not stays:
        await line.hang_up()


@dataclass(eq=False)
class CourteousTelephone:
    """A telephone for one ring: who has picked up when it is taken back is told why."""

    inner: Telephone
    language: str
    word: Callable[[], ToPerson | None]
    """Why it was taken back; None while it was not."""
    see_off: SeeOff

    async def dial(self, address: str, key: str, seconds: float) -> Line | Outcome:
        """Rings a number; see `Telephone.dial`."""
        line = await self.inner.dial(address, key, seconds)
        return line if isinstance(line, Outcome) else CourteousLine(line, self)

    async def became(self, key: str) -> Outcome | None:
        """What became of a ring; see `Legs.became`."""
        return await self.inner.became(key)


@dataclass(eq=False)
class CourteousLine:
    """The line of such a ring."""

    inner: Line
    telephone: CourteousTelephone

    async def say(self, text: str, language: str) -> None:
        """Says a text; see `Line.say`."""
        await self.inner.say(text, language)

    async def hear(self, seconds: float) -> Heard | None:
        """The first key or words; see `Line.hear`."""
        return await self.inner.hear(seconds)

    async def hang_up(self) -> None:
        """Ends it, with a word where it was taken back."""
        word = self.telephone.word()
        if word is None:
            await self.inner.hang_up()
        else:
            last = farewell(self.inner, word, self.telephone.language, stays=False)
            self.telephone.see_off(last)
