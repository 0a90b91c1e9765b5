"""`voicebot worker`: what is due is done by a process of its own."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from typing import TYPE_CHECKING

from voicebot.commands.options import read_settings

if TYPE_CHECKING:
    from voicebot.worker.worker import Worker


def worker() -> None:
    """Escalates, rings, delivers and reminds until interrupted; any number may run."""
    from rich.console import Console

    from voicebot.clients.loader import load_clients
    from voicebot.clock import SystemClock
    from voicebot.commands.data import open_store
    from voicebot.commands.working import make_worker

    settings = read_settings()
    database = open_store(settings)
    clients = load_clients(settings.flows)
    made = make_worker(settings, database, clients, SystemClock())
    Console().print(f"Working on {database.where} for {len(clients)} clients (Ctrl-C stops)")
    with contextlib.suppress(asyncio.CancelledError):
        asyncio.run(_until_stopped(made))
    database.close()


async def _until_stopped(made: Worker) -> None:
    task = asyncio.current_task()
    if task is not None:
        for wanted in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(wanted, task.cancel)
    await made.run()
