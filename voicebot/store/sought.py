"""What a search through the calls asks for."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, or_

from voicebot.store.days import Days
from voicebot.store.fold import terms
from voicebot.store.tables import calls

GOING_ON = "going_on"
"""The outcome of a call that has none yet."""
FRANCE = "+33"
CERTAIN = 6
"""More digits than these are one number and hardly another's middle, whatever its country."""


@dataclass(frozen=True)
class Filter:
    """Which calls are wanted; an empty field wants them all."""

    client: str | None = None
    urgency: str | None = None
    """An urgency; a call about which nothing was decided is normal."""
    words: str = ""
    """Each word must be in what was said, understood or left, or in the caller's number."""
    number: str = ""
    """A part of a telephone number, grouped as one likes: the caller's, or one that he gave."""
    outcome: str | None = None
    """What became of the call; `GOING_ON` for one that has not ended."""
    days: Days | None = None
    among: Collection[str] | None = None
    """Only calls of these clients, whatever else is asked: those that one may see. None: of all."""

    def condition(self) -> ColumnElement[bool]:
        """The filter as a condition of SQL."""
        wanted = [calls.c.search.contains(word, autoescape=True) for word in terms(self.words)]
        if self.among is not None:
            wanted.append(calls.c.client.in_(sorted(self.among)))
        if self.client:
            wanted.append(calls.c.client == self.client)
        if self.number.strip():
            wanted.append(_number(self.number))
        if self.days:
            wanted.append(self.days.condition())
        if self.outcome == GOING_ON:
            wanted.append(calls.c.ended_at.is_(None))
        elif self.outcome:
            wanted.append(calls.c.outcome == self.outcome)
        if self.urgency == "normal":
            wanted.append(or_(calls.c.urgency == "normal", calls.c.urgency.is_(None)))
        elif self.urgency:
            wanted.append(calls.c.urgency == self.urgency)
        return and_(True, *wanted)


def _number(text: str) -> ColumnElement[bool]:
    """Numbers are kept as +33612345678, and what is searched may be written 06 12, or 56 78."""
    digits = re.sub(r"\D", "", text)
    if digits.startswith("00"):
        digits = digits[2:]
    elif digits.startswith("0") and len(digits) > CERTAIN:
        digits = digits[1:]
    elif digits.startswith("0"):
        # So few digits stand anywhere; as the beginning of a number the zero means more.
        return or_(
            calls.c.search.contains(f"{FRANCE}{digits[1:]}"), calls.c.search.contains(digits)
        )
    if not digits:
        return false()
    return calls.c.search.contains(digits)
