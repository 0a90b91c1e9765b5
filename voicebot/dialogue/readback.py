"""Reading a value back: confirmed, corrected in part or whole, or typed on the keys in the end."""

from __future__ import annotations

from dataclasses import replace

from voicebot.dialogue.asking import ask, ask_differently, reopened
from voicebot.dialogue.digits import patched
from voicebot.dialogue.filling import answer_value, part, yes_no
from voicebot.dialogue.flow import Collect, Slot
from voicebot.dialogue.interpretation import Interpretation, Value
from voicebot.dialogue.state import Mode, Waiting
from voicebot.dialogue.turn import Turn

ROUNDS = 2
"""How often a value may be denied before the caller is asked to type it."""


def begin_readback(turn: Turn) -> bool:
    """Reads the value back. Always awaits an answer."""
    reopened(turn, Mode.CONFIRM)
    ask(turn)
    return True


def confirm(turn: Turn, meant: Interpretation) -> bool:
    """Takes what the caller says to a value read back; False when it says nothing about it."""
    collect, waiting = turn.collect, turn.waiting
    slot = turn.flows.slots.get(waiting.slot) if waiting else None
    if collect is None or waiting is None or slot is None:
        return False
    old = turn.slots.get(slot.name)
    new = _new_value(turn, collect, slot, meant, str(old or ""))
    if new is not None and new != old:
        turn.set(slot.name, new, meant.text)
        _denied(turn, waiting, known=True)
        return True
    said = yes_no(meant)
    if said is None and new is None and meant.intent != "correct":
        return False
    if said or (new is not None and said is None):
        confirmed(turn)
    else:
        _denied(turn, waiting, known=False)
    return True


def confirm_key(turn: Turn, key: str) -> bool:
    """1 confirms, 2 denies."""
    waiting = turn.waiting
    if waiting is None or key not in ("1", "2"):
        return False
    if key == "1":
        confirmed(turn)
    else:
        _denied(turn, waiting, known=False)
    return True


def confirmed(turn: Turn, *, sure: bool = True) -> None:
    """The value stands; unsure when the caller never said so."""
    waiting = turn.waiting
    if waiting is None:
        return
    (turn.unsure.discard if sure else turn.unsure.add)(waiting.slot)
    turn.confirmed.add(waiting.slot)
    turn.leave()


def unanswered(turn: Turn, why: str) -> None:
    """Silence, or words that are neither yes nor no: asked again, then taken as unsure."""
    waiting = turn.waiting
    if waiting is None:
        return
    if why == "silence":
        waiting = replace(waiting, silences=waiting.silences + 1)
    else:
        waiting = replace(waiting, unclears=waiting.unclears + 1)
    turn.wait(waiting)
    times = waiting.silences if why == "silence" else waiting.unclears
    if not ask_differently(turn, why, times):
        confirmed(turn, sure=False)


def _new_value(turn: Turn, collect: Collect, slot: Slot, meant: Interpretation, old: str) -> Value:
    """Another value given with the denial, whole or in part."""
    if slot.type in ("text", "bool", "yes_no"):
        return None
    if meant.intent in collect.intents:
        return None
    value = answer_value(turn, collect, slot, meant)
    if value is None and slot.type == "phone_number":
        return patched(old, part(meant, slot), meant.text)
    return value


def _denied(turn: Turn, waiting: Waiting, *, known: bool) -> None:
    """One round more; after the last one the caller types."""
    waiting = replace(waiting, rounds=waiting.rounds + 1, unclears=0, silences=0)
    turn.wait(waiting)
    turn.unsure.add(waiting.slot)
    slot = turn.flows.slots.get(waiting.slot)
    typed = slot is not None and slot.type in ("phone_number", "number", "reference")
    if known and waiting.rounds <= ROUNDS:
        reopened(turn, Mode.CONFIRM)
        ask(turn)
    elif waiting.rounds >= ROUNDS and typed:
        reopened(turn, Mode.KEYS)
        ask(turn)
    elif waiting.rounds > ROUNDS:
        confirmed(turn, sure=False)
    else:
        reopened(turn, Mode.ASK)
        if not turn.say(f"utter_ask_{waiting.slot}_retry", question=True):
            ask(turn)
