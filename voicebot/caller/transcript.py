"""The conversation as it happens, in a terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from rich.console import Console
from rich.text import Text

from voicebot.caller.events import Event

Data = Mapping[str, Any]

COLOURS = {"vital": "bold red", "urgent": "bold yellow", "normal": "green", "unwanted": "dim"}


def show(console: Console, event: Event) -> None:
    """Prints one event; kinds that tell a reader nothing are left out."""
    line = _LINES.get(event.kind)
    if line is not None and (text := line(event.data)) is not None:
        console.print(text)


def caller_says(console: Console, text: str) -> None:
    """What the caller really says: the bot may have heard something else."""
    console.print(_line("caller", text, "bold"))


def _line(who: str, text: str, style: str = "") -> Text:
    return Text.assemble((f"{who:>9} ", "dim"), (text, style))


def _said(data: Data) -> Text:
    return _line("bot", str(data.get("text", "")), "cyan")


def _heard(data: Data) -> Text:
    sure = f" ({data.get('confidence', 0):.0%})"
    return _line("heard", (str(data.get("text")) or "nothing") + sure, "dim")


def _interrupted(data: Data) -> Text:
    return _line("cut", f"after « {data.get('spoken', '')} »", "dim")


def _decided(data: Data) -> Text:
    urgency = str(data.get("urgency"))
    text = f"{urgency} · rule {data.get('rule')} · {data.get('because') or ''}"
    return _line("decided", text, COLOURS.get(urgency, ""))


def _message(data: Data) -> Text | None:
    if not data.get("complete"):
        return None
    found = ", ".join(f"{name} : {value}" for name, value in data["fields"].items() if value)
    return _line("message", found, "green")


def _alert(data: Data) -> Text:
    return _line("alert", f"{data.get('urgency')} · rule {data.get('rule')}", "bold yellow")


def _degraded(data: Data) -> Text:
    return _line("without", f"{data.get('part')} : {data.get('why')}", "yellow")


def _transfer(data: Data) -> Text:
    return _line("handing", f"over: {data.get('reason')}", "yellow")


def _leg(data: Data) -> Text:
    name = data.get("name") or data.get("kind")
    what = "rings" if data.get("state") == "ringing" else data.get("outcome")
    return _line("leg", f"{name} : {what}", "yellow")


def _joined(data: Data) -> Text:
    return _line("joined", f"with {data.get('name') or 'a person'}", "bold green")


def _parted(data: Data) -> Text:
    return _line("parted", str(data.get("how")), "yellow")


def _ended(data: Data) -> Text:
    return _line("ended", f"{data.get('outcome')} ({data.get('cause')})", "dim")


_LINES: dict[str, Callable[[Data], Text | None]] = {
    "said": _said,
    "heard": _heard,
    "interrupted": _interrupted,
    "decided": _decided,
    "message": _message,
    "alert": _alert,
    "degraded": _degraded,
    "transfer": _transfer,
    "leg": _leg,
    "joined": _joined,
    "parted": _parted,
    "ended": _ended,
}
