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
BOT, SEEKING, RINGING, TALKING = "bot", "seeking", "ringing", "talking"
"""How a call stands: with the bot; a person is looked for; one is rung; they talk."""
Change = dict[str, Any]


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
    standing: str = BOT
    person: str = ""
    """Who is rung or talks with the caller; while a person is looked for, who takes it over."""
    joined: datetime | None = None
    """Since when he talks with that person."""
    ended: bool = False

    def after(self, entries: Iterable[Entry]) -> Card:
        """The card once these have happened."""
        card = self
        for entry in entries:
            change = CHANGES.get(entry.kind)
            card = replace(card, **change(entry)) if change else card
        return card


def card(call: Call, entries: Iterable[Entry]) -> Card:
    """The card of a call with what its journal holds so far."""
    began = call.answered_at or call.started_at
    return Card(call.id, call.client, call.caller_number, began).after(entries)


def _said(entry: Entry) -> Change:
    return {"speaker": "bot", "words": str(entry.data.get("text") or "")}


def _heard(entry: Entry) -> Change:
    return {"speaker": "caller", "words": str(entry.data.get("text") or "…"), "hearing": ""}


def _hearing(entry: Entry) -> Change:
    return {"hearing": str(entry.data.get("text") or "")}


def _overheard(entry: Entry) -> Change:
    who = str(entry.data.get("who") or "")
    return {"speaker": who, "words": str(entry.data.get("text") or ""), "hearing": ""}


def _decided(entry: Entry) -> Change:
    data = entry.data
    return {"urgency": data.get("urgency"), "because": str(data.get("because") or "")}


def _slot(entry: Entry) -> Change:
    data = entry.data
    return {"name": str(data.get("value") or "")} if data.get("name") == NAME else {}


def _sought(entry: Entry) -> Change:
    taker = str(entry.data.get("by") or "")
    return {"standing": SEEKING, "person": taker, "joined": None}


def _leg(entry: Entry) -> Change:
    if entry.data.get("state") != "ringing":
        return {}
    return {"standing": RINGING, "person": str(entry.data.get("name") or "")}


def _joined(entry: Entry) -> Change:
    person = str(entry.data.get("name") or "")
    return {"standing": TALKING, "person": person, "joined": entry.at, "hearing": ""}


def _transferred(_: Entry) -> Change:
    return {"standing": BOT, "person": "", "joined": None}


def _ended(_: Entry) -> Change:
    return {"ended": True, "hearing": ""}


CHANGES: Mapping[str, Callable[[Entry], Change]] = {
    "said": _said,
    "heard": _heard,
    "hearing": _hearing,
    "overheard": _overheard,
    "decided": _decided,
    "slot": _slot,
    "transfer": _sought,
    "leg": _leg,
    "joined": _joined,
    "parted": _sought,
    "transferred": _transferred,
    "ended": _ended,
}
"""For each kind of entry, what it changes on the card."""
