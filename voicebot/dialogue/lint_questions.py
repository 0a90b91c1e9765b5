"""Questions that would leave a caller alone: no words, no second try, no way out."""

from __future__ import annotations

from collections.abc import Iterator

from voicebot.dialogue.finding import Finding, error
from voicebot.dialogue.flow import END, Collect, FlowSet, Step


def question_findings(flows: FlowSet) -> Iterator[Finding]:
    """What each collect lacks."""
    for _, step in flows.steps():
        if isinstance(step.does, Collect):
            yield from _collect(flows, step, step.does)


def _collect(flows: FlowSet, step: Step, collect: Collect) -> Iterator[Finding]:
    if collect.utter not in flows.responses:
        yield error(f"the question {collect.utter} is missing", step.where, "write the response")
    for why in ("silence", "unclear"):
        names = (f"{collect.utter}_{why}", f"utter_ask_{collect.slot}_{why}")
        if not collect.once and not any(name in flows.responses for name in names):
            yield error(f"no reprompt for {why}: {names[0]} is missing", step.where)
    slot = flows.slots.get(collect.slot)
    confirm = f"utter_confirm_{collect.slot}"
    if slot and slot.readback and confirm not in flows.responses:
        yield error(f"{collect.slot} is read back, but {confirm} is missing", step.where)
    if not (collect.give_up_silence and collect.give_up_unclear):
        todo = f"give_up: a step, a flow or {END}"
        yield error(f"no way out of the question for {collect.slot}", step.where, todo)
