"""Callers who are joined with whoever takes their alert: on the line already, or about to be."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from voicebot.handoff.elsewhere import at_home, beside
from voicebot.handoff.leg import LegDown
from voicebot.handoff.ongoing import Ongoing
from voicebot.handoff.telephone import HungUp, Line, Sleep

HELD_S = 10.0
"""How long somebody who was quicker than the caller is held on the line."""
LOOK_S = 0.25
"""How often it is looked whether the caller still comes. When he does, he asks by himself."""


@dataclass(eq=False)
class Taker:
    """Somebody who has just taken an alert, and is still on his line."""

    name: str
    line: Line
    held: str
    """What he is told while the bot still speaks with the caller: the facts."""
    language: str
    promised: bool = False
    """Whether he was told that he is put through: what became of that is owed to him."""
    joined: bool = False


Offered = Callable[[Taker], Awaitable[bool]]
"""Somebody took the alert. True: his line is the transfer's now."""


@dataclass(eq=False)
class Waiting:
    """The registry: changed in the loop of the calls, read from any thread."""

    ongoing: Ongoing = field(default_factory=Ongoing)
    sleep: Sleep = asyncio.sleep
    _callers: Mapping[str, Offered] = field(default_factory=dict)
    _held: Mapping[str, Taker] = field(default_factory=dict)
    _changing: threading.Lock = field(default_factory=threading.Lock)

    @contextlib.contextmanager
    def caller(self, call_id: str, offered: Offered) -> Iterator[None]:
        """For as long as this lasts, the caller waits; from inside the loop of the calls."""
        with self._changing:
            self._callers = {**self._callers, call_id: offered}
        try:
            yield
        finally:
            with self._changing:
                self._callers = {id: o for id, o in self._callers.items() if o is not offered}

    def waits(self, calls: Iterable[str]) -> bool:
        """Whether the caller of one of these calls is on the line."""
        return any(call in self._callers for call in calls)

    async def claim(self, call_id: str) -> None:
        """This caller waits from now on: who is held for him is his; from the loop of the calls."""
        taker = self._held.get(call_id)
        if taker is not None and not taker.joined:
            taker.joined = await self._callers[call_id](taker)

    async def give(self, calls: Iterable[str], taker: Taker) -> bool:
        """Hands over the line of a person who took the alert of these calls; from any loop.

        Where the bot still has the caller, and is to hand him over, it is held for a moment. False
        when nobody waits, or comes, or the line cannot be joined: it stays with who rang.
        """
        far, taker.line = taker.line, at_home(taker.line)
        try:
            return await beside(far, self._given(tuple(calls), taker))
        except LegDown:
            return False

    async def _given(self, calls: tuple[str, ...], taker: Taker) -> bool:
        callers = self._callers
        if found := next((callers[call] for call in calls if call in callers), None):
            return await found(taker)
        return await self._hold(calls, taker) if self._comes(calls) else False

    async def _hold(self, calls: tuple[str, ...], taker: Taker) -> bool:
        """Until the caller waits, is gone or is not handed over after all, or time is up."""
        taker.promised = True
        with self._changing:
            self._held = {**dict.fromkeys(calls, taker), **self._held}
        telling = asyncio.ensure_future(_tell(taker))
        left = HELD_S
        try:
            while not taker.joined and self._comes(calls) and (left > 0 or not telling.done()):
                await self.sleep(LOOK_S)
                left -= LOOK_S
        finally:
            telling.cancel()
            with self._changing:
                self._held = {id: t for id, t in self._held.items() if t is not taker}
        return taker.joined

    def _comes(self, calls: tuple[str, ...]) -> bool:
        return any(self.ongoing.comes(call) for call in calls)


async def _tell(taker: Taker) -> None:
    with contextlib.suppress(HungUp):
        await taker.line.say(taker.held, taker.language)
