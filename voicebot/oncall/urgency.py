"""What is urgent: a client's rules on what was said. Each decision names its rule and its words.

The words alone suffice: with no intent understood, an urgent call is still escalated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from voicebot.oncall.criteria import Criteria, Rule, Softener, Urgency, When
from voicebot.oncall.pattern import Pattern
from voicebot.oncall.words import BREAK, words_of

__all__ = [
    "Criteria",
    "Decision",
    "Doubt",
    "Rule",
    "Softener",
    "Urgency",
    "When",
    "decide",
    "settled",
    "worse",
]

PRESSING = (Urgency.URGENT.value, Urgency.VITAL.value)
"""Somebody must be told now."""
CONTRACT = "contract_holder"
"""The slot that names who holds the contract under which the caller's number stands."""
DEFAULT = "default"
"""The rule named when no rule fired."""


@dataclass(frozen=True)
class Doubt:
    """A rule that may hold: one question settles it, and without a clear no it counts."""

    urgency: str
    """How urgent it is if the caller says yes."""
    rule: str
    because: str
    question: str
    words: tuple[str, ...] = ()
    advice: str = ""
    said: str = ""
    """The whole utterance."""


@dataclass(frozen=True)
class Decision:
    """How urgent, and why."""

    urgency: str
    rule: str
    because: str
    words: tuple[str, ...] = ()
    """The caller's words that made the rule fire."""
    advice: str = ""
    doubt: Doubt | None = None
    """What one question must settle; only while nothing urgent is certain."""


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
    best, doubt = NOTHING_FIRED, None
    for rule in criteria.rules:
        rank = _RANK[rule.urgency.value]
        if best.rule != DEFAULT and rank <= _RANK[best.urgency]:
            continue
        said = _fires(rule, words, intent, slots, now_local)
        if said is None:
            continue
        question = rule.ask or _softened(criteria.softeners, rule, words, said)
        if rule.any and not said and rule.urgency.value in PRESSING:
            question = question or criteria.meant  # an intent alone is a guess
        if not question:
            best = Decision(rule.urgency.value, rule.id, rule.because, said, rule.advice)
        elif doubt is None or rank > _RANK[doubt.urgency]:
            doubt = Doubt(
                rule.urgency.value, rule.id, rule.because, question, said, rule.advice, text
            )
    return best if best.urgency in PRESSING else replace(best, doubt=doubt)


def worse(before: Decision | None, found: Decision) -> Decision:
    """The graver of two decisions of one call; the earlier one where they weigh the same."""
    if before is None:
        return found
    kept, other = (found, before) if _weight(found) > _weight(before) else (before, found)
    doubt = kept.doubt or other.doubt
    if kept.urgency in PRESSING or doubt is None or doubt == kept.doubt:
        return kept
    return replace(kept, doubt=doubt)


def settled(decision: Decision, sure: bool | None) -> Decision:
    """What an open doubt comes to.

    Args:
        decision: one with a doubt, or it comes back as it is.
        sure: the answer, yes or no; None where none was understood, which counts as urgent.
    """
    doubt = decision.doubt
    if doubt is None:
        return decision
    if sure is False:
        because = f"{doubt.because} L'appelant dit que non."
        return Decision(decision.urgency, doubt.rule, because, doubt.words)
    urgency = doubt.urgency if sure else Urgency.URGENT.value
    because = doubt.because if sure else f"{doubt.because} Le doute n'est pas levé."
    return Decision(urgency, doubt.rule, because, doubt.words, doubt.advice if sure else "")


def _softened(
    softeners: tuple[Softener, ...], rule: Rule, words: tuple[str, ...], said: tuple[str, ...]
) -> str:
    """The question to ask instead, where words of the same sentence may take the rule's back."""
    sentences = [s for s in _sentences(words) if said and said[0] in " ".join(s)]
    for softener in softeners:
        question = softener.ask.get(rule.urgency, "")
        if question and any(
            _stands(softener.any, sentence) and not _stands(softener.unless, sentence)
            for sentence in sentences
        ):
            return question
    return ""


def _stands(patterns: tuple[Pattern, ...], words: tuple[str, ...]) -> bool:
    return any(True for pattern in patterns for _ in pattern.spans(words))


def _sentences(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    found: list[list[str]] = [[]]
    for word in words:
        if word == BREAK:
            found.append([])
        else:
            found[-1].append(word)
    return [tuple(sentence) for sentence in found if sentence]


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
    if rule.contract is not None and rule.contract != bool(slots.get(CONTRACT)):
        return None
    if _stands(rule.without, words):
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
