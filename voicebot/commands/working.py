"""What the worker is made of, from the settings; for `serve` and for `voicebot worker`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from voicebot.clients.client import Client
from voicebot.clock import Clock
from voicebot.commands.delivering import postman
from voicebot.commands.telephoning import open_legs, open_telephone
from voicebot.settings import Settings
from voicebot.store.database import Database

if TYPE_CHECKING:
    from voicebot.commands.handing import Handing
    from voicebot.worker.worker import Worker


def make_worker(
    settings: Settings,
    database: Database,
    clients: Mapping[str, Client],
    clock: Clock,
    handing: Handing | None = None,
) -> Worker:
    """A worker that escalates, rings, delivers letters and sees to shift starts.

    Args:
        settings: which telephone, which gateways.
        database: with its schema up to date.
        clients: by slug.
        clock: tells the time.
        handing: the desk of the calls in this process: who takes an alert is joined with its
            caller where he waits on the line.

    Raises:
        BadInput: a setting of a gateway is missing or wrong.
    """
    from voicebot.worker.confirm import ShiftStarts
    from voicebot.worker.escalator import Escalator
    from voicebot.worker.ringer import Ringer
    from voicebot.worker.tell import Teller
    from voicebot.worker.worker import Worker, at_once

    delivering = postman(settings, database, clock)
    telephone = handing.telephone if handing else open_telephone(settings)
    ringer = Ringer(database, clients, open_legs(telephone), clock)
    if handing:
        ringer.waiting = handing.desk.house.waiting
    return Worker(
        Escalator(database, clients),
        ringer,
        clock,
        chores=(
            at_once(ShiftStarts(database, clients).tick),
            at_once(Teller(database, clients).tick),
            delivering.deliver,
        ),
        poll_s=settings.worker_poll_s,
        closes=(delivering.close,),
    )
