"""Escalations while everything goes wrong: is any lost, is any step done twice?"""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path
from typing import Any

from voicebot.bench.crew import Crew
from voicebot.bench.exchange import Exchange
from voicebot.bench.havoc import WORKERS, Havoc
from voicebot.bench.nights import WAIT, clients
from voicebot.bench.report import report
from voicebot.bench.verdict import Verdict, judge, over, waiting_letters
from voicebot.clients.client import Client
from voicebot.clock import SystemClock
from voicebot.errors import StoreFull, VoicebotError
from voicebot.store.database import Database
from voicebot.store.entry import CallStart, Entry
from voicebot.store.journal import StoredJournal
from voicebot.store.schema import migrate

CLIENTS = 100
SEED = 20261122
LONGEST_S = 3600
LETTERS_S = 1200
"""A letter that was refused again and again waits for a quarter of an hour."""


def run(flows: Path, runs: int = 1000, seed: int = SEED) -> dict[str, Any]:
    """Raises so many alerts, and compares what the store says with what the exchange saw."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="voicebot-") as folder:
        file = Path(folder) / "voicebot.db"
        database = Database(f"sqlite:///{file}")
        migrate(database)
        exchange = Exchange(seed)
        exchange.start()
        known = clients(flows, min(CLIENTS, runs))
        crew = Crew(str(database.url), exchange.port, len(known), flows)
        havoc = Havoc(file, exchange, crew, seed)
        havoc.begin()
        try:
            _raise_alerts(database, list(known.values()), runs, random.Random(seed))
            _until_over(database)
            havoc.calm()
            _until_over(database)
            _until_posted(database)
        finally:
            havoc.calm()
            crew.end()
            exchange.stop()
        verdict = judge(database, exchange, known, runs)
        database.close()
    return _report(verdict, havoc, runs, time.monotonic() - began)


def _raise_alerts(
    database: Database, known: list[Client], runs: int, chance: random.Random
) -> None:
    """The callers: each alert in its call's own transaction, tried again as the line does."""
    journal, clock = StoredJournal(database), SystemClock()
    for number in range(runs):
        client = known[number % len(known)]
        call = CallStart(f"c{number}", client.name, f"+3361{number:07d}", None, clock.now())
        alert = {"urgency": "urgent", "rule": "leak", "because": "Une fuite.", "fields": {}}
        entry = Entry("alert", clock.now(), {**alert, "joins_within_s": 1800.0})
        while True:
            try:
                journal.open(call, [entry])
                break
            except StoreFull:
                time.sleep(0.1)
        time.sleep(chance.uniform(0.0, 0.1))


def _until_over(database: Database) -> None:
    until = time.monotonic() + LONGEST_S
    while time.monotonic() < until:
        if over(database):
            return
        time.sleep(0.5)
    raise VoicebotError(f"the escalations were not over after {LONGEST_S} s")


def _until_posted(database: Database) -> None:
    """Letters have a while to leave: a worker that was killed held some of them."""
    until = time.monotonic() + LETTERS_S
    while time.monotonic() < until and waiting_letters(database):
        time.sleep(0.5)


def _report(verdict: Verdict, havoc: Havoc, runs: int, seconds: float) -> dict[str, Any]:
    figures = {
        "runs": runs,
        "lost": len(verdict.lost),
        "doubled": len(verdict.doubled),
        "acknowledged": verdict.acknowledged,
        "exhausted": verdict.exhausted,
        "rings": verdict.rings,
        "letters": verdict.letters,
        "letters_waiting": verdict.waiting,
        "letters_withdrawn": verdict.withdrawn,
        "letters_sent_again": verdict.sent_again,
        "workers_killed": havoc.counts["kill"],
        "workers_crashed": havoc.counts["crash"],
        "store_locked": havoc.counts["lock"],
        "store_refused": havoc.counts["refuse"],
        "gateway_down": havoc.counts["down"],
        "seconds": round(seconds),
    }
    conditions = {
        "workers": f"{WORKERS} processes at once, each killed with SIGKILL at random and replaced",
        "faults": "at random: SIGKILL to one worker or to all, the store locked by another program "
        "(a tenth of the times for longer than a writer waits), the exchange and SMS gateway "
        "dropping every connection, a yes that comes after its step's time",
        "step_wait_s": WAIT.total_seconds(),
        "lost": verdict.lost[:5],
        "doubled": verdict.doubled[:5],
        "witness": "the exchange, a process that is not killed, and the store",
    }
    return report("escalation", figures, conditions)
