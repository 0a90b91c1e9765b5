"""The web application: one router per page, behind one guard."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from fastapi import Depends, FastAPI
from fastapi.staticfiles import StaticFiles

from voicebot.accounts.keyring import Keyring, by_chance
from voicebot.calls.live import Live
from voicebot.clients.client import Client
from voicebot.clock import Clock, SystemClock
from voicebot.delivery.receipts import ReceiptSecrets
from voicebot.handoff.ongoing import Ongoing
from voicebot.handoff.pool import Operators
from voicebot.store.archive import Archive
from voicebot.store.database import Database
from voicebot.web import (
    account,
    alerts,
    api,
    audit,
    calls,
    console,
    console_deeds,
    console_notes,
    errors,
    events,
    feeds,
    flows,
    health,
    language,
    letters,
    link,
    login,
    mine,
    offer,
    oncall,
    openapi,
    operator_offer,
    receipts,
    ring,
    rota,
    second,
    statements,
    swaps,
    user_takes,
    users,
    welcome,
)
from voicebot.web import recordings as recordings_page
from voicebot.web.feed_token import new_key
from voicebot.web.gate import Gate
from voicebot.web.guard import Guard
from voicebot.web.language import Languages
from voicebot.web.parts import Parts, Switchboard
from voicebot.web.traces import Traces

STATIC = Path(__file__).parent / "static"


def create_app(
    *,
    clients: Mapping[str, Client],
    switchboard: Switchboard,
    live: Live,
    database: Database,
    recordings: Path,
    clock: Clock | None = None,
    hosts: Collection[str] = (),
    receipt_secrets: ReceiptSecrets | None = None,
    feed_key: bytes | None = None,
    keyring: Keyring | None = None,
    operators: Operators | None = None,
    ongoing: Ongoing | None = None,
    second_factor_required: bool = False,
) -> FastAPI:
    """Builds the application.

    Args:
        clients: by slug; a mapping that changes is served as it changes.
        switchboard: takes the calls.
        live: what happens in the calls now; used from the server's event loop.
        database: with its schema up to date.
        recordings: the folder of CALL_ID.wav.
        clock: tells the pages what "today" is, and the throttle how time goes by.
        hosts: names, besides localhost, under which browsers may reach the server.
        receipt_secrets: checks what carriers tell of letters; without it nothing is believed.
        feed_key: signs the addresses of calendar feeds, see `voicebot.web.feed_token`; without it
            they last as long as the process.
        keyring: seals second factors and signs known devices, see `voicebot.store.key_file`;
            without it they too last as long as the process.
        operators: who is at the consoles, where the calls are handed over to them.
        ongoing: the calls that an operator may step into.
        second_factor_required: whether a password alone opens nothing.
    """
    clock = clock or SystemClock()
    parts = Parts(
        clients=clients,
        switchboard=switchboard,
        live=live,
        archive=Archive(database),
        recordings=recordings,
        clock=clock,
        database=database,
        operators=operators or Operators(live, clock),
        ongoing=ongoing or Ongoing(),
        feed_key=feed_key or new_key(),
        keyring=keyring or by_chance(),
    )
    app = FastAPI(
        title="voicebot",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        # Before whatever a router holds, also one that is added tomorrow.
        dependencies=[Depends(Gate(parts, second_factor_required))],
    )
    for page in (
        *(ring, offer, events, calls, recordings_page, api, health),
        *(console, console_deeds, console_notes, operator_offer, flows),
        *(oncall, rota, swaps, alerts, letters, statements, feeds, link),
        *(login, welcome, language, account, second, mine, user_takes, users, audit, openapi),
    ):
        app.include_router(page.router(parts))
    app.include_router(receipts.router(parts, receipt_secrets or ReceiptSecrets()))
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    errors.handle(app)
    app.add_middleware(Languages)
    app.add_middleware(Traces, database=database, clock=clock)
    app.add_middleware(Guard, hosts=frozenset(hosts))
    return app
