"""`voicebot serve`: everything in one process."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from voicebot.commands.data import make_data
from voicebot.commands.options import read_settings
from voicebot.commands.progress import step
from voicebot.errors import BadInput
from voicebot.settings import Settings

if TYPE_CHECKING:
    from fastapi import FastAPI

    from voicebot.store.database import Database


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
) -> None:
    """Picks up calls, shows them, keeps them; until interrupted."""
    from voicebot.store.database import Database
    from voicebot.store.hold import hold

    began = time.monotonic()
    settings = read_settings(host=host, port=port)
    make_data(settings.data)
    database = Database(settings.store_url)
    with hold(database):
        _serve(settings, database, began)


def _serve(settings: Settings, database: Database, began: float) -> None:
    import uvicorn

    from voicebot.calls.live import Live
    from voicebot.clock import SystemClock
    from voicebot.commands.delivering import host_names, receipt_secrets
    from voicebot.commands.handing import open_desk
    from voicebot.commands.keys import open_keyring
    from voicebot.commands.talking import prepare
    from voicebot.commands.welcome import first_administrator
    from voicebot.commands.working import make_worker
    from voicebot.store.journal import StoredJournal
    from voicebot.store.recover import recover
    from voicebot.store.schema import migrate
    from voicebot.voice.bridge import VoiceBridge
    from voicebot.voice.parts import Parts
    from voicebot.voice.switchboard import Switchboard
    from voicebot.web.app import create_app
    from voicebot.web.feed_token import read_key
    from voicebot.worker.beside import Beside

    console = Console()
    clock = SystemClock()
    with step(console, "store"):
        migrate(database)
        cut = recover(database, clock.now())
        welcome = first_administrator(database, settings, clock.now())
        keyring, trouble = open_keyring(settings, database)
    if trouble:
        console.print(trouble, style="yellow", markup=False, highlight=False)
    if cut:
        console.print(f"{len(cut)} calls were cut by a crash: they are kept, marked interrupted")
    talking = prepare(settings, console)
    live = Live()
    handing = open_desk(settings, database, talking.clients, clock, live, VoiceBridge())
    recordings = settings.data / "recordings"
    parts = Parts(
        clients=talking.clients,
        interpreter=talking.interpreter,
        ear=talking.ear,
        prompts=talking.prompts,
        journal=StoredJournal(database),
        live=live,
        recordings=recordings,
        clock=clock,
        max_calls=settings.max_calls,
        ear_threads=settings.ear_threads,
        desk=handing.desk,
        reachable=handing.desk.reachable,
    )
    switchboard = Switchboard(parts)
    app = create_app(
        clients=talking.clients,
        switchboard=switchboard,
        live=live,
        database=database,
        recordings=recordings,
        hosts=host_names(settings),
        receipt_secrets=receipt_secrets(settings),
        feed_key=read_key(settings.data / "feeds.key"),
        keyring=keyring,
        second_factor_required=settings.second_factor == "required",
        operators=handing.desk.operators,
        ongoing=handing.desk.ongoing,
    )

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        handing.open(switchboard.attend)
        _welcome(console, settings, sorted(talking.clients), time.monotonic() - began, welcome)
        yield
        await switchboard.close()

    app.router.lifespan_context = lifespan
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        timeout_graceful_shutdown=5,
        timeout_keep_alive=30,
    )
    listening = _listen(settings)
    with contextlib.ExitStack() as stack:
        if settings.worker == "inside":
            worker = Beside(
                lambda: make_worker(settings, database, talking.clients, clock, handing), live
            )
            app.state.worker = stack.enter_context(worker)
        uvicorn.Server(config).run(sockets=[listening])


def _listen(settings: Settings) -> socket.socket:
    """Takes the port before anything is promised on it."""
    listening = socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
    except OSError as error:
        listening.close()
        where = f"{settings.host}:{settings.port}"
        todo = "stop what listens there, or set VOICEBOT_PORT"
        raise BadInput(f"cannot listen on {where}: {error.strerror}", todo=todo) from error
    return listening


def _welcome(
    console: Console, settings: Settings, names: list[str], seconds: float, first: str | None
) -> None:
    lines = (
        "",
        f"Ready in {seconds:.1f} s. Ring from the browser: "
        f"[bold]http://{settings.host}:{settings.port}[/bold]  (Ctrl-C stops)",
        f"Clients: {', '.join(names)}",
        "In another terminal:",
        f'  .venv/bin/voicebot call --client {names[0]} --say "Bonjour, je voudrais un rappel."',
        f"  .venv/bin/voicebot chat --client {names[0]}",
        "  .venv/bin/voicebot demo",
    )
    console.print("\n".join(lines), highlight=False, soft_wrap=True)
    if first:
        told = ("", "Nobody has an account yet. Make the administrator's here, once, within 1 h:")
        console.print("\n".join((*told, f"  {first}")), highlight=False, soft_wrap=True)
