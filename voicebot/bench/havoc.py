"""What goes wrong in the escalation bench, at random, for as long as it lasts."""

from __future__ import annotations

import random
import sqlite3
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from voicebot.bench.crew import Crew
from voicebot.bench.exchange import Exchange

WORKERS = 2
LIFE_S = (0.0, 3.0)
"""How long a worker lives; the next one is hired at once."""
POWER_CUT = 0.1
"""The part of the kills that takes all workers at once."""
LOCK_EVERY_S = (1.0, 4.0)
LOCK_S = (0.05, 1.5)
LONG_LOCK_S = 6.0
"""Longer than a writer waits for another one: the store then refuses."""
LONG_LOCKS = 0.1
DOWN_EVERY_S = (2.0, 5.0)
DOWN_S = (0.2, 2.0)


@dataclass(eq=False)
class Havoc:
    """Kills workers, locks the store, and cuts the exchange off."""

    file: Path
    exchange: Exchange
    crew: Crew
    seed: int
    counts: Counter[str] = field(default_factory=Counter)
    """kill, crash (a worker that died by itself), lock, refuse (a lock that outlasts a writer's
    patience), down."""
    workers: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._over = threading.Event()
        kinds = (self._kill, self._lock, self._down)
        self._threads = [threading.Thread(target=kind, daemon=True) for kind in kinds]

    def begin(self) -> None:
        """Hires the workers, and lets loose what befalls them."""
        self.workers = [self.crew.hire() for _ in range(WORKERS)]
        for thread in self._threads:
            thread.start()

    def calm(self) -> None:
        """Nothing more goes wrong; the workers of the moment stay."""
        self._over.set()
        for thread in self._threads:
            thread.join()
        self.exchange.down = False

    def _kill(self) -> None:
        """SIGKILL to one of the workers or to all, and others in their place."""
        chance = random.Random(f"{self.seed} kill")
        while not self._over.wait(chance.uniform(*LIFE_S) / WORKERS):
            all_of_them = chance.random() < POWER_CUT
            which = range(WORKERS) if all_of_them else (chance.randrange(WORKERS),)
            for index in which:
                killed = self.crew.kill(self.workers[index])
                self.counts["kill" if killed else "crash"] += 1
            for index in which:
                self.workers[index] = self.crew.hire()

    def _lock(self) -> None:
        """Another program holds the store."""
        chance = random.Random(f"{self.seed} lock")
        while not self._over.wait(chance.uniform(*LOCK_EVERY_S)):
            long = chance.random() < LONG_LOCKS
            held = sqlite3.connect(self.file, timeout=30, isolation_level=None)
            held.execute("BEGIN IMMEDIATE")
            time.sleep(LONG_LOCK_S if long else chance.uniform(*LOCK_S))
            held.execute("ROLLBACK")
            held.close()
            self.counts["refuse" if long else "lock"] += 1

    def _down(self) -> None:
        """The exchange, which is the SMS gateway too, drops every connection."""
        chance = random.Random(f"{self.seed} down")
        while not self._over.wait(chance.uniform(*DOWN_EVERY_S)):
            self.exchange.down = True
            time.sleep(chance.uniform(*DOWN_S))
            self.exchange.down = False
            self.counts["down"] += 1
