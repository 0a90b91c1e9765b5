"""A call's journal entries, as lines of a terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import typer

from voicebot.calls.journal import Entry

Data = Mapping[str, Any]

COLOURS = {"vital": "red", "urgent": "yellow", "normal": "green", "unwanted": "white"}


def show(entry: Entry, *, why: bool = True, heard: bool = True) -> None:
    """Prints an entry; `why` adds what was understood, `heard` the caller's own words."""
    if entry.kind in ("heard", "pressed") and not heard:
        return
    if entry.kind == "understood" and not why:
        return
    line = LINES.get(entry.kind)
    if line and (text := line(entry.data)):
        urgency = str(entry.data.get("urgency", ""))
        style = STYLES.get(entry.kind, {}) | (
            {"fg": COLOURS[urgency]} if urgency in COLOURS else {}
        )
        typer.secho(text, **style)


def _said(data: Data) -> str:
    return f"  bot> {data['text']}"


def _heard(data: Data) -> str:
    return f"caller> {data['text'] or '…'}"


def _pressed(data: Data) -> str:
    return f"caller> [{data['key']}]"


def _interrupted(data: Data) -> str:
    return f"       interrupted after “{data['spoken']}”"


def _understood(data: Data) -> str:
    found = ", ".join(f"{entity['name']}={entity['value']}" for entity in data["entities"])
    return f"       {data['intent'] or 'not understood'} {data['confidence']:.0%} {found}"


def _decided(data: Data) -> str:
    words = ", ".join(f"“{word}”" for word in data["words"])
    return f"     = {data['urgency']}: {data['because']} [{data['rule']}] {words}"


def _message(data: Data) -> str:
    fields = ", ".join(f"{name}: {value}" for name, value in data["fields"].items() if value)
    return f"     + message kept: {fields}" if data["complete"] else ""


def _alert(data: Data) -> str:
    return f"     ! alert raised: {data['rule']}"


def _degraded(data: Data) -> str:
    return f"     ~ without {data['part']}: {data['why']}"


def _ended(data: Data) -> str:
    return f"     . ended: {data['outcome']} ({data['cause']})"


LINES: dict[str, Callable[[Data], str]] = {
    "said": _said,
    "heard": _heard,
    "pressed": _pressed,
    "interrupted": _interrupted,
    "understood": _understood,
    "decided": _decided,
    "message": _message,
    "alert": _alert,
    "degraded": _degraded,
    "ended": _ended,
}
"""How each kind of entry reads; a kind that is not here is not shown."""

STYLES: dict[str, dict[str, Any]] = {
    "said": {"fg": "cyan"},
    "interrupted": {"dim": True},
    "understood": {"dim": True},
    "decided": {"bold": True},
    "message": {"fg": "green"},
    "alert": {"bold": True},
    "degraded": {"fg": "yellow"},
    "ended": {"dim": True},
}
