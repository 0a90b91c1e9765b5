"""One call in progress as the console's list shows it, kept up to date entry by entry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from voicebot.store.calls import Call
from voicebot.store.entry import Entry

NAME = "caller_name"
"""The slot of who calls."""


@dataclass(frozen=True)
class Card:
    """What one line of the list says of a call."""

    call_id: str
    client: str
    number: str | None
    since: datetime
    """UTC, when it was picked up."""
    name: str = ""
    """Who calls, once he has said it."""
    urgency: str | None = None
    because: str = ""
    """Why it is urgent, in the client's own sentence."""
    speaker: str = ""
    """Who spoke last: bot or caller."""
    words: str = ""
    """What was said last."""
    hearing: str = ""
    """What the caller is saying, as far as it is heard."""
    ended: bool = False

    def after(self, entries: Iterable[Entry]) -> Card:
        """The card once these have happened."""
        card = self
        for entry in entries:
            change = CHANGES.get(entry.kind)
            card = replace(card, **change(entry.data)) if change else card
        return card


def card(call: Call, entries: Iterable[Entry]) -> Card:
    """The card of a call with what its journal holds so far."""
    began = call.answered_at or call.started_at
    return Card(call.id, call.client, call.caller_number, began).after(entries)


def _said(data: Mapping[str, Any]) -> dict[str, Any]:
    return {"speaker": "bot", "words": str(data.get("text") or "")}


def _heard(data: Mapping[str, Any]) -> dict[str, Any]:
    return {"speaker": "caller", "words": str(data.get("text") or "…"), "hearing": ""}


def _hearing(data: Mapping[str, Any]) -> dict[str, Any]:
    return {"hearing": str(data.get("text") or "")}


def _decided(data: Mapping[str, Any]) -> dict[str, Any]:
    return {"urgency": data.get("urgency"), "because": str(data.get("because") or "")}


def _slot(data: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": str(data.get("value") or "")} if data.get("name") == NAME else {}


def _ended(_: Mapping[str, Any]) -> dict[str, Any]:
    return {"ended": True, "hearing": ""}


CHANGES: Mapping[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    "said": _said,
    "heard": _heard,
    "hearing": _hearing,
    "decided": _decided,
    "slot": _slot,
    "ended": _ended,
}
"""For each kind of entry, what it changes on the card."""
