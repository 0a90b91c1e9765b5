"""What the page "who is on call now" takes, of many clients."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from voicebot.bench.nights import TEMPLATE
from voicebot.clients.client import Client
from voicebot.clients.loader import load_client
from voicebot.oncall.hours import Hours
from voicebot.oncall.on_call import OnCall
from voicebot.oncall.override import Change
from voicebot.store import overrides
from voicebot.store.database import Database
from voicebot.store.schema import migrate
from voicebot.web.oncall_view import teams
from voicebot.web.rota_facts import facts_of_all
from voicebot.web.rota_warnings import NIGHTS, warnings


def page_s(
    flows: Path,
    companies: Sequence[tuple[OnCall, Sequence[Change]]],
    hours: Hours,
    at: datetime,
) -> tuple[float, float]:
    """Seconds that passed, and seconds of the processor, until all is known that is drawn.

    Args:
        flows: where the demo client is that the others are made of.
        companies: the people on call of each, with the changes of their rotas.
        hours: of all of them.
        at: the moment of asking.
    """
    model = replace(load_client(flows / "clients" / TEMPLATE, flows), hours=hours)
    known = [
        replace(model, name=f"client-{number}", on_call=people)
        for number, (people, _) in enumerate(companies)
    ]
    with tempfile.TemporaryDirectory(prefix="voicebot-") as folder:
        database = Database(f"sqlite:///{folder}/voicebot.db")
        migrate(database)
        with database.write() as connection:
            for client, (_, changes) in zip(known, companies, strict=True):
                for change in changes:
                    overrides.add(connection, client.name, change, by="bench", at=at)
        before, worked = time.perf_counter(), time.process_time()
        _page(database, known, at)
        took = time.perf_counter() - before, time.process_time() - worked
        database.close()
    return took


def _page(database: Database, known: Sequence[Client], at: datetime) -> None:
    with database.read() as connection:
        facts = facts_of_all(connection, at)
    for client in known:
        teams(client, at, facts[client.name])
        warnings(client, at, facts[client.name], NIGHTS)
