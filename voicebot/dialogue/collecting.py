"""Answers to a question: taken, taken in part, refused, not understood, not given."""

from __future__ import annotations

import re
from dataclasses import replace

from voicebot.dialogue.asking import ATTEMPTS, ask, ask_again, ask_differently
from voicebot.dialogue.digits import join, telephone, too_many
from voicebot.dialogue.filling import (
    answer_value,
    bare_fact,
    own_number,
    part,
    requested,
    yes_no,
)
from voicebot.dialogue.flow import END, Collect, Slot
from voicebot.dialogue.interpretation import Interpretation, Value
from voicebot.dialogue.readback import begin_readback
from voicebot.dialogue.state import Frame, Mode, Waiting
from voicebot.dialogue.turn import Turn

NO_SUCH_DAY = "impossible"
"""The value of a date that no calendar has: "le trente février"."""
DIGIT_TYPES = ("phone_number", "number", "reference")
"""Types of slots that can be typed on the keys."""
WORD_TYPES = ("name", "address", "reference", "text", "date")
"""Types of slots for which the caller's own words will do."""


def open_question(turn: Turn, collect: Collect) -> bool:
    """Asks for a slot unless it is known. Returns whether an answer is awaited."""
    known = turn.slots.get(collect.slot)
    if known is not None and not collect.ask_before_filling:
        slot = turn.flows.slots.get(collect.slot)
        if slot and slot.readback and collect.slot not in turn.confirmed:
            turn.wait(Waiting(collect.slot))
            return begin_readback(turn)
        return False
    turn.wait(Waiting(collect.slot))
    ask(turn)
    return True


def take_answer(turn: Turn, meant: Interpretation) -> bool:
    """Takes the answer to the open question, if it is one; nothing is said yet."""
    collect, waiting = turn.collect, turn.waiting
    slot = turn.flows.slots.get(waiting.slot) if waiting else None
    if collect is None or waiting is None or slot is None:
        return False
    if number := own_number(turn, slot, meant):
        turn.wait(replace(waiting, mode=Mode.KEYS))  # nothing to read back: the line knows it
        return accept(turn, number, meant.text)
    value = answer_value(turn, collect, slot, meant)
    if value is None and slot.type == "phone_number":
        value = _dictated(turn, waiting, slot, meant)
    if value is None:
        return False
    if slot.type == "address" and _asks_for_more(turn, waiting, meant, str(value)):
        return True
    return accept(turn, value, meant.text)


def accept(turn: Turn, value: Value, words: str, *, sure: bool = True) -> bool:
    """Gives the slot asked for its value and moves on, to the read-back, or refuses it."""
    collect, waiting = turn.collect, turn.waiting
    if collect is None or waiting is None:
        return False
    old = turn.slots.get(waiting.slot)
    turn.set(waiting.slot, value, words)
    for rejection in collect.rejections:
        if rejection.condition.holds(turn.lookup):
            turn.set(waiting.slot, old)
            _refuse(turn, waiting, rejection.utter)
            return True
    (turn.unsure.discard if sure else turn.unsure.add)(waiting.slot)
    slot = turn.flows.slots.get(waiting.slot)
    if slot and slot.readback and sure and waiting.mode is Mode.ASK:
        turn.wait(replace(waiting, mode=Mode.CONFIRM, silences=0, unclears=0, partial=""))
        turn.unasked = True
    else:
        turn.confirmed.add(waiting.slot)
        turn.leave()
    return True


def unclear(turn: Turn, meant: Interpretation | None) -> None:
    """What was said is no answer; None for a key that means nothing here."""
    words = meant.text.strip() if meant and not _bare_yes_no(meant) else ""
    collect, waiting = turn.collect, turn.waiting
    if collect is None or waiting is None:
        return
    if turn.question_unheard:
        # He spoke over the question, so that he cannot know what is asked.
        ask_again(turn)
        return
    half = turn.flows.slots.get(waiting.slot)
    if waiting.partial and half and half.type == "address":
        accept(turn, waiting.partial, "")  # who knows no more has told what he knows
        return
    times = waiting.unclears + 1
    if times == 1 and (_own_number_hidden(turn, waiting, meant) or _no_day(turn, waiting, meant)):
        turn.wait(replace(waiting, unclears=times))
        ask_again(turn)
        return
    kept = f"{waiting.words} / {words}" if waiting.words and words else waiting.words or words
    turn.wait(replace(waiting, unclears=times, partial="", words=kept))
    slot = turn.flows.slots.get(waiting.slot)
    enough = collect.take_words_after
    if meant and (bare_fact(meant) or (slot and slot.type == "name" and requested(turn, words))):
        enough = None  # a fact of another kind is no answer in the caller's own words
    if words and enough is not None and times > enough and slot and slot.type in WORD_TYPES:
        accept(turn, words, words, sure=enough == 0)
    elif not ask_differently(turn, "unclear", times):
        give_up(turn, "unclear")


