"""The words around a question: asking, asking again, asking differently."""

from __future__ import annotations

from dataclasses import replace

from voicebot.dialogue.flow import Collect
from voicebot.dialogue.state import Mode, Waiting
from voicebot.dialogue.turn import Turn

ATTEMPTS = 2
"""How often a question is put again where its author wrote no reprompts of its own."""


def question(waiting: Waiting, collect: Collect) -> str:
    """The response that asks what is open."""
    if waiting.mode is Mode.CONFIRM:
        return f"utter_confirm_{waiting.slot}"
    return collect.utter


def ask(turn: Turn) -> None:
    """Puts the open question for the first time."""
    collect, waiting = turn.collect, turn.waiting
    if collect is None or waiting is None:
        return
    if waiting.mode is Mode.KEYS:
        _first_known(turn, f"{collect.utter}_keys", f"utter_ask_{waiting.slot}_keys", "utter_keys")
    else:
        turn.say(question(waiting, collect), question=True)
    turn.silence_s = collect.silence_s


def ask_again(turn: Turn) -> None:
    """Puts the open question once more, shorter where there is a shorter form."""
    collect, waiting = turn.collect, turn.waiting
    if collect is None or waiting is None:
        return
    if waiting.mode is Mode.KEYS:
        ask(turn)
        return
    whole = question(waiting, collect)
    names = [f"{whole}_again"]
    if waiting.mode is Mode.ASK:
        names.append(f"utter_ask_{waiting.slot}_again")
    _first_known(turn, *names, whole)
    turn.silence_s = collect.silence_s


def ask_differently(turn: Turn, why: str, times: int) -> bool:
    """Puts the question in other words after silence or an unclear answer.

    Args:
        turn: the turn.
        why: silence or unclear.
        times: how often it has happened now, from 1.

    Returns:
        False when all wordings are used up: the way out is due.
    """
    collect, waiting = turn.collect, turn.waiting
    if collect is None or waiting is None or collect.once:
        return False
    turn.silence_s = collect.silence_s
    whole = question(waiting, collect)
    names = [f"{whole}_{why}"]
    if waiting.mode is Mode.ASK:
        names.append(f"utter_ask_{waiting.slot}_{why}")
    for name in names:
        if turn.knows(name):
            if times > turn.wordings(name):
                return False
            return turn.say(name, index=times - 1, question=True)
    if times > ATTEMPTS:
        return False
    turn.say(f"utter_{why}", index=times - 1, question=True)
    ask_again(turn)
    return True


def reopened(turn: Turn, mode: Mode) -> None:
    """The same question in another manner: counts start anew, rounds do not."""
    waiting = turn.waiting
    if waiting is not None:
        turn.wait(replace(waiting, mode=mode, silences=0, unclears=0, partial=""))


def _first_known(turn: Turn, *names: str) -> None:
    for name in names:
        if turn.knows(name) and turn.say(name, question=True):
            return
