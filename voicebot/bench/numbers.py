"""How many telephone numbers are right: typed, at the first hearing, and after one read-back."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from voicebot.bench.dictating import Dictation, Parts, again, dictation, spoken, typed
from voicebot.bench.progress import shown
from voicebot.bench.report import report
from voicebot.caller.voice import background, speak
from voicebot.calls.journal import MemoryJournal
from voicebot.calls.session import CallSession, Reply, Utterance
from voicebot.clients.client import Client
from voicebot.clock import FakeClock
from voicebot.dialogue.expectation import Expectation, Kind
from voicebot.errors import BadInput
from voicebot.french.phone import national
from voicebot.speech.callers import CALLERS
from voicebot.speech.ear import SAMPLE_RATE, Ear, Samples
from voicebot.understanding.interpreter import Interpreter

SLOT = "callback_number"
KEYPAD = "utter_ask_callback_number_keys"
MOST_TURNS = 8
_QUIET_S = 0.4
"""Of the line's noise, before and after what is said."""
_REQUEST = "Je voudrais laisser un message au sujet de la vente de ma maison, c'est pour un acte."
_NAME = "Martin Dupont"

Hears = Callable[[Parts, Expectation, int], Utterance]
"""What reaches the bot of something said, where that is expected; the number tells turns apart."""


@dataclass(frozen=True)
class Taken:
    """How one number was taken."""

    way: str
    first: bool
    """The first read-back was right, and nothing was asked again before it."""
    after: bool
    """The number was right after one wrong read-back at most."""


def run(
    ear: Ear, interpreter: Interpreter, client: Client, *, numbers: int, typed_numbers: int
) -> dict[str, Any]:
    """Dictates numbers to the real dialogue, typed and through voice, telephone line and ear."""
    by_text = [
        take(client, interpreter, dictation(seed), _typed)
        for seed in shown(range(typed_numbers), "typed")
    ]
    by_voice = [
        take(client, interpreter, dictation(seed), through_ear(ear, client, seed))
        for seed in shown(range(numbers), "heard")
    ]
    figures = {
        "typed": len(by_text),
        "typed_exact": _share([one.first for one in by_text]),
        "heard": len(by_voice),
        "heard_exact_first": _share([one.first for one in by_voice]),
        "heard_exact_after_readback": _share([one.after for one in by_voice]),
    }
    conditions = {
        "client": client.name,
        "ear": ear.name,
        "voices": len(CALLERS),
        "snr_db": CALLERS[0].snr_db,
        "line": "telephone band, G.711",
        "ways": dict(Counter(one.way for one in by_voice)),
        "first_by_way": _by_way(by_voice, [one.first for one in by_voice]),
        "after_by_way": _by_way(by_voice, [one.after for one in by_voice]),
    }
    return report("numbers", figures, conditions)


def take(client: Client, interpreter: Interpreter, said: Dictation, hears: Hears) -> Taken:
    """One caller, from the question for his number to its being right, or to the keypad."""
    session = CallSession(
        client, interpreter, MemoryJournal(), FakeClock(), call_id=f"number {said.number}"
    )
    _led_to_the_question(session)
    waiting = list(said.turns)
    planned, wrong = len(waiting), 0
    for turn in range(MOST_TURNS):
        parts = waiting.pop(0) if waiting else again(said.number)
        heard = hears(parts, session.expectation, turn)
        reply = session.hear(heard) if heard.text else session.silence()
        if _at_keypad(reply):
            break
        if not _reads_back(session):
            continue
        value = str(session.slots.get(SLOT))
        if value == said.number:
            return Taken(said.way, wrong == 0 and turn < planned, wrong <= 1)
        wrong += 1
        if wrong > 1:
            break
        waiting = [denial(said.number, value, random.Random(said.number))]
    return Taken(said.way, False, False)


def denial(right: str, heard: str, rng: random.Random) -> Parts:
    """What one says to a wrong number: it again, or only the pair that was misheard."""
    digits, wrong = national(right), national(heard)
    places = range(0, len(digits), 2)
    pairs = [at for at in places if digits[at : at + 2] != wrong[at : at + 2]]
    if len(wrong) == len(digits) and len(pairs) == 1 and rng.random() < 0.5:
        at = pairs[0]
        new, old = spoken(digits[at : at + 2]), spoken(wrong[at : at + 2])
        choices = [f"non, c'est {new} au lieu de {old}", f"non, c'est pas {old}, c'est {new}"]
        if at == len(digits) - 2:
            choices.append(f"non, {new} à la fin")
        return (rng.choice(choices),)
    return ("non, c'est le", 0.2, *again(right))


def through_ear(ear: Ear, client: Client, seed: int) -> Hears:
    """What the ear makes of a voice that it never heard in training, on a telephone line."""
    person = CALLERS[seed % len(CALLERS)]
    noise = background(person, seed)

    def hears(parts: Parts, expectation: Expectation, turn: int) -> Utterance:
        spoken_parts = speak(person, *parts, seed=seed + turn).sound.samples
        heard = ear.listen(on_line(spoken_parts, noise), expectation, client.words)
        return Utterance(heard.text, heard.confidence, heard.alternatives, ear=ear.name)

    return hears


def on_line(speech: Samples, noise: Samples) -> Samples:
    """Speech with the line's noise under it, and around it: float32 [n], 16 kHz."""
    quiet = np.zeros(int(_QUIET_S * SAMPLE_RATE), np.float32)
    sound = np.concatenate([quiet, speech, quiet])
    return np.asarray(sound + np.resize(noise, len(sound)), np.float32)


def _typed(parts: Parts, expectation: Expectation, turn: int) -> Utterance:
    return Utterance(typed(parts))


def _led_to_the_question(session: CallSession) -> None:
    """Greets, leaves a message and a name, until the number is asked for."""
    session.answer()
    for _ in range(MOST_TURNS):
        if session.expectation.kind is Kind.PHONE_NUMBER:
            return
        asked_name = session.expectation.kind is Kind.NAME
        session.hear(Utterance(_NAME if asked_name else _REQUEST))
    raise BadInput(f"the flow of {session.client.name} asks for no number", todo=f"collect {SLOT}")


def _reads_back(session: CallSession) -> bool:
    awaited = session.expectation
    return awaited.kind is Kind.YES_NO and awaited.slot == SLOT


def _at_keypad(reply: Reply) -> bool:
    return reply.hang_up is not None or any(say.response == KEYPAD for say in reply.says)


def _by_way(taken: Sequence[Taken], right: Sequence[bool]) -> dict[str, float | None]:
    return {
        way: _share([yes for one, yes in zip(taken, right, strict=True) if one.way == way])
        for way in sorted({one.way for one in taken})
    }


def _share(right: Sequence[bool]) -> float | None:
    return round(sum(right) / len(right), 3) if right else None
