"""The engine of conversations: `advance` takes what happened and gives what to do. Pure and total.

One event goes through these parts, in this order:

1. its facts become slots, and every slot that the utterance speaks of is filled (`filling`);
2. the open question takes its answer (`collecting`, `readback`);
3. a flow starts where a rule or an intent asks for it (`triggering`);
4. the steps are gone through until an answer is awaited or the call ends (`stepping`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from voicebot.dialogue.action import Action
from voicebot.dialogue.asking import ask, ask_again
from voicebot.dialogue.collecting import pressed, silent, take_answer, unclear
from voicebot.dialogue.event import (
    Event,
    Interrupted,
    PickedUp,
    Pressed,
    Silent,
    Spoke,
    Transferred,
)
from voicebot.dialogue.expectation import Expectation
from voicebot.dialogue.expecting import expected
from voicebot.dialogue.filling import fill_others, keep_urgent_words
from voicebot.dialogue.flow import QUIET_FLOW, TRANSFER_FLOW, FlowSet
from voicebot.dialogue.interpretation import Interpretation, Value
from voicebot.dialogue.readback import confirm, confirm_key, unanswered
from voicebot.dialogue.state import Mode, State
from voicebot.dialogue.stepping import run
from voicebot.dialogue.triggering import doubt, triggered, true_now
from voicebot.dialogue.turn import PRESSING, Turn

LONGEST_QUIET = 3
"""Silences in a row before nobody is taken to be there any more."""
KEYS = frozenset("0123456789*#")
_GRAVITY = {"unwanted": 0, "normal": 1, "urgent": 2, "vital": 3}
_URGENCY_FACTS = ("urgency", "urgency_rule", "urgency_because", "advice")


def start(flows: FlowSet) -> State:
    """The state before the call is picked up."""
    return State(
        slots={
            slot.name: slot.initial_value
            for slot in flows.slots.values()
            if slot.initial_value is not None
        }
    )


def advance(
    flows: FlowSet, state: State, event: Event, now: datetime
) -> tuple[State, tuple[Action, ...]]:
    """Takes one event; never raises, always comes to an end.

    Args:
        flows: what the conversation follows.
        state: where it stands; it is not changed.
        event: what happened.
        now: the instant in the client's zone.

    Returns:
        The new state, and what to do, in order; nothing once the conversation has ended.
    """
    if state.ended is not None:
        return state, ()
    if isinstance(event, Interrupted):
        return _interrupted(state, event), ()
    if state.transfer and not isinstance(event, Transferred):
        return state, ()
    turn = Turn(flows, state, now)
    match event:
        case PickedUp(facts):
            _know(turn, facts)
            first = flows.opening(turn.slots.get("situation")).flow
            if not turn.stack and first in flows.flows:
                turn.push(flows.flows[first])
            run(turn)
        case Spoke(meant, facts):
            _spoke(turn, meant, facts)
        case Pressed(key):
            _pressed(turn, key)
        case Silent():
            _silent(turn)
        case Transferred():
            _transferred(turn, event)
    return turn.finish(), tuple(turn.actions)


def expectation(flows: FlowSet, state: State) -> Expectation:
    """What the caller is expected to say next."""
    return expected(flows, state)


def _interrupted(state: State, event: Interrupted) -> State:
    """Remembers whether the question was heard: it ends what the bot says."""
    return replace(state, question_unheard=len(event.left.split()) > 2)


def _know(turn: Turn, facts: Mapping[str, Value]) -> None:
    """Facts become slots; what was urgent stays so."""
    before = _GRAVITY.get(str(turn.slots.get("urgency")), -1)
    milder = _GRAVITY.get(str(facts.get("urgency")), 9) < before
    for name, value in facts.items():
        if not (milder and name in _URGENCY_FACTS):
            turn.set(name, value)


def _spoke(turn: Turn, meant: Interpretation, facts: Mapping[str, Value]) -> None:
    """The caller said something."""
    if spoken := meant.entity("language"):
        turn.language = str(spoken.value)
    held = true_now(turn)
    pressing = turn.slots.get("urgency") in PRESSING
    _know(turn, facts)
    if turn.slots.get("urgency") in PRESSING and not pressing:
        keep_urgent_words(turn, meant.text)
    asked = turn.waiting.slot if turn.waiting else ""
    confirming = turn.waiting is not None and turn.waiting.mode is Mode.CONFIRM
    open_ = doubt(turn, meant)
    others = fill_others(turn, meant, asked)
    answered = confirm(turn, meant) if confirming else take_answer(turn, meant)
    for name in others.corrected:
        if not turn.say(f"utter_corrected_{name}"):
            turn.say("utter_corrected")
    slot = turn.flows.slots.get(asked)
    certain = answered and slot is not None and slot.type != "text"
    flow = triggered(turn, meant, held, open_, certain=certain)
    if flow is not None:
        turn.unasked = False  # asked when the flow that comes between is over
        turn.push(flow)
        run(turn)
    elif not answered:
        _not_answered(turn, meant, told_something=others.any, confirming=confirming)
    _go_on(turn)


def _not_answered(
    turn: Turn, meant: Interpretation, *, told_something: bool, confirming: bool
) -> None:
    """What was said does not answer the question; it may still have been of use."""
    if turn.dictating:
        turn.say("utter_partial", question=True)
    elif told_something:
        ask_again(turn)
    elif confirming:
        unanswered(turn, "unclear")
    else:
        unclear(turn, meant)


def _silent(turn: Turn) -> None:
    """The caller said nothing; one who answers no question at all is not asked them all."""
    turn.quiet = turn.before.quiet + 1
    gone = turn.flows.flows.get(QUIET_FLOW)
    if gone and turn.quiet > LONGEST_QUIET and gone.name not in {f.flow for f in turn.stack}:
        turn.push(gone)
        run(turn)
    elif turn.waiting and turn.waiting.mode is Mode.CONFIRM:
        unanswered(turn, "silence")
    else:
        silent(turn)
    _go_on(turn)


def _pressed(turn: Turn, key: str) -> None:
    """The caller pressed a key."""
    if turn.waiting is None or key not in KEYS:
        return
    if turn.waiting.mode is not Mode.CONFIRM:
        pressed(turn, key)
    elif not confirm_key(turn, key):
        unanswered(turn, "unclear")
    _go_on(turn)


def _transferred(turn: Turn, event: Transferred) -> None:
    """The flow that wanted a person goes on; or the one for calls that were taken over does."""
    turn.set("transfer", event.result)
    turn.set("transfer_person", event.person or None)
    if turn.transfer:
        turn.transfer = ""
        turn.leave()
        run(turn)
    elif flow := turn.flows.flows.get(TRANSFER_FLOW):
        turn.push(flow)
        run(turn)


def _go_on(turn: Turn) -> None:
    """Reads back what was just given, or goes through the steps to the next question."""
    if turn.ended is None and turn.waiting is None and not turn.transfer:
        run(turn)
    elif turn.unasked and not turn.transfer:
        ask(turn)
