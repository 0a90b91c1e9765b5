"""Simulated telephones with sound: each number is picked up by a person made of code."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field

from voicebot.caller.softphone import Attend, Softphone, behave
from voicebot.errors import VoicebotError
from voicebot.handoff.leg import Outcome
from voicebot.handoff.simulated import ACCEPTS, BUSY, Manner
from voicebot.handoff.telephone import Line
from voicebot.speech.callers import CALLERS
from voicebot.speech.callers import Caller as Person

log = logging.getLogger(__name__)


@dataclass(eq=False)
class SoundTelephone:
    """`Telephone` whose lines have sound: from the event loop of the calls alone."""

    attend: Attend
    manners: Mapping[str, Manner] = field(default_factory=dict)
    """By number."""
    stranger: Manner = ACCEPTS
    """How a number behaves that is not known."""
    person: Person = CALLERS[3]
    """Whose voice answers."""
    _dialled: set[str] = field(default_factory=set)
    _engaged: set[str] = field(default_factory=set)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def dial(self, address: str, key: str, seconds: float) -> Line | Outcome:
        """Rings a number; see `Telephone.dial`."""
        self._dialled.add(key)
        manner = BUSY if address in self._engaged else self.manners.get(address, self.stranger)
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

    def _over(self, task: asyncio.Task[None], address: str) -> None:
        self._tasks.discard(task)
        self._engaged.discard(address)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("a simulated telephone broke: %s", type(error).__name__)
