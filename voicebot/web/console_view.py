"""One operator's page as it stands: all of its regions, or those that changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from voicebot.errors import NotFound
from voicebot.handoff.presence import Presence
from voicebot.store.calls import Call
from voicebot.store.entry import Entry
from voicebot.store.presence import Profile
from voicebot.store.presence import read as read_profile
from voicebot.web import console_labels as labels
from voicebot.web import permitted
from voicebot.web.console_board import Board
from voicebot.web.console_card import Card
from voicebot.web.console_notes import OUTCOMES
from voicebot.web.console_place import Place, place
from voicebot.web.page import fragment
from voicebot.web.parts import Parts
from voicebot.web.rights import Who

REGIONS: Mapping[str, str] = MappingProxyType(
    {
        "presence": "console_presence.html",
        "incoming": "console_incoming.html",
        "talking": "console_talking.html",
        "after": "console_after.html",
        "count": "console_count.html",
        "team": "console_team.html",
    }
)
"""Each region's id, and its template. The list of calls is no region: it is sent line by line."""
LINE = "console_card.html"
"""The template of one line of that list."""


@dataclass
class View:
    """What one console shows; `open` and `take` read the store and want a thread."""

    parts: Parts
    asking: Who
    board: Board = field(init=False)

    def __post_init__(self) -> None:
        self.board = Board(self.parts, self.asking.may_see)

    def open(self) -> None:
        """Reads the calls that go on now."""
        self.board.open()

    def profile(self) -> Profile | None:
        """What is kept of her."""
        with self.parts.database.read() as connection:
            return read_profile(connection, self.asking.id)

    def take(self, happened: Iterable[tuple[str, Entry]]) -> list[str]:
        """Brings the list up to date; gives the calls whose journal went on."""
        return self.board.take(happened)

    def place(self) -> Place:
        """Her place; from the event loop of the calls."""
        return place(self.parts.operators, self.asking)

    def values(self, here: Place) -> dict[str, Any]:
        """What the templates show."""
        cards = self.board.listed()
        return {
            "cards": cards,
            "mine": [card for card in cards if card.call_id in here.calls],
            "place": here,
            "last": self._last(here),
            "outcomes": OUTCOMES,
            "reasons": labels.REASONS,
            "company_of": self.parts.company,
            "zone_of": self.parts.zone,
            "language_of": self.parts.language,
            "presence_name": labels.presence,
            "wanted": labels.wanted,
            "language": labels.language,
        }

    def regions(self, here: Place) -> dict[str, str]:
        """The HTML of each region by its id."""
        values = self.values(here)
        return {name: fragment(template, **values) for name, template in REGIONS.items()}

    def line(self, one: Card) -> str:
        """The HTML of one line of the list."""
        parts = self.parts
        of = {
            "company_of": parts.company,
            "zone_of": parts.zone,
            "language_of": parts.language,
        }
        return fragment(LINE, card=one, **of)

    def _last(self, here: Place) -> Call | None:
        """The call that she writes down, if she does and may still see it."""
        if here.seat is None or here.presence is not Presence.AFTER_CALL or not here.seat.last:
            return None
        try:
            return permitted.call(self.parts, self.asking, here.seat.last)
        except NotFound:  # it was erased meanwhile
            return None
