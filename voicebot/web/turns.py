"""The journal's entries as the lines of a transcript."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from voicebot.store.entry import Entry
from voicebot.web import labels, oncall_labels
from voicebot.web.times import small
from voicebot.web.tongue import _, quoted

LEAD_S = 0.7
"""What is heard is written once the turn is known to be over, this long after the last word."""


LETTERS_PER_S = 15
"""How fast the voice speaks, near enough to find a sentence in the recording."""
REPEATED = frozenset({"request", "reason"})
"""Facts that only say again what the lines above them say: the caller's words, his intent."""


@dataclass(frozen=True)
class Turn:
    """One line: who speaks (bot, caller, person), or a note of what was understood and decided."""

    side: str
    """bot, caller, person or note."""
    kind: str
    """The entry's kind, for its look."""
    text: str
    at: datetime
    detail: str = ""
    urgency: str | None = None
    start_s: float | None = None
    """Where it is heard in the recording, in seconds; None where there is nothing to hear."""
    who: str = ""
    """The person's name, where a person speaks."""


class Transcript:
    """Makes the lines of one call, entry after entry."""

    def __init__(self, began: datetime | None = None, hidden: Collection[str] = ()) -> None:
        """Begins a transcript.

        Args:
            began: when the recording began; None where there is nothing to listen to.
            hidden: slots that are not shown.
        """
        self._began = began
        self.hidden = hidden
        self._alerts: set[str] = set()
        self._spoken: tuple[datetime, float] | None = None
        self._person = ""

    def line(self, entry: Entry) -> Turn | None:
        """The line of the next entry; None for what only the folded journal shows."""
        make = LINES.get(entry.kind)
        if make is None or self._again(entry):
            return None
        side, text, detail = make(entry.data)
        if not text:
            return None
        urgency = entry.data.get("urgency") if entry.kind in ("decided", "alert") else None
        start = self._start(entry, text) if side != "note" else None
        if entry.kind == "joined":
            self._person = str(entry.data.get("name") or "")
        who = self._person if side == "person" else ""
        return Turn(side, entry.kind, text, entry.at, detail, urgency, start, who)

    def lines(self, entries: Iterable[Entry]) -> tuple[Turn, ...]:
        """The lines of these entries."""
        return tuple(line for entry in entries if (line := self.line(entry)))

    def _again(self, entry: Entry) -> bool:
        """Whether it is a hidden slot, or only brings an alert up to date."""
        if entry.kind == "slot":
            return entry.data.get("name") in self.hidden
        if entry.kind != "alert":
            return False
        rule = str(entry.data.get("rule"))
        known = rule in self._alerts
        self._alerts.add(rule)
        return known

    def _start(self, entry: Entry, text: str) -> float | None:
        """Where the line begins in the recording, in seconds."""
        if self._began is None:
            return None
        after = (entry.at - self._began).total_seconds()
        if entry.kind == "heard":
            after -= entry.data.get("speech_ms", 0) / 1000 + LEAD_S
        if entry.kind == "said":
            # What is said in one go is written at one instant and spoken one after the other.
            if self._spoken and self._spoken[0] == entry.at:
                after = self._spoken[1]
            self._spoken = (entry.at, after + len(text) / LETTERS_PER_S)
        return round(max(0.0, after), 2)


def facts(entries: Iterable[Entry], hidden: Collection[str] = ()) -> dict[str, Any]:
    """What was collected: the last value of each fact, in the order they were first given."""
    found: dict[str, Any] = {}
    for entry in entries:
        name = entry.data.get("name")
        if entry.kind == "slot" and name not in hidden:
            found[str(name)] = entry.data.get("value")
    return {name: value for name, value in found.items() if value is not None}


def _said(data: Mapping[str, Any]) -> tuple[str, str, str]:
    return (
        "bot",
        data.get("text", ""),
        _("soufflé par %(name)s", name=data["by"]) if data.get("by") else "",
    )


def _heard(data: Mapping[str, Any]) -> tuple[str, str, str]:
    doubt = data.get("confidence", 1.0) < 0.5
    return "caller", data.get("text") or _("(inaudible)"), _("mal entendu") if doubt else ""


