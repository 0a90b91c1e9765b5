"""How many callers are answered before they have finished: people pause inside what they say."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np

from voicebot.bench.callers import CLIENT, NUMBERS, script_of
from voicebot.bench.measure import seconds
from voicebot.bench.progress import shown
from voicebot.bench.report import percentile, report
from voicebot.caller.caller import Caller
from voicebot.caller.microphone import Said
from voicebot.caller.script import Line, ScriptedCaller
from voicebot.caller.serving import serving
from voicebot.caller.voice import background
from voicebot.clock import SystemClock
from voicebot.speech.callers import CALLERS

UTTERANCES = 40
PAUSES_S = (0.3, 0.9)
MOST_CALLS = 30

HESITANT = (
    ("Bonjour, je vous appelle parce que", "j'ai reçu une lettre", "du tribunal de Lyon."),
    ("Oui bonjour, euh", "c'est au sujet de", "mon divorce, voilà."),
    ("Bonjour, alors", "je voudrais savoir si", "maître Durand peut me rappeler."),
    ("En fait", "mon employeur m'a envoyé", "une lettre de licenciement", "et je la conteste."),
    ("Bonjour, je voudrais", "laisser un message pour", "maître Durand."),
    ("C'est pour la succession de", "mon père,", "j'ai encore des documents à envoyer."),
)
HESITANT_NAMES = (
    ("Je m'appelle", "Sophie Bernard."), ("C'est monsieur", "Petit."),
    ("Euh,", "Julien", "Robert."), ("Alors c'est madame", "Garnier."),
)  # fmt: skip


@dataclass(frozen=True)
class Utterance:
    """One utterance with pauses inside."""

    dictated: bool
    cut_off: bool
    longest_pause_s: float


def run(utterances: int = UTTERANCES) -> dict[str, Any]:
    """Leaves messages with pauses of 300 to 900 ms inside; counts the answers that came too early.

    An utterance is cut off when the bot speaks, or takes the turn, before its last voiced sample.
    Compared in the same run: how many of them a fixed silence of 700 ms would have cut.
    """
    found: list[Utterance] = []
    with serving() as server:
        for turn in shown(range(MOST_CALLS), "calls"):
            found += asyncio.run(_call(server.url, turn))
            if len(found) >= utterances:
                break
    dictated = [one for one in found if one.dictated]
    figures = {
        "utterances": len(found),
        "cut_off": sum(one.cut_off for one in found),
        "dictated": len(dictated),
        "dictated_cut_off": sum(one.cut_off for one in dictated),
        "cut_off_by_fixed_silence_700": sum(one.longest_pause_s > 0.7 for one in found),
        "longest_pause_p50_ms": percentile([one.longest_pause_s for one in found], 50),
    }
    conditions = {
        "client": CLIENT,
        "pauses_s": PAUSES_S,
        "said": "requests, names and telephone numbers, each with one to four pauses",
    }
    return report("endpoint", figures, conditions)


def hesitating(parts: tuple[str, ...], rng: np.random.Generator) -> Line:
    """These words with pauses between them."""
    pauses = rng.uniform(*PAUSES_S, size=len(parts) - 1).round(2).tolist()
    return Line(tuple(chain.from_iterable(zip(parts, [*pauses, 0.0], strict=True)))[:-1])


async def _call(server: str, turn: int) -> list[Utterance]:
    rng = np.random.default_rng(turn)
    lines = (
        hesitating(HESITANT[turn % len(HESITANT)], rng),
        hesitating(HESITANT_NAMES[turn % len(HESITANT_NAMES)], rng),
        hesitating(NUMBERS[turn % len(NUMBERS)], rng),
    )
    person, clock = CALLERS[turn % len(CALLERS)], SystemClock()
    async with Caller(background=background(person, seed=turn), clock=clock) as caller:
        scripted = ScriptedCaller(caller, script_of(*lines, turn), person)
        await caller.ring(server, CLIENT)
        await scripted.play()
    heard = [seconds(event.at, clock) or 0.0 for event in caller.told.of("heard")]
    found, used = [], set[int]()
    for spoken, said in scripted.said:
        if said is None or spoken not in lines or lines.index(spoken) in used:
            continue  # what is said again is said to a bot that asked again: each counts once
        used.add(lines.index(spoken))
        pauses = [part for part in spoken.parts if isinstance(part, float)]
        found.append(Utterance(spoken is lines[2], _cut(caller, said, heard), max(pauses)))
    return found


def _cut(caller: Caller, said: Said, heard: list[float]) -> bool:
    first, last = said.first_voiced_at, said.last_voiced_at
    if first is None or last is None:
        return True  # the bot hung up before the end
    spoke = caller.earpiece.voiced_in(first + 0.3, last)
    return spoke or any(first < at < last for at in heard)
