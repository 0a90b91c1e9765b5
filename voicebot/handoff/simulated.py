"""A simulated telephone, for tests, the demo, and a server that is tried out without a line."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from voicebot.handoff.leg import LegDown, Outcome
from voicebot.handoff.telephone import Heard, HungUp, Line, Sleep

SPEAKING_RATE = 15.0
"""Characters said in a second."""


@dataclass(frozen=True)
class Manner:
    """How one telephone behaves when it is rung."""

    name: str
    outcome: Outcome | None = None
    """Busy or failed: it is never picked up."""
    picks_up_s: float | None = 6.0
    """After how many seconds somebody picks up; None: nobody does."""
    answers: tuple[Heard | None, ...] = ()
    """What is pressed or said to each question; nothing more after the last."""
    thinks_s: float = 1.5
    hangs_up: bool = False
    """Right after picking up."""


BUSY = Manner("busy", outcome=Outcome.BUSY)
UNKNOWN = Manner("unknown", outcome=Outcome.FAILED)
NO_ANSWER = Manner("no answer", picks_up_s=None)
VOICEMAIL = Manner("voicemail", picks_up_s=20.0)
GREETING = Manner(
    "voicemail that is heard", None, 20.0,
    (Heard(words="Oui bonjour, vous êtes sur la messagerie de Karim, laissez un message."),),
)  # fmt: skip
ACCEPTS = Manner("accepts", answers=(Heard(key="1"),))
SAYS_YES = Manner("says yes", answers=(Heard(words="Allô ?"), Heard(words="Oui, j'y vais.")))
DECLINES = Manner("declines", answers=(Heard(key="2"),))
HANGS_UP = Manner("hangs up", hangs_up=True)


@dataclass(frozen=True)
class Dialled:
    """One ring, as the exchange saw it."""

    address: str
    key: str


@dataclass(eq=False)
class SimulatedTelephone:
    """Each number behaves as it is told to."""

    manners: Mapping[str, Manner]
    sleep: Sleep = asyncio.sleep
    stranger: Manner = UNKNOWN
    """How a number behaves that is not known."""
    down: bool = False
    """The exchange does not answer."""
    told: Callable[[str, str], None] = lambda address, what: None
    """Called with the number and what happens at it, as it happens."""
    dialled: list[Dialled] = field(default_factory=list)
    engaged: set[str] = field(default_factory=set)

    async def dial(self, address: str, key: str, seconds: float) -> Line | Outcome:
        """Rings a number."""
        if self.down:
            raise LegDown("the simulated exchange is down")
        self.dialled.append(Dialled(address, key))
        manner = self.manners.get(address, self.stranger)
        if address in self.engaged:
            manner = BUSY
        if manner.outcome is not None:
            return manner.outcome
        self.told(address, "rings")
        self.engaged.add(address)
        try:
            await self.sleep(min(seconds, manner.picks_up_s or seconds))
        except BaseException:
            self.engaged.discard(address)
            raise
        if manner.picks_up_s is None or manner.picks_up_s > seconds:
            self.engaged.discard(address)
            return Outcome.NO_ANSWER
        self.told(address, "picked up")
        return SimulatedLine(self, address, manner)

    async def became(self, key: str) -> Outcome | None:
        """A ring of a worker that died stopped with it."""
        if self.down:
            raise LegDown("the simulated exchange is down")
        return Outcome.FAILED if any(ring.key == key for ring in self.dialled) else None


@dataclass(eq=False)
class SimulatedLine:
    """A simulated telephone that was picked up."""

    telephone: SimulatedTelephone
    address: str
    manner: Manner
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    _asked: int = 0

    @property
    def name(self) -> str:
        """The number; a simulated bridge joins it."""
        return self.address

    async def say(self, text: str, language: str) -> None:
        """Takes as long as saying it does."""
        if self.manner.hangs_up:
            raise HungUp
        self.telephone.told(self.address, f"hears: {text}")
        await self.telephone.sleep(len(text) / SPEAKING_RATE)

    async def hear(self, seconds: float) -> Heard | None:
        """The next answer, after a moment of thought."""
        answers, asked = self.manner.answers, self._asked
        self._asked += 1
        heard = answers[asked] if asked < len(answers) else None
        if heard is None:
            await self.telephone.sleep(seconds)
            return None
        await self.telephone.sleep(min(seconds, self.manner.thinks_s))
        what = f"presses {heard.key}" if heard.key else f"says: {heard.words}"
        self.telephone.told(self.address, what)
        return heard

    async def hang_up(self) -> None:
        """Ends it."""
        self.gone.set()
        self.telephone.engaged.discard(self.address)
