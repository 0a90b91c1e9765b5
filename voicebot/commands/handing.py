"""What handing calls over is made of, from the settings; for `serve`."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from voicebot.calls.live import Live
from voicebot.clients.client import Client
from voicebot.clock import Clock
from voicebot.commands.telephoning import open_telephone
from voicebot.settings import Settings
from voicebot.store import presence as kept
from voicebot.store.database import Database

if TYPE_CHECKING:
    from voicebot.caller.softphone import Attend
    from voicebot.caller.sound_telephone import SoundTelephone
    from voicebot.handoff.bridge import Bridge
    from voicebot.handoff.elsewhere import ElsewhereTelephone
    from voicebot.handoff.presence import Operator, Presence
    from voicebot.handoff.reception import Reception

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Handing:
    """The desk, and what the worker beside the calls shares with it."""

    desk: Reception
    telephone: ElsewhereTelephone | None
    """The desk's telephone, as the worker uses it from its own thread."""
    sound: SoundTelephone | None = None
    """People made of code, whose lines the switchboard takes."""

    def open(self, attend: Attend) -> None:
        """The loop of the calls runs: from inside it. `attend` is `Switchboard.attend`."""
        if self.sound is not None:
            self.sound.attend = attend
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
    from voicebot.caller.sound_telephone import SoundTelephone, manners
    from voicebot.handoff.alertwatch import AlertWatch
    from voicebot.handoff.elsewhere import ElsewhereTelephone
    from voicebot.handoff.house import House
    from voicebot.handoff.pool import Operators
    from voicebot.handoff.reception import Reception

    how, _, names = settings.telephone.partition(":")
    sound = SoundTelephone(in_turn=manners(names)) if how == "simulated" else None
    telephone = sound or open_telephone(settings)
    house = House(
        operators=Operators(live, clock, Kept(database)),
        bridge=bridge,
        clock=clock,
        telephone=telephone,
        alerts=AlertWatch(database, clients, clock),
        # A worker in another process rings people whose lines cannot be joined with callers here.
        escalates=telephone is not None and settings.worker == "inside",
    )
    elsewhere = ElsewhereTelephone(telephone) if telephone else None
    return Handing(Reception(house), elsewhere, sound)


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
        try:
            with self.database.write() as connection:
                kept.keep(connection, operator.id, operator.name, presence.value, at)
        except Exception:  # nobody awaits it, and the presence counts all the same
            log.exception("a presence is not kept")
