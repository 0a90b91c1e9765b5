"""Follows the alert of a caller who waits: whom it rings, who takes it, that nobody is left."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from voicebot.errors import StoreFull
from voicebot.handoff.alertwatch import AlertWatch, Standing
from voicebot.handoff.happening import Happened, LegEnded, Rung, TakenBy
from voicebot.handoff.leg import Outcome
from voicebot.handoff.standing import Leg
from voicebot.handoff.telephone import Sleep

log = logging.getLogger(__name__)

LOOK_S = 1.0
"""How often the alert is looked at."""
GRACE_S = 2.0
"""Between a technician's yes in the store and his line here: he is joined, not just announced."""


@dataclass(eq=False)
class Following:
    """One alert, for as long as one transfer lasts."""

    alerts: AlertWatch
    call_id: str
    leg: Callable[[], Leg | None]
    """The leg that waits for whoever is on call, if there is one now."""
    happened: Callable[[Happened], None]
    sleep: Sleep = asyncio.sleep
    aside: Callable[..., Awaitable[Any]] = asyncio.to_thread
    standing: Standing = field(default_factory=Standing)
    _rung: int = 0
    """How many had been rung at the last look."""

    async def look(self) -> None:
        """How it stands now; as it stood when the store refuses."""
        try:
            self.standing = await self.aside(self.alerts.look, self.call_id)
        except StoreFull as error:
            log.warning("the alert of a caller who waits cannot be looked at: %s", error)

    async def run(self) -> None:
        """Looks again and again, and tells what changed, until somebody has taken it."""
        while True:
            await self.look()
            if self.standing.taken_by:
                await self.sleep(GRACE_S)
                self.happened(TakenBy(self.standing.taken_by))
                return
            leg = self.leg()
            if leg is not None and self.standing.exhausted:
                self.happened(LegEnded(leg.number, Outcome.NO_ANSWER))
            elif leg is not None:
                self._tell_rung(leg, self.standing.rung)
            # Whoever was rung before this caller was told of anybody is no news to him.
            self._rung = self.standing.rung
            await self.sleep(LOOK_S)

    def _tell_rung(self, leg: Leg, rung: int) -> None:
        if 0 < self._rung < rung:
            self.happened(Rung(leg.number, rung if rung == self._rung + 1 else 0))
