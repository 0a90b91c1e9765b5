"""The calls in progress that one operator may see."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from voicebot.store import journal
from voicebot.store.calls import Call
from voicebot.store.entry import Entry
from voicebot.store.ongoing import ongoing
from voicebot.web.console_card import Card, card
from voicebot.web.parts import Parts

PRESSING = ("vital", "urgent")
"""These come first in the list."""
PASSING = ("hearing", "incoming", "incoming_over", "noted")
"""What is told of a call and stands in no journal."""


@dataclass
class Board:
    """One operator's list; not shared between threads that run at once."""

    parts: Parts
    may_see: Callable[[str], bool]
    """Whether the calls of a client are his business."""
    cards: dict[str, Card] = field(default_factory=dict)

    def open(self) -> None:
        """Reads the calls that go on now."""
        with self.parts.database.read() as connection:
            for call in ongoing(connection):
                if self.may_see(call.client):
                    self.cards[call.id] = card(call, journal.read(connection, call.id))

    def take(self, happened: Iterable[tuple[str, Entry]]) -> list[str]:
        """Brings the list up to date; reads the store for a call it meets for the first time.

        Returns:
            The calls of the list whose journal went on, also the one that just left it.
        """
        moved: dict[str, None] = {}
        for call_id, entry in happened:
            known = self.cards.get(call_id) or self._met(call_id, entry)
            if known is None:
                continue
            if entry.kind not in PASSING:
                moved[call_id] = None
            self.cards[call_id] = known.after([entry])
            if self.cards[call_id].ended:
                del self.cards[call_id]
        return list(moved)

    def listed(self) -> list[Card]:
        """The cards: what presses first, then the call that has waited longest."""
        return sorted(self.cards.values(), key=lambda one: (_rank(one), one.since, one.call_id))

    def _met(self, call_id: str, entry: Entry) -> Card | None:
        """The card of a call that just began; None for one that is over or not his business."""
        if entry.kind != "answered" or not self.may_see(str(entry.data.get("client"))):
            return None
        return card(self._call(call_id), ())

    def _call(self, call_id: str) -> Call:
        return self.parts.archive.call(call_id)


def _rank(one: Card) -> int:
    return PRESSING.index(one.urgency) if one.urgency in PRESSING else len(PRESSING)
