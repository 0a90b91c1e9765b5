"""From "urgent" decided to the first ring started, while ten calls run."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import func, select

from voicebot.bench.nights import clients
from voicebot.bench.report import percentile, report
from voicebot.calls.live import Live
from voicebot.calls.session import CallSession, Utterance
from voicebot.clients.client import Client
from voicebot.clock import SystemClock
from voicebot.errors import StoreFull, VoicebotError
from voicebot.handoff.ringing import TelephoneLegs
from voicebot.handoff.simulated import NO_ANSWER, SimulatedTelephone
from voicebot.store.database import Database
from voicebot.store.escalation_tables import attempts, escalations
from voicebot.store.journal import StoredJournal
from voicebot.store.schema import migrate
from voicebot.store.tables import alerts
from voicebot.understanding.interpreter import Interpreter
from voicebot.worker.beside import Beside
from voicebot.worker.escalator import Escalator
from voicebot.worker.ringer import Ringer
from voicebot.worker.worker import POLL_S, Worker

T = TypeVar("T")

TURNS = (
    "Bonjour, j'ai une grosse fuite d'eau dans la cuisine, ça coule partout.",
    "Non, je n'arrive pas à couper l'eau.",
    "Oui.",
    "Douze rue des Lilas, à Villeurbanne.",
    "Martin Dupont.",
)
THINKS_S = 1.0
LONGEST_S = 60.0


def run(flows: Path, interpreter: Interpreter, calls: int = 10, rounds: int = 3) -> dict[str, Any]:
    """Holds so many calls at once, again and again: a worker that is woken, one that polls."""
    known = list(clients(flows, calls * rounds).values())
    woken = _night(known, interpreter, calls, wakes=True)
    polled = _night(known, interpreter, calls, wakes=False)
    figures = {
        "calls": calls,
        "rings": len(woken),
        "first_ring_p50_ms": percentile(woken, 50),
        "first_ring_p95_ms": percentile(woken, 95),
        "polling_first_ring_p50_ms": percentile(polled, 50),
        "polling_first_ring_p95_ms": percentile(polled, 95),
    }
    conditions = {
        "from": "the instant of the decision, before its commit, in the call's own session",
        "to": "the ring is committed as started; the telephone is asked to ring right after",
        "calls": "real sessions in threads: understanding, rules, flows, journal; no audio",
        "rounds": rounds,
        "polling": f"the same worker, not told of anything, that looks every {POLL_S} s",
        "store": "SQLite, synchronous=FULL",
    }
    return report("ring", figures, conditions)


def _night(
    known: Sequence[Client], interpreter: Interpreter, calls: int, *, wakes: bool
) -> list[float]:
    with tempfile.TemporaryDirectory(prefix="voicebot-") as folder:
        database, live, clock = Database(f"sqlite:///{folder}/voicebot.db"), Live(), SystemClock()
        migrate(database)
        named = {client.name: client for client in known}
        legs = TelephoneLegs(SimulatedTelephone({}, stranger=NO_ANSWER))
        worker = Worker(Escalator(database, named), Ringer(database, named, legs, clock), clock)
        with Beside(lambda: worker, live if wakes else None):
            for begin in range(0, len(known), calls):
                _together(known[begin : begin + calls], interpreter, database, live)
            _until_rung(database, len(known))
        found = _waits(database)
        database.close()
    return found


def _together(
    known: Sequence[Client], interpreter: Interpreter, database: Database, live: Live
) -> None:
    """So many calls at once, each on a thread of its own, as on the switchboard."""
    threads = [
        threading.Thread(target=_call, args=(client, interpreter, database, live, index))
        for index, client in enumerate(known)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _call(
    client: Client, interpreter: Interpreter, database: Database, live: Live, index: int
) -> None:
    session = CallSession(
        client,
        interpreter,
        StoredJournal(database),
        SystemClock(),
        call_id=client.name,
        caller_number=f"+3361200{index:04d}",
        live=live,
    )
    time.sleep(THINKS_S * index / 10)
    _patiently(session.answer)
    for text in TURNS:
        time.sleep(THINKS_S)
        if _patiently(partial(session.hear, Utterance(text))).hang_up is not None:
            break
    _patiently(lambda: session.hang_up("bot"))


def _patiently(act: Callable[[], T]) -> T:
    """A store that is too slow refuses after some seconds: the caller says it again."""
    while True:
        try:
            return act()
        except StoreFull:
            time.sleep(0.1)


def _until_rung(database: Database, wanted: int) -> None:
    until = time.monotonic() + LONGEST_S
    while time.monotonic() < until:
        if len(_waits(database)) == wanted:
            return
        time.sleep(0.2)
    raise VoicebotError(f"not every alert was rung within {LONGEST_S:.0f} s")


def _waits(database: Database) -> list[float]:
    """Seconds from each alert to its first ring."""
    first = (
        select(alerts.c.at, func.min(attempts.c.started_at).label("rung_at"))
        .join(escalations, escalations.c.alert_id == alerts.c.id)
        .join(attempts, attempts.c.escalation_id == escalations.c.id)
        .where(attempts.c.started_at.is_not(None))
        .group_by(alerts.c.id)
    )
    with database.read() as connection:
        return [(row.rung_at - row.at).total_seconds() for row in connection.execute(first)]
