"""A swap: one technician asks another to take hours of his, and may take some in return."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from voicebot.oncall.coverage import without
from voicebot.oncall.override import Change, Override, OverrideKind
from voicebot.oncall.rota import Rota, shifts
from voicebot.oncall.slot import Span


class SwapState(StrEnum):
    """How far a swap is."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Swap:
    """Asked by one, answered by the other."""

    rota: str
    asker: str
    asked: str
    start: datetime
    """What the asker gives away, up to `end`."""
    end: datetime
    back: Span | None = None
    """What he takes in return."""
    state: SwapState = SwapState.ASKED

    def __post_init__(self) -> None:
        if self.asker == self.asked:
            raise ValueError("nobody swaps with himself")
        for start, end in filter(None, ((self.start, self.end), self.back)):
            if start.tzinfo is None or end.tzinfo is None:
                raise ValueError("a swap is of instants, with a zone")
            if end <= start:
                raise ValueError("a swap of hours that end before they begin")


def objection(swap: Swap, rota: Rota, changes: Iterable[Change], now: datetime) -> str:
    """Why this swap cannot be, in one sentence; "" when it can."""
    made = tuple(changes)
    given = [(swap.asker, (swap.start, swap.end))]
    given += [(swap.asked, swap.back)] if swap.back else []
    for who, (start, end) in given:
        if start <= now:
            return f"the hours of {who} have begun: an override is what changes them now"
        own = [
            (shift.start, shift.end)
            for shift in shifts(rota, start, end, made)
            if shift.technician == who
        ]
        if without([(start, end)], sorted(own)):
            return f"{who} is not on call during all of those hours"
    return ""


def answer(swap: Swap, by: str, accepted: bool) -> Swap:
    """The swap as it stands once somebody has answered it; the asker may only take it back.

    Raises:
        ValueError: it is not his to answer, or it was answered before.
    """
    if swap.state is not SwapState.ASKED:
        raise ValueError(f"this swap was {swap.state} before")
    if by == swap.asker and not accepted:
        return replace(swap, state=SwapState.WITHDRAWN)
    if by != swap.asked:
        raise ValueError(f"{by} was not asked")
    return replace(swap, state=SwapState.ACCEPTED if accepted else SwapState.DECLINED)


def overrides(swap: Swap) -> tuple[Override, ...]:
    """What an accepted swap changes in the rota."""
    first = Override(
        swap.rota, OverrideKind.REPLACE, swap.start, swap.end, add=swap.asked, remove=swap.asker
    )
    if swap.back is None:
        return (first,)
    start, end = swap.back
    back = Override(swap.rota, OverrideKind.REPLACE, start, end, add=swap.asker, remove=swap.asked)
    return first, back
