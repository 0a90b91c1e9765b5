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
    found: dict[tuple[Kind, tuple[str, ...]], Expectation] = {
        (Kind.YES_NO, ()): Expectation(Kind.YES_NO)  # whatever is read back
    }
    for _, step in flows.steps():
        slot = flows.slots.get(step.does.slot) if isinstance(step.does, Collect) else None
        if slot is not None:
            kind, phrases = SLOT_TYPES[slot.type], _phrases(slot)
            found[kind, phrases] = Expectation(kind, phrases=phrases)
    return tuple(found.values())


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
        return Expectation(Kind.YES_NO, slot.name, intents=likely, value=value)
    awaited = dict.fromkeys(step.does.intents)
    for mapping in slot.mappings:
        awaited.update(dict.fromkeys(mapping.intents))
    if slot.type in ("bool", "yes_no"):
        awaited.update(dict.fromkeys(("affirm", "deny")))
    kind = SLOT_TYPES[slot.type]
    return Expectation(kind, slot.name, _phrases(slot), tuple(awaited), waiting.partial)
