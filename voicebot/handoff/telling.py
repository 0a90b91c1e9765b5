"""Tells the pages, and the store, what changes among the operators."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from voicebot.calls.live import Live
from voicebot.clock import Clock
from voicebot.handoff.incoming import Incoming
from voicebot.handoff.presence import Operator, Presence, Seat
from voicebot.store.entry import Entry

Keep = Callable[[Operator, Presence, datetime], None]
"""Keeps a presence in the store."""


class Telling:
    """What consoles are told at once, through `Live`; see `voicebot.handoff.pool.Operators`."""

    def __init__(self, live: Live, clock: Clock, keep: Keep) -> None:
        self._live = live
        self._clock = clock
        self._keep = keep
        self._kept: dict[int, Presence] = {}

    def presence(self, seat: Seat) -> None:
        """What she is, or that she has other calls; kept where it is news."""
        operator, now = seat.operator, self._clock.now()
        if self._kept.get(operator.id) is not seat.seen:
            self._kept[operator.id] = seat.seen
            self._keep(operator, seat.seen, now)
        data = {
            "operator": operator.id,
            "name": operator.name,
            "presence": seat.seen.value,
            "since": seat.since.isoformat(),
        }
        self._live.publish("", Entry("presence", now, data))

    def rings(self, incoming: Incoming) -> None:
        """A call rings at her place."""
        self._incoming(incoming, "incoming")

    def over(self, incoming: Incoming, outcome: str) -> None:
        """It rings no more."""
        self._incoming(incoming, "incoming_over", outcome=outcome)

    def _incoming(self, incoming: Incoming, kind: str, **more: str) -> None:
        data = {"operator": incoming.operator, "incoming": incoming.id, **more}
        self._live.publish(incoming.shown.call_id, Entry(kind, self._clock.now(), data))
