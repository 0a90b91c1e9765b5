"""How soon the bot answers, at the caller's ear, over real WebRTC."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import Any

from voicebot.bench.baseline import fixed_silence
from voicebot.bench.callers import CLIENT, caller_script
from voicebot.bench.measure import Answer, Call, measure
from voicebot.bench.report import percentile, report
from voicebot.caller.serving import Server, serving

BASELINE_S = 0.7
"""Silence that ends a turn in the bot compared with."""
MOST_CALLS = 60


def run(turns: int = 30) -> dict[str, Any]:
    """Times at least `turns` turns of calls to a server of its own.

    Compared in the same run with a bot on the same machine and the same WebRTC library, which
    answers a fixed silence of 700 ms after the last word with a canned sound, and neither hears
    nor thinks: what no bot that waits for a fixed silence can beat.
    """
    with serving() as server:
        calls = asyncio.run(_calls(server, turns))
    baseline = asyncio.run(fixed_silence(BASELINE_S, turns=max(5, turns // 3)))
    return report("latency", figures(calls) | _compared(baseline), _conditions(server))


async def _calls(server: Server, turns: int) -> list[Call]:
    """Call after call, one at a time."""
    from rich.console import Console
    from rich.progress import Progress

    calls: list[Call] = []
    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("turns", total=turns)
        for turn in range(MOST_CALLS):
            calls.append(await measure(server.url, CLIENT, caller_script(turn), turn))
            done = sum(len(call.answers) for call in calls)
            bar.update(task, completed=min(done, turns))
            if done >= turns:
                break
    return calls


def figures(calls: Iterable[Call]) -> dict[str, float | int | None]:
    """The figures of some calls."""
    calls = list(calls)
    answers = [answer for call in calls for answer in call.answers]
    found: dict[str, float | int | None] = {
        "turns": len(answers),
        "answer_p50_ms": percentile([a.seconds for a in answers], 50),
        "answer_p95_ms": percentile([a.seconds for a in answers], 95),
    }
    pickups = [call.pickup for call in calls if call.pickup is not None]
    found["pickup_p50_ms"] = percentile(pickups, 50)
    found["pickup_p95_ms"] = percentile(pickups, 95)
    stages: dict[str, Callable[[Answer], float]] = {
        "to_heard": lambda a: a.to_heard,
        "dialogue": lambda a: a.dialogue,
        "to_caller": lambda a: a.to_caller,
    }
    for name, stage in stages.items():
        seconds = [stage(answer) for answer in answers]
        found[f"stage_{name}_p50_ms"] = percentile(seconds, 50)
        found[f"stage_{name}_p95_ms"] = percentile(seconds, 95)
    found["answered_early"] = sum(call.early for call in calls)
    found["unheard"] = sum(call.unheard for call in calls)
    found["calls"] = len(calls)
    found["messages_taken"] = sum(call.outcome == "message_taken" for call in calls)
    return found


def _compared(seconds: list[float]) -> dict[str, float | None]:
    return {
        "fixed_silence_p50_ms": percentile(seconds, 50),
        "fixed_silence_p95_ms": percentile(seconds, 95),
    }


def _conditions(server: Server) -> dict[str, Any]:
    return {
        "transport": "WebRTC on loopback, aiortc's jitter buffer at the caller",
        "callers": "eSpeak variants kept out of training, telephone band, G.711, 20 dB noise",
        "client": CLIENT,
        "server_ready_s": round(server.ready_s, 1),
        "stages": "to_heard: network, jitter buffer, end of turn, ear; dialogue: understanding "
        "to commit; to_caller: voice, network, jitter buffer",
        "unheard": "turns that the bot did not take; they are not among the answers",
        "baseline": f"a bot that answers {BASELINE_S * 1000:.0f} ms after the last sound, no ear",
    }