def _pressed(data: Mapping[str, Any]) -> tuple[str, str, str]:
    return "caller", _("Touche %(key)s", key=data.get("key", "")), ""


def _silent(data: Mapping[str, Any]) -> tuple[str, str, str]:
    return "note", _("Silence"), ""


def _interrupted(data: Mapping[str, Any]) -> tuple[str, str, str]:
    left = data.get("left", "")
    unheard = _("non entendu : « %(words)s »", words=left) if left else ""
    return "note", _("L'appelant a coupé la parole"), unheard


def _understood(data: Mapping[str, Any]) -> tuple[str, str, str]:
    name = data.get("intent")
    percent = round(100 * data.get("confidence", 0.0))
    sure = _("%(percent)s %%", percent=percent) if name else ""
    return "note", labels.intent(name), sure


def _slot(data: Mapping[str, Any]) -> tuple[str, str, str]:
    name, value = str(data.get("name")), data.get("value")
    if name in REPEATED or value is None:
        return "note", "", ""
    return "note", labels.slot(name), labels.shown(name, value)


def _decided(data: Mapping[str, Any]) -> tuple[str, str, str]:
    doubt = data.get("doubt")
    if data.get("rule") == "default" and not doubt:
        return "note", "", ""
    told = doubt or data
    words = ", ".join(quoted(word) for word in told.get("words") or ())
    because = told.get("because") or ""
    rule = _("règle %(rule)s", rule=told.get("rule"))
    return (
        "note",
        _("Doute, une question") if doubt else labels.urgency(data.get("urgency")),
        " · ".join(filter(None, (because, rule, words))),
    )


def _message(data: Mapping[str, Any]) -> tuple[str, str, str]:
    return "note", _("Message enregistré") if data.get("complete") else "", ""


def _alert(data: Mapping[str, Any]) -> tuple[str, str, str]:
    return "note", _("Alerte enregistrée"), _("règle %(rule)s", rule=data.get("rule"))


def _degraded(data: Mapping[str, Any]) -> tuple[str, str, str]:
    part = labels.part(str(data.get("part")))
    return "note", _("Incident : %(part)s", part=part), str(data.get("why") or "")


def _transfer(data: Mapping[str, Any]) -> tuple[str, str, str]:
    return "note", labels.transfer_reason(data.get("reason"), data.get("by")), ""


def _leg(data: Mapping[str, Any]) -> tuple[str, str, str]:
    rung = oncall_labels.ring(data.get("outcome"))
    reason = quoted(data["reason"]) if data.get("reason") else ""
    return "note", _("Appel à %(name)s : %(rung)s", name=data.get("name") or "…", rung=rung), reason


def _joined(data: Mapping[str, Any]) -> tuple[str, str, str]:
    name = data.get("name") or _("une personne")
    return "note", _("En ligne avec %(name)s", name=name), ""


def _parted(data: Mapping[str, Any]) -> tuple[str, str, str]:
    return "note", labels.parted(data.get("how")), ""


def _overheard(data: Mapping[str, Any]) -> tuple[str, str, str]:
    return str(data.get("who") or "person"), data.get("text", ""), ""


def _transferred(data: Mapping[str, Any]) -> tuple[str, str, str]:
    result = small(labels.transfer_result(data.get("result")))
    return "note", _("Mise en relation : %(result)s", result=result), ""


def _ended(data: Mapping[str, Any]) -> tuple[str, str, str]:
    return "note", labels.outcome(data.get("outcome")), labels.cause(data.get("cause"))


LINES = {
    "said": _said,
    "heard": _heard,
    "pressed": _pressed,
    "silent": _silent,
    "interrupted": _interrupted,
    "understood": _understood,
    "slot": _slot,
    "decided": _decided,
    "message": _message,
    "alert": _alert,
    "degraded": _degraded,
    "transfer": _transfer,
    "leg": _leg,
    "joined": _joined,
    "parted": _parted,
    "overheard": _overheard,
    "transferred": _transferred,
    "ended": _ended,
}
"""For each kind that the transcript shows: side, text, detail."""
