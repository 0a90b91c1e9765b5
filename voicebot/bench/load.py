"""Several calls at once on one server."""

from __future__ import annotations

import asyncio
from typing import Any

from voicebot.bench.callers import CLIENT, caller_script
from voicebot.bench.latency import figures
from voicebot.bench.measure import Call, measure
from voicebot.bench.report import report
from voicebot.caller.serving import serving
from voicebot.errors import VoicebotError

ROUNDS = 2
SPREAD_S = 0.7
"""Callers ring one after the other by so much: everybody at the same instant is another test."""


def run(calls: int = 4) -> dict[str, Any]:
    """Rings with so many callers at once, twice; compared with one caller alone in the same run."""
    with serving({"max_calls": str(calls)}) as server:
        alone = asyncio.run(_together(server.url, 1))
        together = [
            call for _ in range(ROUNDS) for call in asyncio.run(_together(server.url, calls))
        ]
    found = figures([call for call in together if call is not None])
    single = figures([call for call in alone if call is not None])
    chosen = {
        "calls": calls,
        "turns": found["turns"],
        "answer_p50_ms": found["answer_p50_ms"],
        "answer_p95_ms": found["answer_p95_ms"],
        "pickup_p95_ms": found["pickup_p95_ms"],
        "unheard": found["unheard"],
        "messages_taken": found["messages_taken"],
        "refused": sum(call is None for call in together),
        "alone_answer_p50_ms": single["answer_p50_ms"],
        "alone_answer_p95_ms": single["answer_p95_ms"],
    }
    conditions = {
        "client": CLIENT,
        "rounds": ROUNDS,
        "callers": "in one process on the same machine: their own work is part of its load",
    }
    return report("load", chosen, conditions)


async def _together(server: str, calls: int) -> list[Call | None]:
    """Each call's figures; None for one that was refused."""

    async def one(turn: int) -> Call | None:
        await asyncio.sleep(turn * SPREAD_S)
        try:
            return await measure(server, CLIENT, caller_script(turn), turn)
        except VoicebotError:
            return None

    return list(await asyncio.gather(*(one(turn) for turn in range(calls))))
