"""What is urgent: a client's rules on what was said. Each decision names its rule and its words.

The words alone suffice: with no intent understood, an urgent call is still escalated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum

from voicebot.oncall.pattern import Pattern
from voicebot.oncall.words import words_of


class Urgency(StrEnum):
    """How much a call presses."""

    VITAL = "vital"
    URGENT = "urgent"
    NORMAL = "normal"
    UNWANTED = "unwanted"


DEFAULT = "default"
"""The rule named when no rule fired."""


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
    intents: frozenset[str] = frozenset()
    both: bool = False
    """Words and intent are needed, not one of them."""
    slots: Mapping[str, str] = field(default_factory=dict)
    """Facts that must be known by now, as reason: report_no_heating."""
    when: When = When()
    advice: str = ""
    """What the caller must be told at once."""


@dataclass(frozen=True)
class Criteria:
    """All rules that hold for a client, in order: of two as grave, the first decides."""

    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True)
class Decision:
    """How urgent, and why."""

    urgency: str
    rule: str
    because: str
    words: tuple[str, ...] = ()
    """The caller's words that made the rule fire."""
    advice: str = ""


NOTHING_FIRED = Decision(Urgency.NORMAL.value, DEFAULT, "Aucun critère d'urgence n'est rempli.")

_RANK = {"vital": 3, "urgent": 2, "normal": 1, "unwanted": 0}


def decide(
    criteria: Criteria,
    *,
    text: str,
    intent: str | None,
    slots: Mapping[str, object],
    now_local: datetime,
) -> Decision:
    """The gravest rule that fires on one utterance.

    Args:
        criteria: the client's rules.
        text: what was said, as heard or typed.
        intent: what was understood, None when nothing was.
        slots: the facts known before this utterance.
        now_local: the instant in the client's zone.
    """
    words = words_of(text)
    best = NOTHING_FIRED
    for rule in criteria.rules:
        if best.rule != DEFAULT and _RANK[rule.urgency.value] <= _RANK[best.urgency]:
            continue
        said = _fires(rule, words, intent, slots, now_local)
        if said is not None:
            best = Decision(rule.urgency.value, rule.id, rule.because, said, rule.advice)
    return best


def worse(before: Decision | None, found: Decision) -> Decision:
    """The graver of two decisions of one call; the earlier one where they weigh the same."""
    if before is None:
        return found
    return found if _weight(found) > _weight(before) else before


def _weight(decision: Decision) -> int:
    """Nothing decided weighs least: a sales call stays one when nothing more is said."""
    return -1 if decision.rule == DEFAULT else _RANK[decision.urgency]


def _fires(
    rule: Rule,
    words: tuple[str, ...],
    intent: str | None,
    slots: Mapping[str, object],
    now_local: datetime,
) -> tuple[str, ...] | None:
    """The words that made the rule fire (empty where the intent did), None when it does not."""
    if not rule.when.holds(now_local):
        return None
    if any(slots.get(name) != value for name, value in rule.slots.items()):
        return None
    said = _said(rule.any, rule.unless, words)
    meant = intent is not None and intent in rule.intents
    if rule.any or rule.intents:
        fired = (bool(said) and meant) if rule.both else (bool(said) or meant)
        if not fired:
            return None
    also = _said(rule.also, rule.unless, words)
    if rule.also and not also:
        return None
    return said + tuple(word for word in also if word not in said)


def _said(
    patterns: tuple[Pattern, ...], unless: tuple[Pattern, ...], words: tuple[str, ...]
) -> tuple[str, ...]:
    """The words of the first pattern that stands in `words` and that no `unless` covers."""
    covered = [span for pattern in unless for span in pattern.spans(words)]
    for pattern in patterns:
        for start, end in pattern.spans(words):
            if not any(first <= end and start <= last for first, last in covered):
                return (" ".join(words[start : end + 1]),)
    return ()


def _within(value: object, first: object, last: object, *, closed: bool) -> bool:
    """Whether `value` lies between, going round the year or midnight where last < first."""
    low = value >= first  # type: ignore[operator]
    high = value <= last if closed else value < last  # type: ignore[operator]
    return (low and high) if first <= last else (low or high)  # type: ignore[operator]
