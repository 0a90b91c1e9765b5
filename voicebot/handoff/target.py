"""Who a target of a client's instructions means at a moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from voicebot.clients.transfer import (
    ASKED,
    TAKEN_OVER,
    URGENT,
    Instructions,
    Kind,
    Person,
    Target,
)

__all__ = [
    "ASKED",
    "TAKEN_OVER",
    "URGENT",
    "Instructions",
    "Kind",
    "Person",
    "Reach",
    "Reachable",
    "Target",
]


@dataclass(frozen=True)
class Reachable:
    """Who a target means at this moment."""

    people: tuple[Person, ...] = ()
    """Who can be rung now, in the order in which they are."""
    soon: bool = False
    """Whether somebody else only has her hands full, so that waiting makes sense."""


Reach = Callable[[Target, frozenset[str]], Reachable]
"""Who a target means now, but for the ids that were tried already."""
