"""Escalations while everything goes wrong: is any lost, is any step done twice?"""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from voicebot.bench.exchange import Exchange
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

WORKERS = 2
CLIENTS = 100
SEED = 20261122
LONGEST_S = 1800
LETTERS_S = 180
KILL_S = (1.0, 6.0)
MIDST_S = 6.0
"""A worker is killed at most so long after it began to work: in the midst of it."""
LOCK_S = (0.05, 1.5)
DOWN_S = (0.2, 2.0)


@dataclass(eq=False)
class Havoc:
    """What goes wrong, at random, while it lasts."""

    file: Path
    exchange: Exchange
    start_worker: Any
    seed: int
    counts: dict[str, int] = field(default_factory=lambda: {"kill": 0, "lock": 0, "down": 0})
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self._over = threading.Event()
        kinds = (self._kill, self._lock, self._down)
        self._threads = [threading.Thread(target=kind, daemon=True) for kind in kinds]

    def begin(self) -> None:
        """Starts the workers, and what befalls them."""
        self.workers = [self.start_worker() for _ in range(WORKERS)]
        for thread in self._threads:
            thread.start()

    def calm(self) -> None:
        """Nothing more goes wrong; the workers of the moment stay."""
        self._over.set()
        for thread in self._threads:
            thread.join()
        self.exchange.down = False

    def end(self) -> None:
        """Kills the workers for the last time."""
        for worker in self.workers:
            worker.kill()
            worker.wait()

    def _kill(self) -> None:
        """SIGKILL to one of the workers, and another one in its place."""
        while not self._over.wait(self._random.uniform(*KILL_S)):
            index = self._random.randrange(WORKERS)
            ready(self.workers[index])
            if self._over.wait(self._random.uniform(0.0, MIDST_S)):
                return
            self.workers[index].kill()
            self.workers[index].wait()
            self.counts["kill"] += 1
            self.workers[index] = self.start_worker()

    def _lock(self) -> None:
        """Another program holds the store."""
        while not self._over.wait(self._random.uniform(1.0, 4.0)):
            held = sqlite3.connect(self.file, timeout=30, isolation_level=None)
            held.execute("BEGIN IMMEDIATE")
            time.sleep(self._random.uniform(*LOCK_S))
            held.execute("ROLLBACK")
            held.close()
            self.counts["lock"] += 1

    def _down(self) -> None:
        """The exchange, which is the SMS gateway too, drops every connection."""
        while not self._over.wait(self._random.uniform(2.0, 5.0)):
            self.exchange.down = True
            time.sleep(self._random.uniform(*DOWN_S))
            self.exchange.down = False
            self.counts["down"] += 1


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

        def start_worker() -> subprocess.Popen[bytes]:
            module = [sys.executable, "-m", "voicebot.bench.night_worker"]
            arguments = [str(database.url), str(exchange.port), str(len(known)), str(flows)]
            return subprocess.Popen([*module, *arguments], stdout=subprocess.PIPE)

        havoc = Havoc(file, exchange, start_worker, seed)
        havoc.begin()
        try:
            _raise_alerts(database, list(known.values()), runs, random.Random(seed))
            _until_over(database)
            havoc.calm()
            _until_over(database)
            _until_posted(database)
        finally:
            havoc.calm()
            havoc.end()
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


def ready(worker: subprocess.Popen[bytes]) -> None:
    """Waits until a worker works: it says so in its first line."""
    if worker.stdout is not None and not worker.stdout.closed:
        worker.stdout.readline()
        worker.stdout.close()


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
        "store_locked": havoc.counts["lock"],
        "gateway_down": havoc.counts["down"],
        "seconds": round(seconds),
    }
    conditions = {
        "workers": f"{WORKERS} processes at once, each killed with SIGKILL at random and replaced",
        "faults": "at random: SIGKILL, the store locked by another program, the exchange and SMS "
        "gateway dropping every connection, a yes that comes after its step's time",
        "step_wait_s": WAIT.total_seconds(),
        "lost": verdict.lost[:5],
        "doubled": verdict.doubled[:5],
        "witness": "the exchange, a process that is not killed, and the store",
    }
    return report("escalation", figures, conditions)
