"""A caller of the demo: whom he rings, what he says, and the end that his call must reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from voicebot.caller.script import Script
from voicebot.speech.callers import Caller as Person


@dataclass(frozen=True)
class End:
    """What the store must hold when the call is over."""

    outcome: str
    urgency: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    """Of the message; a value must be contained, whatever its case."""
    alert: bool = False
    interrupted: bool = False
    spoken: bool = False
    """With a person."""

    def missed(self, whole: Mapping[str, Any]) -> list[str]:
        """What is otherwise in `/api/calls/{id}`, one line each."""
        call, message = whole["call"], whole["message"] or {}
        fields = message.get("fields") or {}
        wrong = []
        if call["outcome"] != self.outcome:
            wrong.append(f"outcome is {call['outcome']}, not {self.outcome}")
        if (call["urgency"] or "normal") != (self.urgency or "normal"):
            wrong.append(f"urgency is {call['urgency']}, not {self.urgency or 'normal'}")
        if self.alert and not whole["alerts"]:
            wrong.append("no alert was raised")
        if not self.alert and whole["alerts"]:
            wrong.append("an alert was raised without cause")
        for name, value in self.fields.items():
            if value.casefold() not in str(fields.get(name) or "").casefold():
                wrong.append(f"{name} is {fields.get(name)!r}, without {value!r}")
        kinds = {entry["kind"] for entry in whole["entries"]}
        if self.spoken and not {"joined", "parted"} <= kinds:
            wrong.append("nobody spoke with the caller")
        if self.interrupted and "interrupted" not in kinds:
            wrong.append("the bot was not interrupted")
        return wrong


@dataclass(frozen=True)
class Role:
    """One caller."""

    name: str
    title: str
    client: str
    person: Person
    script: Script
    end: End
    number: str | None = None
