"""Going through the steps of the flows until an answer is awaited or the call ends."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import replace

from voicebot.dialogue.action import Transfer
from voicebot.dialogue.asking import ask_again
from voicebot.dialogue.collecting import open_question
from voicebot.dialogue.flow import (
    END,
    LAST_FLOW,
    Act,
    Call,
    Collect,
    Link,
    Noop,
    SetSlots,
    Step,
    Utter,
)
from voicebot.dialogue.interpretation import Value
from voicebot.dialogue.rendering import PLACEHOLDER, filled
from voicebot.dialogue.state import Frame, Mode
from voicebot.dialogue.triggering import became_true, true_now
from voicebot.dialogue.turn import Turn

log = logging.getLogger(__name__)

BUDGET = 200
"""Steps for one event; the linter finds loops, this ends those that it was never shown."""
DEEPEST = 20
"""Flows on top of one another."""
MOST_TRANSFERS = 3
"""How often a person is looked for in one call; after that there is nobody."""


def run(turn: Turn) -> None:
    """Goes on until the caller must speak or the conversation is over."""
    for _ in range(BUDGET):
        if turn.ended is not None:
            return
        if not turn.stack:
            _start_last(turn)
        elif turn.frame.step == END or turn.step is None:
            if _resume(turn):
                return
        elif len(turn.stack) > DEEPEST:
            turn.stack.pop()
        elif _execute(turn, turn.step):
            return
    if turn.ended is None:
        log.error("a flow goes round without asking anything: %s", turn.stack[-1:])
        turn.hang_up("failed")


def _start_last(turn: Turn) -> None:
    """Nothing is left to do: says goodbye, or just ends."""
    flow = turn.flows.flows.get(LAST_FLOW)
    if flow is None or not flow.steps or turn.parted:
        turn.hang_up("informed")
        return
    turn.parted = True
    turn.push(flow)


def _resume(turn: Turn) -> bool:
    """Ends the speaking flow and goes back to the one below. Returns whether it waits."""
    over = turn.stack.pop()
    if not turn.stack:
        return False
    waiting = turn.waiting
    if waiting is None:
        if turn.frame.called:
            turn.leave()
        return False
    collect = turn.collect
    known = turn.slots.get(waiting.slot) is not None
    fresh = waiting.mode is Mode.ASK and waiting.rounds == 0
    if collect and known and fresh and not collect.ask_before_filling:
        return open_question_again(turn, collect)
    flow = turn.flows.flows.get(over.flow)
    if flow is None or flow.ask_again:
        ask_again(turn)
    if flow and flow.silence_s is not None:
        turn.silence_s = flow.silence_s
    return True


def open_question_again(turn: Turn, collect: Collect) -> bool:
    """The flow that came between has filled the slot: reads it back or moves on."""
    turn.wait(None)
    if open_question(turn, collect):
        return True
    turn.leave()
    return False


def _execute(turn: Turn, step: Step) -> bool:
    """Does one step and moves on. Returns whether an answer is awaited instead."""
    if not isinstance(step.does, Noop):
        turn.moved()
    match step.does:
        case Collect() as collect:
            if open_question(turn, collect):
                return True
        case Link(name):
            turn.stack[-1] = _at_start(turn, name)
            return False
        case Call(name):
            turn.stack[-1] = replace(turn.frame, called=True)
            turn.stack.append(_at_start(turn, name))
            return False
        case Utter(response):
            turn.say(response)
        case SetSlots(values):
            _set(turn, values)
            return False
        case Act() as act:
            if _act(turn, act):
                return True
    turn.leave()
    return False


def _set(turn: Turn, values: Iterable[tuple[str, Value]]) -> None:
    """Gives slots their values; a flow that waited for them starts."""
    held = true_now(turn)
    for name, value in values:
        turn.set(name, resolved(turn, value))
    turn.leave()
    if flow := became_true(turn, held):
        turn.push(flow)


def _at_start(turn: Turn, name: str) -> Frame:
    flow = turn.flows.flows.get(name)
    return Frame(name, flow.first if flow else END)


def _transfer(turn: Turn, act: Act) -> bool:
    """Looks for a person, unless that was done too often. Returns whether it is awaited."""
    if turn.transfers >= MOST_TRANSFERS:
        turn.set("transfer", "nobody")
        return False
    turn.transfers += 1
    turn.transfer = act.reason
    turn.actions.append(Transfer(act.reason))
    return True


def _act(turn: Turn, act: Act) -> bool:
    """Does what an action says. Returns whether its end is awaited."""
    match act.action:
        case "action_transfer":
            return _transfer(turn, act)
        case "action_save_message":
            turn.save(complete=True)
        case "action_raise_alert":
            turn.raise_alert()
        case "action_repeat":
            turn.repeat()
        case "action_speak":
            turn.language = act.language or turn.language
        case "action_hang_up":
            turn.hang_up(act.outcome or "informed")
        case _:
            log.error("no such action: %s", act.action)
    return False


def resolved(turn: Turn, value: Value) -> Value:
    """A value with its placeholders: "{caller_number}" is that slot's value as it is."""
    if not isinstance(value, str):
        return value
    if match := PLACEHOLDER.fullmatch(value):
        known = turn.slots.get(match[1])
        fact = match[1].removeprefix("facts.")
        return known if known is not None else turn.flows.facts.get(fact)
    return filled(value, turn.speak)