def silent(turn: Turn) -> None:
    """Nothing was said."""
    waiting = turn.waiting
    if waiting is None:
        return
    slot = turn.flows.slots.get(waiting.slot)
    if waiting.partial and slot and slot.type in ("number", "reference", "address"):
        accept(turn, waiting.partial, "")
        return
    times = waiting.silences + 1
    turn.wait(replace(waiting, silences=times))
    if waiting.partial and times == 1 and turn.say("utter_partial", question=True):
        return
    if not ask_differently(turn, "silence", times):
        give_up(turn, "silence")


def pressed(turn: Turn, key: str) -> None:
    """A key as an answer."""
    collect, waiting = turn.collect, turn.waiting
    slot = turn.flows.slots.get(waiting.slot) if waiting else None
    if collect is None or waiting is None or slot is None:
        return
    if key in collect.keys:
        accept(turn, collect.keys[key], "")
    elif slot.type in ("bool", "yes_no") and key in "12":
        accept(turn, key == "1", "")
    elif slot.type in DIGIT_TYPES:
        _typed(turn, waiting, slot, key)
    else:
        unclear(turn, None)


def give_up(turn: Turn, why: str) -> None:
    """Takes the way out of the question."""
    collect, waiting = turn.collect, turn.waiting
    if collect is None or waiting is None:
        return
    target = collect.give_up_silence if why == "silence" else collect.give_up_unclear
    if waiting.words and turn.slots.get(waiting.slot) is None:
        slot = turn.flows.slots.get(waiting.slot)
        if slot and slot.type == "text":
            turn.set(waiting.slot, waiting.words)
            turn.unsure.add(waiting.slot)
    flow = turn.flows.flows.get(target)
    if not target:
        turn.leave()
    elif target == END or turn.flows.step(turn.frame.flow, target):
        turn.go(target)
    elif flow:
        turn.stack[-1] = Frame(flow.name, flow.first)
    else:
        turn.leave()


def _bare_yes_no(meant: Interpretation) -> bool:
    """A yes is no answer in the caller's own words."""
    return yes_no(meant) is not None and len(meant.text.split()) <= 2


def _own_number_hidden(turn: Turn, waiting: Waiting, meant: Interpretation | None) -> bool:
    """Tells a caller who means the number he calls from that it is not shown."""
    slot = turn.flows.slots.get(waiting.slot)
    if meant is None or slot is None or slot.type != "phone_number":
        return False
    return meant.entity("own_number") is not None and turn.say("utter_own_number_unknown")


def _no_day(turn: Turn, waiting: Waiting, meant: Interpretation | None) -> bool:
    """Tells a caller that the day he names has gone by, or that there is none such."""
    slot = turn.flows.slots.get(waiting.slot)
    day = meant.entity("date") if meant else None
    if day is None or day.complete or slot is None or slot.type != "date":
        return False
    return turn.say("utter_no_such_day" if day.value == NO_SUCH_DAY else "utter_day_gone")


def _refuse(turn: Turn, waiting: Waiting, utter: str) -> None:
    """Says why the value will not do and asks again, twice at most."""
    turn.wait(replace(waiting, unclears=waiting.unclears + 1, partial=""))
    if waiting.unclears >= ATTEMPTS:
        give_up(turn, "unclear")
        return
    turn.say(utter, question=True)
    ask_again(turn)


def _dictated(turn: Turn, waiting: Waiting, slot: Slot, meant: Interpretation) -> str | None:
    """The whole number, once the parts dictated so far make one."""
    digits = part(meant, slot)
    if not digits:
        return None
    so_far = join(waiting.partial, digits)
    if number := telephone(so_far):
        return number
    if too_many(so_far):
        turn.wait(replace(waiting, partial=""))
        return None
    turn.wait(replace(waiting, partial=so_far))
    turn.dictating = True
    return None


def _asks_for_more(turn: Turn, waiting: Waiting, meant: Interpretation, value: str) -> bool:
    """Asks once for what is missing: the number and town of a street, the street of a town."""
    entity = meant.entity("address")
    if waiting.partial or waiting.mode is not Mode.ASK or not entity or entity.confidence >= 1:
        return False
    missing = "street" if re.match(r"à [A-Z]", value) else "number"
    if not turn.say(f"utter_address_{missing}", question=True):
        return False
    turn.wait(replace(waiting, partial=value, silences=0, unclears=0))
    return True


def _typed(turn: Turn, waiting: Waiting, slot: Slot, key: str) -> None:
    """Digits typed one by one; # ends, * starts again."""
    if key == "*":
        turn.wait(replace(waiting, partial=""))
        return
    so_far = waiting.partial + (key if key.isdigit() else "")
    turn.wait(replace(waiting, partial=so_far, silences=0))
    if slot.type != "phone_number":
        if key == "#" and so_far:
            accept(turn, so_far, "")
        return
    number = telephone(so_far)
    if number and (key == "#" or not so_far.startswith("00")):
        accept(turn, number, "")
    elif key == "#" or too_many(so_far):
        unclear(turn, None)
