"""Which flow starts because of what was said or decided."""

from __future__ import annotations

from voicebot.dialogue.flow import Flow
from voicebot.dialogue.interpretation import Interpretation
from voicebot.dialogue.state import Mode
from voicebot.dialogue.turn import Turn

SURE = 0.75
"""Confidence from which an utterance that answered the question may start a flow as well."""


def true_now(turn: Turn) -> frozenset[str]:
    """Flows whose `trigger_if` holds; compared before and after an event."""
    return frozenset(
        flow.name
        for flow in turn.flows.flows.values()
        if flow.trigger_if is not None and flow.trigger_if.holds(turn.lookup)
    )


def triggered(
    turn: Turn, meant: Interpretation, before: frozenset[str], *, answered: bool
) -> Flow | None:
    """The flow to start now, of the highest priority, or None.

    Args:
        turn: the turn, its slots already filled.
        meant: what was said.
        before: flows whose `trigger_if` held before this event.
        answered: whether the utterance answered the open question.
    """
    under_way = {frame.flow for frame in turn.stack}
    became = true_now(turn) - before
    found = [
        flow
        for flow in turn.flows.flows.values()
        if flow.name not in under_way
        and (flow.name in became or _meant(turn, flow, meant, answered=answered))
        and (flow.guard is None or flow.guard.holds(turn.lookup))
    ]
    return max(found, key=lambda flow: (flow.priority, flow.own), default=None)


def _meant(turn: Turn, flow: Flow, meant: Interpretation, *, answered: bool) -> bool:
    """Whether the intent starts the flow, and was not simply the answer."""
    collect, waiting = turn.collect, turn.waiting
    if meant.intent is None:
        return False
    if collect and waiting and waiting.mode is Mode.ASK and meant.intent in collect.intents:
        return False
    least = SURE if answered else 0.0
    return any(
        trigger.intent == meant.intent and meant.confidence >= max(least, trigger.threshold)
        for trigger in flow.triggers
    )
