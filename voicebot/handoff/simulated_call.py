"""Simulated people on a line, and their bridge: for tests, without a sound."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from voicebot.handoff.bridge import CallerEvent, Ended, Key, Left, Words
from voicebot.handoff.party import Party, Side
from voicebot.handoff.simulated import SPEAKING_RATE
from voicebot.handoff.telephone import Heard, HungUp, Line, Sleep

Told = Callable[[str, str], None]
"""Called with who it is about and what happened, as it happens."""


def _nobody(who: str, what: str) -> None:
    pass


@dataclass(eq=False)
class SimulatedParty:
    """A person's line; a test presses her keys."""

    name: str
    sleep: Sleep = asyncio.sleep
    told: Told = _nobody
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    _did: asyncio.Queue[Heard] = field(default_factory=asyncio.Queue)

    def presses(self, key: str) -> None:
        """She presses a key."""
        self._did.put_nowait(Heard(key=key))

    def says(self, words: str) -> None:
        """She says something."""
        self._did.put_nowait(Heard(words=words))

    async def say(self, text: str, language: str) -> None:
        """Takes as long as saying it does."""
        if self.gone.is_set():
            raise HungUp
        self.told(self.name, f"hears: {text}")
        await self.sleep(len(text) / SPEAKING_RATE)

    async def hear(self, seconds: float) -> Heard | None:
        """What she does next, within that time."""
        if self.gone.is_set():
            raise HungUp
        late = asyncio.ensure_future(self.sleep(seconds))
        did = asyncio.ensure_future(self._did.get())
        try:
            await asyncio.wait({late, did}, return_when=asyncio.FIRST_COMPLETED)
            return did.result() if did.done() else None
        finally:
            late.cancel()
            did.cancel()

    async def hang_up(self) -> None:
        """Ends it."""
        if not self.gone.is_set():
            self.told(self.name, "is hung up on")
        self.gone.set()


@dataclass(eq=False)
class SimulatedCaller:
    """A caller who waits; a test has him speak, press and leave."""

    sleep: Sleep = asyncio.sleep
    told: Told = _nobody
    music: bool = False
    heard: bool = False
    """Whether what he says is listened to."""
    party: SimulatedParty = field(default_factory=lambda: SimulatedParty("caller"))
    _did: asyncio.Queue[CallerEvent] = field(default_factory=asyncio.Queue)

    def says(self, text: str) -> None:
        """He says something; nobody hears it while the bot is deaf."""
        if self.heard:
            self._did.put_nowait(Words(text))

    def presses(self, key: str) -> None:
        """He presses a key."""
        self._did.put_nowait(Key(key))

    def leaves(self) -> None:
        """He hangs up."""
        self.party.gone.set()
        self._did.put_nowait(Left())

    async def say(self, text: str, language: str) -> None:
        """Takes as long as saying it does."""
        if not self.party.gone.is_set():
            self.told("caller", f"hears: {text}")
            await self.sleep(len(text) / SPEAKING_RATE)

    async def hold(self, music: bool) -> None:
        """Music, or none."""
        self.music = music

    async def listen(self, on: bool) -> None:
        """Whether he is heard."""
        self.heard = on

    async def next(self) -> CallerEvent:
        """What he does next."""
        return await self._did.get()


@dataclass(eq=False)
class SimulatedBridge:
    """Joins without a sound; a test ends the conversation, or somebody's line does."""

    told: Told = _nobody
    deaf: bool = False
    """It carries no line at all, as where a telephone has no sound."""
    joined: tuple[Side, Party] | None = None
    _ends: asyncio.Queue[Ended] = field(default_factory=asyncio.Queue)

    def carries(self, line: Line) -> bool:
        """Lines that are a party."""
        return not self.deaf and hasattr(line, "gone")

    def end(self, how: Ended) -> None:
        """They part."""
        self._ends.put_nowait(how)

    async def join(
        self,
        caller: Side,
        person: Party,
        *,
        on_joined: Callable[[], None],
        transcript: bool = False,
    ) -> Ended:
        """Until a test, or a line, ends it."""
        self.joined = caller, person
        self.told(person.name, "speaks with the caller")
        on_joined()
        tests = asyncio.ensure_future(self._ends.get())
        lines = {asyncio.ensure_future(side.gone.wait()): side for side in (caller, person)}
        try:
            await asyncio.wait({tests, *lines}, return_when=asyncio.FIRST_COMPLETED)
            if tests.done():
                return tests.result()
            return Ended.CALLER_LEFT if caller.gone.is_set() else Ended.PERSON_LEFT
        finally:
            self.joined = None
            tests.cancel()
            for line in lines:
                line.cancel()
