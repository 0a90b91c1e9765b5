"""Everybody's place at this moment, and who is told when one changes."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from voicebot.clock import Clock
from voicebot.handoff.presence import Presence, Seat, Wish
from voicebot.handoff.telling import Telling


class Seats:
    """Changed from the event loop of the calls alone, read from any thread."""

    def __init__(self, telling: Telling, clock: Clock) -> None:
        """Nobody is there.

        Args:
            telling: told of each presence.
            clock: tells the time.
        """
        self._telling = telling
        self._clock = clock
        self._seats: Mapping[int, Seat] = {}
        self._watchers: list[Callable[[], None]] = []

    def __getitem__(self, operator: int) -> Seat:
        """Hers, whose console has been open."""
        return self._seats[operator]

    def get(self, operator: int) -> Seat | None:
        """Hers, if a console of hers has been open."""
        return self._seats.get(operator)

    def here(self) -> tuple[Seat, ...]:
        """Everybody whose console is open, by name."""
        here = (seat for seat in self._seats.values() if seat.consoles)
        return tuple(sorted(here, key=lambda seat: (seat.operator.name, seat.operator.id)))

    def free(self, wish: Wish) -> tuple[Seat, ...]:
        """Who can be rung now, who has rested longest first."""
        found = [s for s in self._seats.values() if s.free and wish.suits(s.operator)]
        return tuple(sorted(found, key=lambda s: ((s.last_call or s.since), s.operator.id)))

    def soon(self, wish: Wish) -> bool:
        """Whether somebody who could take it only has her hands full."""
        return any(s.soon and wish.suits(s.operator) for s in self._seats.values())

    def put(self, seat: Seat) -> Seat:
        """A new mapping each time: other threads read the one that they have."""
        self._seats = {**self._seats, seat.operator.id: seat}
        for changed in tuple(self._watchers):
            changed()
        return seat

    def change(self, operator: int, **values: Any) -> Seat:
        """Sets fields of her seat."""
        return self.put(replace(self._seats[operator], **values))

    def become(self, operator: int, presence: Presence) -> Seat:
        """What she is from now on; told where it is news."""
        seat = self._seats[operator]
        if seat.presence is not presence:
            seat = self.change(operator, presence=presence, since=self._clock.now())
            self._telling.presence(seat)
        return seat

    @contextlib.contextmanager
    def watching(self, changed: Callable[[], None]) -> Iterator[None]:
        """Calls `changed` whenever anybody's seat changes, for as long as this lasts."""
        self._watchers.append(changed)
        try:
            yield
        finally:
            self._watchers.remove(changed)
