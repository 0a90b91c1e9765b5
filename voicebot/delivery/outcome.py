"""What came of handing a letter to a gateway."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST = 300
"""Characters kept of what a gateway says."""


@dataclass(frozen=True)
class Sent:
    """The gateway took the letter."""

    reference: str | None = None
    """What the gateway calls it; its receipts name it so."""
    delivered: bool = False
    """Whether whoever it is for has it: a webhook's answer says so, an SMS's does not."""


@dataclass(frozen=True)
class Trouble:
    """It did not go, and may go later."""

    code: str
    """Short, and without anybody's name or number: it is logged. `timeout`, `http 503`."""
    why: str = ""
    """What the gateway said; it may hold an address, so it is kept and never logged."""
    wait: float | None = None
    """Seconds that the gateway asks for."""


@dataclass(frozen=True)
class Refused:
    """It will never go: no such number, or the gateway does not know us."""

    code: str
    why: str = ""


Outcome = Sent | Trouble | Refused


def shortened(text: str) -> str:
    """What a gateway said, on one line and of decent length."""
    return " ".join(text.split())[:LONGEST]
