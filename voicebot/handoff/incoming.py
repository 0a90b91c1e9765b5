"""A call that rings at one operator's console, until one thing has become of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from voicebot.handoff.leg import Outcome

LONGEST_REASON = 200


@dataclass(frozen=True)
class Shown:
    """What the console shows of a call that rings; kept the same while it rings."""

    call_id: str
    client: str
    company: str
    language: str
    caller_number: str | None
    urgency: str
    """vital, urgent, normal or empty."""
    because: str
    """The client's own sentence: why it is urgent."""
    briefing: str
    """What is spoken into her headset: under 12 s."""
    facts: Mapping[str, object]
    """The slots that belong in a message, by name; labelled as on the call's page."""
    reason: str
    """Why a person is wanted: `asked` by the caller, `urgent`, `taken_over`."""


@dataclass(eq=False)
class Incoming:
    """Used from the event loop of the calls alone, by the console's routes."""

    id: str
    """Of this ring; in addresses of the console."""
    operator: int
    shown: Shown
    since: datetime
    """UTC; when it began to ring."""
    ring_s: float
    """For how long it rings."""
    reason: str = ""
    """Why she declined it."""
    said: Callable[[], None] = lambda: None
    """Has the briefing spoken again; set by the pool."""
    first: Callable[[], bool] = lambda: True
    """Whether no colleague has the call yet, to whose place it was rung too; set by the pool."""
    _ended: asyncio.Future[Outcome] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )

    @property
    def outcome(self) -> Outcome | None:
        """What became of it; None while it rings.

        ACCEPTED: hers, and she is joined as soon as her line is there. DECLINED. NO_ANSWER.
        CALLER_LEFT: the caller hung up or chose to leave a message, or a colleague was quicker.
        FAILED: she accepted, and no line of hers came.
        """
        return self._ended.result() if self._ended.done() else None

    def accept(self) -> bool:
        """She takes the call; False when it was too late, and `outcome` says why."""
        if self._ended.done():
            return False
        return self.end(Outcome.ACCEPTED if self.first() else Outcome.CALLER_LEFT) and (
            self.outcome is Outcome.ACCEPTED
        )

    def decline(self, reason: str = "") -> bool:
        """She does not, for a reason of her own words; False when it rings no more."""
        if self._ended.done():
            return False
        self.reason = " ".join(reason.split())[:LONGEST_REASON]
        return self.end(Outcome.DECLINED)

    def listen(self) -> None:
        """Has the briefing spoken into her headset again, from its beginning."""
        if not self._ended.done():
            self.said()

    def end(self, outcome: Outcome) -> bool:
        """The first one counts; False for all others."""
        if self._ended.done():
            return False
        self._ended.set_result(outcome)
        return True

    async def over(self) -> Outcome:
        """Waits for what becomes of it."""
        return await asyncio.shield(self._ended)
