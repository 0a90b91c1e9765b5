"""Simulated telephones with sound: each number is picked up by a person made of code."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from voicebot.caller.softphone import Attend, Softphone, behave
from voicebot.errors import BadInput, VoicebotError
from voicebot.handoff.leg import LegDown, Outcome
from voicebot.handoff.simulated import (
    ACCEPTS,
    BUSY,
    DECLINES,
    HANGS_UP,
    NO_ANSWER,
    SAYS_YES,
    UNKNOWN,
    VOICEMAIL,
    Manner,
)
from voicebot.handoff.telephone import Heard, Line
from voicebot.speech.callers import CALLERS
from voicebot.speech.callers import Caller as Person

log = logging.getLogger(__name__)

SLEEPY = Manner("sleepy", picks_up_s=24.0, answers=(None, None, Heard(key="1")))
"""Was asleep: picks up late, and is asked three times."""
NAMED: Mapping[str, Manner] = MappingProxyType(
    {
        "accepts": ACCEPTS,
        "says_yes": SAYS_YES,
        "sleepy": SLEEPY,
        "declines": DECLINES,
        "no_answer": NO_ANSWER,
        "busy": BUSY,
        "voicemail": VOICEMAIL,
        "hangs_up": HANGS_UP,
        "fails": UNKNOWN,
    }
)
"""How a simulated person may behave, by name."""


def manners(names: str) -> tuple[Manner, ...]:
    """The manners of these names, given by commas; everybody accepts where there is none.

    Raises:
        BadInput: one is not known.
    """
    wanted = [name for name in names.split(",") if name] or ["accepts"]
    for name in wanted:
        if name not in NAMED:
            raise BadInput(f"nobody behaves like {name!r}", todo=f"one of {', '.join(NAMED)}")
    return tuple(NAMED[name] for name in wanted)


@dataclass(eq=False)
class SoundTelephone:
    """`Telephone` whose lines have sound: from the event loop of the calls alone."""

    attend: Attend | None = None
    """Takes the lines; until it is set nothing rings."""
    manners: Mapping[str, Manner] = field(default_factory=dict)
    """By number."""
    in_turn: tuple[Manner, ...] = (ACCEPTS,)
    """How numbers behave that are not known: the first that is rung, the next; the last stays."""
    person: Person = CALLERS[3]
    """Whose voice answers."""
    _rung: int = 0
    _dialled: set[str] = field(default_factory=set)
    _engaged: set[str] = field(default_factory=set)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def dial(self, address: str, key: str, seconds: float) -> Line | Outcome:
        """Rings a number; see `Telephone.dial`."""
        if self.attend is None:
            raise LegDown("the switchboard is not open yet")
        self._dialled.add(key)
        manner = BUSY if address in self._engaged else self._manner(address)
        if manner.outcome is not None:
            return manner.outcome
        if manner.picks_up_s is None or manner.picks_up_s > seconds:
            await asyncio.sleep(seconds)
            return Outcome.NO_ANSWER
        self._engaged.add(address)
        phone = Softphone(self.attend, "")
        try:
            await asyncio.sleep(manner.picks_up_s)
            line = await phone.pick_up()
        except BaseException as error:
            self._engaged.discard(address)
            await phone.hang_up()
            if isinstance(error, VoicebotError):
                return Outcome.FAILED
            raise
        task = asyncio.ensure_future(behave(phone, manner, self.person))
        self._tasks.add(task)
        task.add_done_callback(lambda _: self._over(task, address))
        return line

    async def became(self, key: str) -> Outcome | None:
        """Of a ring whose worker died nothing is left; see `Legs.became`."""
        return Outcome.FAILED if key in self._dialled else None

    def _manner(self, address: str) -> Manner:
        if address in self.manners:
            return self.manners[address]
        self._rung += 1
        return self.in_turn[min(self._rung, len(self.in_turn)) - 1]

    def _over(self, task: asyncio.Task[None], address: str) -> None:
        self._tasks.discard(task)
        self._engaged.discard(address)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("a simulated telephone broke: %s", type(error).__name__)
