"""The search through many calls, the page of one, and the drawing of a long recording."""

from __future__ import annotations

import random
import tempfile
import time
import wave
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from sqlalchemy import insert

from voicebot.bench.progress import shown
from voicebot.bench.report import report
from voicebot.clients.loader import load_clients
from voicebot.store.archive import Archive
from voicebot.store.database import Database
from voicebot.store.days import Days
from voicebot.store.fold import fold
from voicebot.store.schema import migrate
from voicebot.store.sought import Filter
from voicebot.store.tables import calls as table
from voicebot.web.flow_drawing import drawn
from voicebot.web.flow_graph import graph
from voicebot.web.flow_map import mapped
from voicebot.web.sound import loudness
from voicebot.web.wave import drawing

PARIS = ZoneInfo("Europe/Paris")
LAST = datetime(2026, 11, 1, tzinfo=UTC)
CLIENTS = tuple(f"client-{n}" for n in range(50))
ROUNDS = 10
AT_ONCE = 1000
RATE = 16000
WORDS = (
    "bonjour fuite chauffage panne rendez vous message rappeler numéro urgence chaudière eau porte "
    "ascenseur facture demain matin lundi docteur avocat contrat chambre machine robot serrure"
)


def run(flows: Path, calls: int) -> dict[str, Any]:
    """One JSON object.

    Args:
        flows: the folder of the clients whose flows are drawn.
        calls: that the store holds.
    """
    with tempfile.TemporaryDirectory(prefix="voicebot-bench-") as folder:
        database = Database(f"sqlite:///{Path(folder) / 'voicebot.db'}")
        migrate(database)
        _fill(database, calls)
        figures = _searched(Archive(database), calls)
        database.close()
        figures |= _drawn(Path(folder))
    figures |= _flows(flows)
    conditions = {"rounds": ROUNDS, "clients": len(CLIENTS), "store": "SQLite", "letters": 600}
    return report("archive", figures, conditions)


def _fill(database: Database, calls: int) -> None:
    """Calls of a minute each, in which a hundred words were said."""
    chance = random.Random(7)
    every = timedelta(days=365) / calls
    for first in shown(range(0, calls, AT_ONCE), "calls"):
        rows = [
            _call(chance, n, LAST - n * every) for n in range(first, min(calls, first + AT_ONCE))
        ]
        with database.write() as connection:
            connection.execute(insert(table), rows)


def _call(chance: random.Random, number: int, at: datetime) -> dict[str, Any]:
    caller = f"+336{chance.randrange(10**8):08d}"
    said = " ".join(chance.choices(WORDS.split(), k=100))
    return {
        "id": f"c{number}",
        "client": chance.choice(CLIENTS),
        "caller_number": caller,
        "language": "fr",
        "started_at": at,
        "answered_at": at,
        "ended_at": at + timedelta(minutes=1),
        "outcome": chance.choice(("message_taken", "alert_raised", "informed")),
        "urgency": chance.choice(("normal", "normal", "urgent")),
        "search": f"{caller} {fold(said)}",
    }


def _searched(archive: Archive, calls: int) -> dict[str, float | int | None]:
    zones = dict.fromkeys(CLIENTS, PARIS)
    week = Days(date(2026, 10, 1), date(2026, 10, 7), zones, PARIS)
    some = frozenset(CLIENTS[:5])
    searches = {
        "latest": Filter(),
        "words": Filter(words="fuite chaudière"),
        "number": Filter(number="06 12 34"),
        "nothing": Filter(words="introuvable"),
        "week": Filter(words="fuite", days=week),
        "one_client": Filter(client=CLIENTS[0], outcome="alert_raised", among=some),
    }
    found: dict[str, float | int | None] = {"calls": calls}
    for name, wanted in shown(list(searches.items()), "searches"):
        found |= _timed(name, lambda wanted=wanted: archive.page(wanted))  # type: ignore[misc]
    return found


def _drawn(folder: Path) -> dict[str, float | int | None]:
    """An hour of three voices, read and drawn for the first time; then as the page has it."""
    file = folder / "long.wav"
    minute = (9000 * np.random.default_rng(1).random((60 * RATE, 3))).astype("<i2").tobytes()
    with wave.open(str(file), "wb") as wav:
        wav.setparams((3, 2, RATE, 0, "NONE", ""))
        for _ in range(60):
            wav.writeframes(minute)

    def draw() -> None:
        if loud := loudness(file):
            drawing(loud)

    began = time.process_time()
    draw()
    first = round(1000 * (time.process_time() - began))
    return {"hour_first_cpu_ms": first, **_timed("hour_again", draw)}


def _flows(flows: Path) -> dict[str, float | int | None]:
    """The flows of the client that has the most."""
    clients = load_clients(flows).values()
    most = max((client.flows for client in clients), key=lambda known: len(known.flows))

    def draw() -> None:
        mapped(most.flows)
        for flow in most.flows.values():
            drawn(most, graph(flow))

    return {"flows": len(most.flows), **_timed("flows", draw)}


def _timed(name: str, work: Callable[[], object]) -> dict[str, float | int | None]:
    """How long it takes on this machine as it is now, and what it costs the processor."""
    took, cost = [], []
    for _ in range(ROUNDS):
        began, spent = time.perf_counter(), time.process_time()
        work()
        took.append(time.perf_counter() - began)
        cost.append(time.process_time() - spent)
    return {
        f"{name}_p95_ms": round(1000 * float(np.percentile(took, 95)), 1),
        f"{name}_cpu_ms": round(1000 * float(np.median(cost)), 1),
    }
