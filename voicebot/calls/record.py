"""From what a conversation decided to what the journal keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from types import MappingProxyType
from typing import Any

from voicebot.calls.journal import Entry
from voicebot.clients.client import Client
from voicebot.dialogue.action import (
    Action,
    HangUp,
    Moved,
    RaiseAlert,
    SaveMessage,
    Say,
    SetSlot,
    Transfer,
)
from voicebot.dialogue.interpretation import Interpretation, Value
from voicebot.oncall.urgency import CONTRACT

NOBODY: Mapping[str, Any] = MappingProxyType({})
"""There is nobody on call: the alert is kept, and no person is rung."""


def entries_of(
    actions: Iterable[Action],
    now: datetime,
    because: str = "",
    on_call: Mapping[str, Any] = NOBODY,
) -> list[Entry]:
    """The entries of `actions`, effects before words: what is promised is kept first.

    Args:
        actions: what `advance` decided, in its order.
        now: UTC.
        because: the sentence that says why an alert is raised.
        on_call: what an alert's entry says besides: `site`, `joins_within_s`.
    """
    found = [entry for action in actions if (entry := _entry(action, now, because, on_call))]
    return sorted(found, key=lambda entry: entry.kind == "said")


def on_call_of(client: Client, slots: Mapping[str, Value]) -> Mapping[str, Any]:
    """What an alert's entry says so that somebody is rung."""
    policy = client.on_call.policy if client.on_call else None
    if policy is None:
        return NOBODY
    return {"site": slots.get(CONTRACT), "joins_within_s": policy.joins_within.total_seconds()}


def summary(meant: Interpretation) -> dict[str, Any]:
    """What the journal keeps of an interpretation."""
    return {
        "intent": meant.intent,
        "confidence": round(meant.confidence, 3),
        "entities": [asdict(entity) for entity in meant.entities],
        "ranking": [[name, round(share, 3)] for name, share in meant.ranking[:3]],
        "by": meant.by,
    }


def _entry(action: Action, now: datetime, because: str, on_call: Mapping[str, Any]) -> Entry | None:
    data: dict[str, Any]
    match action:
        case Say(text, response, interruptible, language):
            kind = "said"
            data = {
                "text": text,
                "response": response,
                "interruptible": interruptible,
                "language": language,
            }
        case SetSlot(name, value, text):
            kind, data = "slot", {"name": name, "value": value, "text": text}
        case SaveMessage(fields, complete):
            kind, data = "message", {"fields": dict(fields), "complete": complete}
        case RaiseAlert(urgency, rule, fields):
            kind = "alert"
            data = {
                "urgency": urgency,
                "rule": rule,
                "because": because,
                "fields": dict(fields),
                **on_call,
            }
        case Moved(flow, step):
            kind, data = "moved", {"flow": flow, "step": step}
        case Transfer(reason):
            kind, data = "transfer", {"reason": reason}
        case HangUp():
            return None  # written as `ended` once the line is really down
    return Entry(kind, now, data)
