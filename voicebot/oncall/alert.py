"""An alert: somebody must be told now. Triggered, then acknowledged, then closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

SHIFT_START = "shift_start"
"""The rule of an alert that no call raised: a technician did not confirm that he is there."""


class AlertState(StrEnum):
    """How far an alert is."""

    TRIGGERED = "triggered"
    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"


class Happening(StrEnum):
    """What changed in an alert, or was done for it: the lines of its time line."""

    TRIGGERED = "triggered"
    JOINED = "joined"
    """Another call with the same matter."""
    WORSENED = "worsened"
    """The same call turned out to be graver."""
    RUNG = "rung"
    """A telephone rings; `data`: step, outcome comes with `ring_ended`."""
    RING_ENDED = "ring_ended"
    """`data`: step, outcome."""
    WRITTEN = "written"
    """A letter was posted."""
    NOBODY = "nobody"
    """A step found nobody to reach; `data`: step."""
    PROCEDURE = "procedure"
    """Nobody of the policy took it: the alert is flagged, the client's procedure begins."""
    EXHAUSTED = "exhausted"
    """Nobody of the procedure took it either."""
    ACKNOWLEDGED = "acknowledged"
    DECLINED = "declined"
    ARRIVING = "arriving"
    """`data`: at, when the technician says he will be there."""
    STARTED = "started"
    """The intervention began."""
    ENDED = "ended"
    """The intervention ended."""
    CLOSED = "closed"


class By(StrEnum):
    """Which way a change came."""

    CALL = "call"
    RING = "ring"
    SMS = "sms"
    EMAIL = "email"
    LINK = "link"
    """The technician's page."""
    PAGE = "page"
    """The operator's page."""
    WORKER = "worker"


@dataclass(frozen=True)
class AlertChange:
    """One line of an alert's time line."""

    kind: Happening
    at: datetime
    """UTC."""
    by: By
    who: str = ""
    """A technician's id, or an operator's name; empty where no person did it."""
    data: Mapping[str, Any] = field(default_factory=dict)


def may(state: AlertState, kind: Happening) -> bool:
    """Whether an alert in that state can be acknowledged or closed: each once, in this order.

    An alert may be closed without having been acknowledged.
    """
    if kind is Happening.ACKNOWLEDGED:
        return state is AlertState.TRIGGERED
    return state is not AlertState.CLOSED
