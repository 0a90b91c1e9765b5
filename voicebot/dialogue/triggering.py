"""Which flow starts because of what was said or decided."""

from __future__ import annotations

from dataclasses import dataclass

from voicebot.dialogue.filling import bare_fact
from voicebot.dialogue.flow import Flow
from voicebot.dialogue.interpretation import Interpretation
from voicebot.dialogue.state import Mode
from voicebot.dialogue.turn import Turn

SURE = 0.75
"""Confidence from which an utterance that answered the question may start a flow as well."""
LIKELY = 0.6
"""The same where any words would do as an answer, so that they prove nothing."""


def true_now(turn: Turn) -> frozenset[str]:
    """Flows whose `trigger_if` holds; compared before and after an event."""
    return frozenset(
        flow.name
        for flow in turn.flows.flows.values()
        if flow.trigger_if is not None and flow.trigger_if.holds(turn.lookup)
    )


def became_true(turn: Turn, before: frozenset[str]) -> Flow | None:
    """The flow whose `trigger_if` holds now and did not before, of the highest priority."""
    under_way = {frame.flow for frame in turn.stack}
    found = [
        flow
        for name in true_now(turn) - before - under_way
        if (flow := turn.flows.flows[name]).guard is None or flow.guard.holds(turn.lookup)
    ]
    return max(found, key=lambda flow: (flow.priority, flow.own, flow.name), default=None)


@dataclass(frozen=True)
class Doubt:
    """How sure an intent must be to start a flow, given the question that was open."""

    least: float = 0.0
    consumed: bool = False
    """Whether the utterance is itself an answer, whatever its intent: "demain" is no goodbye."""


def doubt(turn: Turn, meant: Interpretation) -> Doubt:
    """To be worked out before the answer is taken, with `answered` not known yet."""
    collect, waiting = turn.collect, turn.waiting
    if collect is None or waiting is None:
        return Doubt()
    consumed = waiting.mode is Mode.ASK and meant.intent in collect.intents
    consumed = consumed or bare_fact(meant)
    return Doubt(LIKELY if collect.take_words_after == 0 else 0.0, consumed)


def triggered(
    turn: Turn, meant: Interpretation, before: frozenset[str], open_: Doubt, *, certain: bool
) -> Flow | None:
    """The flow to start now, of the highest priority, or None.

    Args:
        turn: the turn, its slots already filled.
        meant: what was said.
        before: flows whose `trigger_if` held before this event.
        open_: how sure the intent must be.
        certain: whether the utterance gave the open question the very kind of answer it awaits.
    """
    under_way = {frame.flow for frame in turn.stack}
    became = true_now(turn) - before
    least = max(open_.least, SURE if certain else 0.0)
    found = [
        flow
        for flow in turn.flows.flows.values()
        if flow.name not in under_way
        and (flow.name in became or (not open_.consumed and _meant(flow, meant, least)))
        and (flow.guard is None or flow.guard.holds(turn.lookup))
    ]
    return max(found, key=lambda flow: (flow.priority, flow.own), default=None)


def _meant(flow: Flow, meant: Interpretation, least: float) -> bool:
    """Whether the intent starts the flow."""
    return meant.intent is not None and any(
        trigger.intent == meant.intent and meant.confidence >= max(least, trigger.threshold)
        for trigger in flow.triggers
    )
