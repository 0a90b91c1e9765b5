"""One call of a bench: rung, played, and what was timed in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from voicebot.caller.caller import Caller
from voicebot.caller.script import Script, ScriptedCaller
from voicebot.caller.voice import background
from voicebot.clock import Clock, SystemClock
from voicebot.speech.callers import CALLERS


@dataclass(frozen=True)
class Answer:
    """From the caller's last voiced sample to the bot's first, in seconds, and its stages.

    The stages are told by the server's own journal, whose clock is this machine's too.
    """

    seconds: float
    to_heard: float
    """Network and jitter buffer, the wait for the end of the turn, and what of the ear's work
    is not done during that wait."""
    dialogue: float
    """Understanding, rules, dialogue, and the commit."""
    to_caller: float
    """Voice, network, and the caller's jitter buffer."""


@dataclass(frozen=True)
class Call:
    """What one call showed."""

    pickup: float | None
    """From the line's opening to the bot's first voiced sample."""
    answers: tuple[Answer, ...]
    early: int
    """Turns that the bot answered before the caller had finished."""
    unheard: int
    """Turns that the bot did not take: nothing was said to them, or it asked again by itself."""
    outcome: str | None


async def measure(server: str, client: str, script: Script, turn: int) -> Call:
    """Rings, plays the script and times every turn; `turn` chooses the caller's voice."""
    person, clock = CALLERS[turn % len(CALLERS)], SystemClock()
    async with Caller(background=background(person, seed=turn), clock=clock) as caller:
        scripted = ScriptedCaller(caller, script, person)
        await caller.ring(server, client)
        await scripted.play()
    greeted = caller.earpiece.first_voiced(0)
    since = caller.connected_at
    pickup = greeted - since if greeted is not None and since is not None else None
    ended = caller.told.ended
    answers = []
    early = unheard = 0
    for _, said in scripted.said:
        if said is None or said.last_voiced_at is None or said.first_voiced_at is None:
            continue
        if caller.earpiece.voiced_in(said.first_voiced_at + 0.3, said.last_voiced_at):
            early += 1
            continue
        answer = _answer(caller, said.last_voiced_at, clock)
        if answer is None:
            unheard += 1
        else:
            answers.append(answer)
    outcome = str(ended.data.get("outcome")) if ended else None
    return Call(pickup, tuple(answers), early, unheard, outcome)


def _answer(caller: Caller, last: float, clock: Clock) -> Answer | None:
    """What the bot answered to words that ended at `last`; None if it never heard them."""
    first = caller.earpiece.first_voiced(last)
    if first is None:
        return None
    heard = said = None
    for event in caller.told.of("heard", "said"):
        at = seconds(event.at, clock)
        if at is None or not last <= at <= first:
            continue
        if event.kind == "heard":
            heard = at
        elif heard is not None and said is None:
            said = at
    if heard is None or said is None:
        return None
    return Answer(first - last, heard - last, said - heard, first - said)


def seconds(at: datetime | None, clock: Clock) -> float | None:
    """An instant of the server's, on the monotonic clock of this process."""
    if at is None:
        return None
    return clock.monotonic() - (clock.now() - at).total_seconds()
