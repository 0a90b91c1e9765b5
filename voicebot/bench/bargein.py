"""How soon the bot stops when it is interrupted, and what stops it without cause."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from voicebot.bench.callers import CLIENT
from voicebot.bench.noises import noise
from voicebot.bench.progress import shown
from voicebot.bench.report import percentile, report
from voicebot.caller.caller import Caller
from voicebot.caller.serving import serving
from voicebot.caller.voice import background, speak
from voicebot.clock import SystemClock
from voicebot.speech.callers import CALLERS
from voicebot.speech.ear import SAMPLE_RATE
from voicebot.speech.mouth import Sound

NOISES = 20
SILENT_S = 0.6
"""The bot has stopped when it says nothing for so long; between its sentences it pauses less."""
PAUSED_S = 0.35
AFTER_NOISE_S = 3.0
WORDS = (
    "Attendez, je voudrais juste laisser un message.",
    "Oui bonjour, c'est pour un rendez-vous.",
    "Excusez-moi, j'ai une question sur mon dossier.",
    "Non mais écoutez, c'est au sujet de mon divorce.",
)


@dataclass(frozen=True)
class Interruption:
    """What the bot did when somebody, or something, sounded over it."""

    stop_s: float | None
    """From the caller's first voiced sample to the bot's silence; None if it spoke on."""
    interrupted: bool
    """Whether the server's journal holds an interruption."""
    paused: bool
    """Whether it fell silent at all."""


def run(interruptions: int = 20) -> dict[str, Any]:
    """Interrupts the greeting in as many calls; then makes 20 noises over it."""
    with serving() as server:
        spoken = [
            asyncio.run(_over_greeting(server.url, turn, words=True))
            for turn in shown(range(interruptions), "interruptions")
        ]
        noises = [
            asyncio.run(_over_greeting(server.url, turn, words=False))
            for turn in shown(range(NOISES), "noises")
        ]
    stops = [found.stop_s for found in spoken if found.stop_s is not None and found.interrupted]
    figures = {
        "interruptions": len(spoken),
        "stopped": len(stops),
        "stop_p50_ms": percentile(stops, 50),
        "stop_p95_ms": percentile(stops, 95),
        "noises": len(noises),
        "stopped_by_noise": sum(found.interrupted for found in noises),
        "paused_by_noise": sum(found.paused for found in noises),
    }
    conditions = {
        "client": CLIENT,
        "interrupted": "the greeting, 0.9 to 2.4 s after its first sound",
        "noises": ", ".join(sorted({noise(number)[0] for number in range(NOISES)})),
        "stopped_by_noise": "the bot gave up what it was saying; paused_by_noise: it also counts "
        "those after which it went on",
    }
    return report("bargein", figures, conditions)


async def _over_greeting(server: str, turn: int, *, words: bool) -> Interruption:
    person, clock = CALLERS[turn % len(CALLERS)], SystemClock()
    async with Caller(background=background(person, seed=turn), clock=clock) as caller:
        await caller.ring(server, CLIENT)
        if await caller.wait_for_voice(caller.rang_at) is None:
            return Interruption(None, False, False)
        await caller.pause(0.9 + 1.5 * (turn % 6) / 5)
        await caller.wait_for_voice(clock.monotonic())  # not into the silence between two sentences
        if words:
            said = await caller.utter(speak(person, WORDS[turn % len(WORDS)], seed=turn))
        else:
            said = await caller.say(Sound(noise(turn)[1], SAMPLE_RATE))
            await caller.pause(AFTER_NOISE_S)
        await caller.pause(SILENT_S)
    begin = said.first_voiced_at
    if begin is None or not caller.earpiece.voiced_in(begin - 0.2, begin + 0.1):
        return Interruption(None, False, False)
    stopped = caller.earpiece.falls_silent(begin, SILENT_S)
    paused = caller.earpiece.falls_silent(begin, PAUSED_S)
    last = caller.earpiece.last_voiced()
    return Interruption(
        stopped - begin if stopped is not None else None,
        bool(caller.told.of("interrupted")),
        paused is not None and last is not None and paused < last,
    )
