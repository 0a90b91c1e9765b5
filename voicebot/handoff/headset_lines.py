"""The lines of the operators' headsets: there, gone, or waited for."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

from voicebot.handoff.party import Party
from voicebot.handoff.seats import Seats
from voicebot.handoff.telephone import Sleep

LINE_S = 10.0
"""How long an operator who accepted may take to connect her headset."""


@dataclass(eq=False)
class HeadsetLines:
    """Each stands in its operator's seat; from the event loop of the calls."""

    seats: Seats
    sleep: Sleep
    _awaited: dict[int, set[asyncio.Future[Party]]] = field(default_factory=dict)
    _early: dict[int, Party] = field(default_factory=dict)
    """Those that were quicker than their page's stream of events."""

    def connect(self, operator: int, party: Party) -> None:
        """It is there. A second one takes the place of the first."""
        if self.seats.get(operator) is None:
            self._early[operator] = party
            return
        self.seats.change(operator, line=party)
        for awaited in self._awaited.get(operator, ()):
            if not awaited.done():
                awaited.set_result(party)

    def disconnect(self, operator: int, party: Party) -> None:
        """It is gone; nothing happens when another one took its place."""
        seat = self.seats.get(operator)
        if seat is not None and seat.line is party:
            self.seats.change(operator, line=None)
        if self._early.get(operator) is party:
            del self._early[operator]

    def early(self, operator: int) -> Party | None:
        """The one that came before her seat was there."""
        return self._early.pop(operator, None)

    async def of(self, operator: int) -> Party | None:
        """Hers, as soon as it is there; None when it does not come."""
        seat = self.seats[operator]
        if seat.line and not seat.line.gone.is_set():
            return seat.line
        coming: asyncio.Future[Party] = asyncio.get_running_loop().create_future()
        self._awaited.setdefault(operator, set()).add(coming)
        late = asyncio.ensure_future(self.sleep(LINE_S))
        first: set[asyncio.Future[Any]] = {coming, late}
        try:
            await asyncio.wait(first, return_when=asyncio.FIRST_COMPLETED)
            return coming.result() if coming.done() else None
        finally:
            late.cancel()
            self._awaited[operator].discard(coming)
