"""What one console was sent already, so that only what changed is sent again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from voicebot.web.console_card import Card
from voicebot.web.console_place import Place
from voicebot.web.console_view import View


@dataclass
class Sent:
    """One stream's memory; not shared between threads that run at once."""

    regions: dict[str, str] = field(default_factory=dict)
    """The HTML of each region by its id."""
    cards: dict[str, Card] = field(default_factory=dict)
    """Each line of the list by its call. A card is a few words: comparing it is cheaper than a
    digest of its HTML, and spares making the HTML."""
    order: list[str] | None = None
    """The calls as the list has them; None before anything was sent."""

    def change(self, view: View, here: Place) -> dict[str, Any]:
        """What changed since the last time, the first time all; empty where nothing did.

        `regions` and `cards` give HTML by id and by call; `order`, the calls of the list, is there
        when one came, went or moved; `whole` is, the first time.
        """
        told: dict[str, Any] = {} if self.order is not None else {"whole": True}
        if regions := self._regions(view.regions(here)):
            told["regions"] = regions
        listed = view.board.listed()
        if cards := self._cards(listed):
            told["cards"] = {card.call_id: view.line(card) for card in cards}
        order = [card.call_id for card in listed]
        if order != self.order:
            self.order = told["order"] = order
        return told

    def _regions(self, found: dict[str, str]) -> dict[str, str]:
        changed = {name: html for name, html in found.items() if self.regions.get(name) != html}
        self.regions.update(changed)
        return changed

    def _cards(self, listed: list[Card]) -> list[Card]:
        changed = [card for card in listed if self.cards.get(card.call_id) != card]
        self.cards = {card.call_id: card for card in listed}
        return changed
