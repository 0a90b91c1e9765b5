"""Each decision of a call with the rule that made it, in the order in which they were made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from voicebot.oncall.urgency import DEFAULT
from voicebot.store.entry import Entry
from voicebot.web import labels
from voicebot.web.tongue import _


@dataclass(frozen=True)
class Decided:
    """One decision."""

    at: datetime
    urgency: str
    """What the call was from then on."""
    title: str
    because: str
    rule: str
    """The client's rule; empty where none fired."""
    words: tuple[str, ...] = ()
    """The caller's words that made it fire."""
    meant: str = ""
    """What was understood, where the words alone did not do it."""
    question: str = ""
    """What the caller was asked, where his words left it open."""
    advice: str = ""
    """What he was told to do at once."""


def decisions(entries: Iterable[Entry]) -> tuple[Decided, ...]:
    """The decisions of a call."""
    found: list[Decided] = []
    intent: str | None = None
    for entry in entries:
        if entry.kind == "understood":
            intent = entry.data.get("intent")
        if entry.kind == "decided":
            found.append(_decided(entry.at, entry.data, intent))
    return tuple(found)


def _decided(at: datetime, data: Mapping[str, Any], intent: str | None) -> Decided:
    doubt: Mapping[str, Any] = data.get("doubt") or {}
    told = doubt or data
    rule = str(told.get("rule") or "")
    words = tuple(told.get("words") or ())
    fired = rule not in ("", DEFAULT)
    urgency = str(data.get("urgency") or "normal")
    return Decided(
        at=at,
        urgency=urgency,
        title=_("Doute, une question est posée") if doubt else labels.urgency(urgency),
        because=str(told.get("because") or ""),
        rule=rule if fired else "",
        words=words,
        meant=labels.intent(intent) if fired and not words and intent else "",
        question=str(doubt.get("question") or ""),
        advice=str(data.get("advice") or ""),
    )
