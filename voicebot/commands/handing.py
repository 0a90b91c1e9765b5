"""What handing calls over is made of, from the settings; for `serve`."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from voicebot.calls.live import Live
from voicebot.clients.client import Client
from voicebot.clock import Clock
from voicebot.commands.working import open_telephone
from voicebot.settings import Settings
from voicebot.store import presence as kept
from voicebot.store.database import Database

if TYPE_CHECKING:
    from voicebot.handoff.bridge import Bridge
    from voicebot.handoff.elsewhere import ElsewhereTelephone
    from voicebot.handoff.presence import Operator, Presence
    from voicebot.handoff.reception import Reception


@dataclass(frozen=True)
class Handing:
    """The desk, and what the worker beside the calls shares with it."""

    desk: Reception
    telephone: ElsewhereTelephone | None
    """The desk's telephone, as the worker uses it from its own thread."""

    def open(self) -> None:
        """The loop of the calls runs: from inside it."""
        if self.telephone is not None:
            self.telephone.loop = asyncio.get_running_loop()


def open_desk(
    settings: Settings,
    database: Database,
    clients: Mapping[str, Client],
    clock: Clock,
    live: Live,
    bridge: Bridge,
) -> Handing:
    """The desk of this process."""
    from voicebot.handoff.alertwatch import AlertWatch
    from voicebot.handoff.elsewhere import ElsewhereTelephone
    from voicebot.handoff.house import House
    from voicebot.handoff.pool import Operators
    from voicebot.handoff.reception import Reception

    telephone = open_telephone(settings)
    house = House(
        operators=Operators(live, clock, Kept(database)),
        bridge=bridge,
        clock=clock,
        telephone=telephone,
        alerts=AlertWatch(database, clients, clock),
        # A worker in another process rings people whose lines cannot be joined with callers here.
        escalates=telephone is not None and settings.worker == "inside",
    )
    return Handing(Reception(house), ElsewhereTelephone(telephone) if telephone else None)


@dataclass(frozen=True)
class Kept:
    """Keeps presences in the store, in their order, in a thread: no call waits for it."""

    database: Database
    thread: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(1, thread_name_prefix="presence")
    )

    def __call__(self, operator: Operator, presence: Presence, at: datetime) -> None:
        """Keeps one."""
        self.thread.submit(self._keep, operator, presence, at)

    def _keep(self, operator: Operator, presence: Presence, at: datetime) -> None:
        with self.database.write() as connection:
            kept.keep(connection, operator.id, operator.name, presence.value, at)
