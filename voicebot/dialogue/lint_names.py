"""Names that lead nowhere: slots, responses, flows, steps, facts, intents."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from voicebot.dialogue.conditions import Condition
from voicebot.dialogue.finding import Finding, error, warning
from voicebot.dialogue.flow import (
    END,
    Call,
    Collect,
    Flow,
    FlowSet,
    Link,
    Response,
    SetSlots,
    Step,
    Utter,
)
from voicebot.dialogue.rendering import placeholders
from voicebot.dialogue.yamlfile import did_you_mean
from voicebot.errors import Place

CALL_NAMES = ("message", "alert", "language", "under")
"""What conditions may ask of the call itself."""
COMPUTED = ("wish",)
"""Placeholders that the engine works out."""
BUILT_IN = (
    "utter_silence", "utter_unclear", "utter_partial", "utter_keys", "utter_corrected",
    "utter_own_number_unknown",
    "utter_address_number", "utter_address_street",
    "utter_day_gone",
    "utter_no_such_day",
)  # fmt: skip
"""Responses that the engine says of itself."""


def name_findings(flows: FlowSet) -> Iterator[Finding]:
    """Unknown names in flows."""
    for flow in flows.flows.values():
        for condition in (flow.guard, flow.trigger_if):
            yield from _condition(flows, condition, flow.where)
        for step in flow.steps.values():
            yield from _step(flows, flow, step)


def _step(flows: FlowSet, flow: Flow, step: Step) -> Iterator[Finding]:
    for branch in step.next:
        yield from _condition(flows, branch.condition, step.where)
        if branch.target != END and branch.target not in flow.steps:
            hint = did_you_mean(branch.target, flow.steps)
            yield error(f"flow {flow.name!r} has no step {branch.target!r}", step.where, hint)
    match step.does:
        case Collect() as collect:
            yield from _collect(flows, flow, step, collect)
        case Utter(response):
            yield from _known("response", response, flows.responses, step.where)
        case SetSlots(values):
            for name, _ in values:
                yield from _known("slot", name, flows.slots, step.where)
        case Link(name) | Call(name):
            yield from _known("flow", name, flows.flows, step.where)


def _collect(flows: FlowSet, flow: Flow, step: Step, collect: Collect) -> Iterator[Finding]:
    yield from _known("slot", collect.slot, flows.slots, step.where)
    for rejection in collect.rejections:
        yield from _condition(flows, rejection.condition, step.where)
        yield from _known("response", rejection.utter, flows.responses, step.where)
    for target in {collect.give_up_silence, collect.give_up_unclear} - {"", END}:
        if target not in flow.steps and target not in flows.flows:
            hint = did_you_mean(target, [*flow.steps, *flows.flows])
            yield error(
                f"give_up: neither a step nor a flow is called {target!r}", step.where, hint
            )


def _condition(
    flows: FlowSet, condition: Condition | None, where: Place | None
) -> Iterator[Finding]:
    for space, name in sorted(condition.names()) if condition else ():
        if space == "slots":
            yield from _known("slot", name, flows.slots, where)
        elif space == "call":
            yield from _known("fact of the call", name, CALL_NAMES, where)


def _known(kind: str, name: str, known: Collection[str], where: Place | None) -> Iterator[Finding]:
    if name not in known:
        yield error(f"no {kind} is called {name!r}", where, did_you_mean(name, known))


def response_findings(flows: FlowSet) -> Iterator[Finding]:
    """Responses that hold unknown names, or that nothing says."""
    used = frozenset(_used(flows))
    for response in flows.responses.values():
        for variation in response.variations:
            yield from _condition(flows, variation.condition, variation.where)
        yield from _placeholders(flows, response)
        if response.name not in used:
            yield warning(f"nothing says {response.name}", response.where)


def _placeholders(flows: FlowSet, response: Response) -> Iterator[Finding]:
    """A wording with an unknown name is never used, which is a mistake where no other is left."""
    known = [*flows.slots, *flows.facts, *(f"facts.{name}" for name in flows.facts), *COMPUTED]
    unknown = {
        index: [name for name, _ in placeholders(variation.text) if name not in known]
        for index, variation in enumerate(response.variations)
    }
    alone = all(unknown.values())
    for index, names in unknown.items():
        for name in names:
            hint = did_you_mean(name, known)
            if alone or hint:
                where = response.variations[index].where
                yield error(f"{response.name}: no slot or fact is called {name!r}", where, hint)


def _used(flows: FlowSet) -> Iterator[str]:
    yield from BUILT_IN
    for slot in flows.slots:
        yield f"utter_corrected_{slot}"
    for _, step in flows.steps():
        if isinstance(step.does, Utter):
            yield step.does.response
        if isinstance(step.does, Collect):
            slot = step.does.slot
            yield from (rejection.utter for rejection in step.does.rejections)
            yield f"utter_ask_{slot}_retry"
            for question in (step.does.utter, f"utter_ask_{slot}", f"utter_confirm_{slot}"):
                if question in (step.does.utter, f"utter_confirm_{slot}"):
                    yield question
                for suffix in ("again", "silence", "unclear", "keys"):
                    yield f"{question}_{suffix}"


def intent_findings(flows: FlowSet, intents: Collection[str]) -> Iterator[Finding]:
    """Intents that no training sentence has."""
    for flow in flows.flows.values():
        for trigger in flow.triggers:
            yield from _known("intent", trigger.intent, intents, flow.where)
        for step in flow.steps.values():
            if isinstance(step.does, Collect):
                for name in step.does.intents:
                    yield from _known("intent", name, intents, step.where)
    for slot in flows.slots.values():
        for mapping in slot.mappings:
            for name in (*mapping.intents, *mapping.not_intents):
                yield from _known("intent", name, intents, slot.where)
