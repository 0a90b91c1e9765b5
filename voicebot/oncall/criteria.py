"""A client's criteria: rules about what is said, when, by whom; and what takes words back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum

from voicebot.oncall.pattern import Pattern


class Urgency(StrEnum):
    """How much a call presses."""

    VITAL = "vital"
    URGENT = "urgent"
    NORMAL = "normal"
    UNWANTED = "unwanted"


@dataclass(frozen=True)
class When:
    """When a rule holds, in the client's own time; an empty field always holds."""

    months: tuple[int, int] | None = None
    """First and last, both included; (10, 4) is October to April."""
    hours: tuple[time, time] | None = None
    """From, up to; (22:00, 06:00) is the night."""
    weekdays: frozenset[int] = frozenset()
    """Monday is 0."""

    def holds(self, local: datetime) -> bool:
        """Whether `local`, in the client's zone, falls inside."""
        if self.months and not _within(local.month, *self.months, closed=True):
            return False
        if self.hours and not _within(local.time(), *self.hours, closed=False):
            return False
        return not self.weekdays or local.weekday() in self.weekdays


@dataclass(frozen=True)
class Rule:
    """One criterion.

    It fires when its words stand in the text, or its intent was understood (either one, or
    both where `both` is set), and everything else that it names holds as well.
    """

    id: str
    urgency: Urgency
    because: str
    """Why, for people: the client reads it the next morning."""
    any: tuple[Pattern, ...] = ()
    """One of these must be said."""
    also: tuple[Pattern, ...] = ()
    """And one of these, when there are any."""
    unless: tuple[Pattern, ...] = ()
    """Where one of these covers the words, they do not count ("exercice incendie")."""
    without: tuple[Pattern, ...] = ()
    """Where one of these stands anywhere, the rule does not hold."""
    intents: frozenset[str] = frozenset()
    both: bool = False
    """Words and intent are needed, not one of them."""
    slots: Mapping[str, str] = field(default_factory=dict)
    """Facts that must be known by now, as reason: report_no_heating."""
    contract: bool | None = None
    """Whether the caller's number must be one under contract, or must not; None: either."""
    when: When = When()
    advice: str = ""
    """What the caller must be told at once."""
    ask: str = ""
    """The words alone leave it open: the question whose "yes" makes the rule hold."""


@dataclass(frozen=True)
class Softener:
    """Words that may take a rule's words back: told of yesterday, imagined, settled, in jest.

    Where a rule fires in a sentence with such words, a question is asked instead.
    """

    id: str
    ask: Mapping[Urgency, str]
    """The question, for rules of each urgency that is softened."""
    any: tuple[Pattern, ...]
    unless: tuple[Pattern, ...] = ()
    """Where one of these is said, it is now after all ("maintenant", "encore")."""


@dataclass(frozen=True)
class Criteria:
    """All rules that hold for a client, in order: of two as grave, the first decides."""

    rules: tuple[Rule, ...] = ()
    softeners: tuple[Softener, ...] = ()
    meant: str = ""
    """The question where an intent made an urgent rule fire without any of its words."""


def _within(value: object, first: object, last: object, *, closed: bool) -> bool:
    """Whether `value` lies between, going round the year or midnight where last < first."""
    low = value >= first  # type: ignore[operator]
    high = value <= last if closed else value < last  # type: ignore[operator]
    return (low and high) if first <= last else (low or high)  # type: ignore[operator]
