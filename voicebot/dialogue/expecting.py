"""What the caller is expected to say, from the question that is open."""

from __future__ import annotations

from dataclasses import replace

from voicebot.dialogue.expectation import ANYTHING, Expectation, Kind
from voicebot.dialogue.flow import SLOT_TYPES, Collect, FlowSet, Slot
from voicebot.dialogue.state import Mode, State


def expected(flows: FlowSet, state: State) -> Expectation:
    """The expectation of the open question; anything when there is none."""
    return replace(_expected(flows, state), language=state.language)


def possible(flows: FlowSet) -> tuple[Expectation, ...]:
    """What may be awaited anywhere in these flows, each kind of answer once."""
    found = {Expectation(Kind.YES_NO): None}  # whatever is read back
    for _, step in flows.steps():
        slot = flows.slots.get(step.does.slot) if isinstance(step.does, Collect) else None
        if slot is not None:
            found[Expectation(SLOT_TYPES[slot.type], phrases=_phrases(slot))] = None
            if slot.readback and _said_again(slot):
                found[Expectation(Kind.YES_NO, instead=_said_again(slot))] = None
    return tuple(found)


def _said_again(slot: Slot) -> Kind | None:
    """What is said instead of a no to a value read back, where the ear can await it as well."""
    kind = SLOT_TYPES[slot.type]
    return kind if kind is Kind.PHONE_NUMBER else None


def _phrases(slot: Slot) -> tuple[str, ...]:
    """The ways of saying each of its values, for a closed list."""
    return tuple(phrase for value, said in slot.values.items() for phrase in (said or (value,)))


def _expected(flows: FlowSet, state: State) -> Expectation:
    waiting = state.waiting
    if waiting is None:
        return ANYTHING
    frame = state.stack[-1]
    step = flows.step(frame.flow, frame.step)
    slot = flows.slots.get(waiting.slot)
    if step is None or slot is None or not isinstance(step.does, Collect):
        return ANYTHING
    if waiting.mode is Mode.CONFIRM:
        likely = ("affirm", "deny", "correct")
        value = str(state.slots.get(slot.name) or "")
        again = _said_again(slot)
        return Expectation(Kind.YES_NO, slot.name, intents=likely, instead=again, value=value)
    awaited = dict.fromkeys(step.does.intents)
    for mapping in slot.mappings:
        awaited.update(dict.fromkeys(mapping.intents))
    if slot.type in ("bool", "yes_no"):
        awaited.update(dict.fromkeys(("affirm", "deny")))
    kind = SLOT_TYPES[slot.type]
    return Expectation(kind, slot.name, _phrases(slot), tuple(awaited), partial=waiting.partial)
