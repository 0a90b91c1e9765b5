"""Golden utterances through the clients' rules: as typed, and as the shipped ear hears them."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from voicebot.bench.report import report
from voicebot.clients.client import Client
from voicebot.clients.golden import Golden, read_golden
from voicebot.clients.loader import load_clients
from voicebot.dialogue.expectation import ANYTHING
from voicebot.english.words import is_english
from voicebot.errors import BadInput
from voicebot.oncall.evaluation import Judged, by, figures, mistakes
from voicebot.oncall.urgency import CONTRACT, decide
from voicebot.speech.callers import CALLERS, ENGLISH_CALLERS
from voicebot.speech.ear import Ear
from voicebot.understanding.interpreter import Interpreter

UNSEEN = "unseen"
"""The set that no rule was ever learnt from: its figures stand apart."""
Progress = Callable[[str, float], None]


def run(
    flows: Path,
    *,
    ear: Ear | None = None,
    interpreter: Interpreter | None = None,
    every: int = 1,
    only: str | None = None,
    progress: Progress = lambda what, share: None,
) -> dict[str, Any]:
    """Measures the rules.

    Args:
        flows: the folder of flows; its golden/ holds the utterances.
        ear: what hears them as well, said by voices kept out of its training; None: typed alone.
        interpreter: what gives the rules an intent; None: the words alone decide.
        every: every so many-th utterance, for a quick look.
        only: the client to look at.
        progress: told which share is done.
    """
    clients = load_clients(flows)
    rows = _chosen(read_golden(flows), clients, every, only)
    said = [row.text for row in rows]
    conditions = {"typed": said}
    if ear is not None:
        conditions["heard"] = list(_heard(rows, clients, ear, progress))
    measured: dict[str, float | int | None] = {}
    more: dict[str, Any] = {"sectors": {}, "sets": {}, "mistakes": {}}
    for condition, texts in conditions.items():
        judged = [
            _judge(row, text, clients[row.client], interpreter)
            for row, text in zip(rows, texts, strict=True)
        ]
        learnt = [one for one in judged if one.set != UNSEEN]
        apart = [one for one in judged if one.set == UNSEEN]
        measured |= figures(learnt, condition)
        measured |= {f"{UNSEEN}_{k}": v for k, v in figures(apart, condition).items() if apart}
        more["sectors"][condition] = by(judged, "sector", condition)
        more["sets"][condition] = by(judged, "set", condition)
        more["mistakes"][condition] = mistakes(judged)
    told = {
        "every": every,
        "client": only or "all",
        "intents": interpreter.name if interpreter else "none: the words alone",
        "ear": getattr(ear, "name", None),
        "voices": "eSpeak NG variants kept out of training, G.711, 20 dB noise" if ear else None,
    }
    return {**report("urgency", measured, told), **more}


def _chosen(
    rows: Sequence[Golden], clients: dict[str, Client], every: int, only: str | None
) -> list[Golden]:
    unknown = next((row.client for row in rows if row.client not in clients), None)
    if unknown:
        raise BadInput(f"flows/golden names the client {unknown!r}, which there is not")
    if only is not None and only not in clients:
        raise BadInput(f"no client is called {only!r}", todo=f"there are: {', '.join(clients)}")
    return [row for row in rows if only in (None, row.client)][::every]


def _judge(row: Golden, text: str, client: Client, interpreter: Interpreter | None) -> Judged:
    now = row.at.replace(tzinfo=client.timezone)
    intent = interpreter.interpret(text, ANYTHING, now).intent if interpreter else None
    slots = {CONTRACT: "yes"} if row.contract else {}
    found = decide(client.criteria, text=text, intent=intent, slots=slots, now_local=now)
    return Judged(row.set, client.sector, row.wanted, row.text, text, found, row.rule)


def _heard(
    rows: Sequence[Golden], clients: dict[str, Client], ear: Ear, progress: Progress
) -> Iterable[str]:
    """Each utterance as the ear hears it; the voice hangs on the words, not on their place."""
    for done, row in enumerate(rows, start=1):
        seed = zlib.crc32(row.text.encode())
        callers = ENGLISH_CALLERS if is_english(row.text) else CALLERS
        samples = callers[seed % len(callers)].say(row.text, seed)
        yield ear.listen(samples, ANYTHING, clients[row.client].words).text
        progress("heard by the ear", done / len(rows))
