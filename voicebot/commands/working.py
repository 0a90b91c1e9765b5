"""What the worker is made of, from the settings; for `serve` and for `voicebot worker`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from voicebot.clients.client import Client
from voicebot.clock import Clock
from voicebot.commands.delivering import postman
from voicebot.settings import Settings
from voicebot.store.database import Database

if TYPE_CHECKING:
    from voicebot.handoff.leg import Legs
    from voicebot.worker.worker import Worker


def make_worker(
    settings: Settings, database: Database, clients: Mapping[str, Client], clock: Clock
) -> Worker:
    """A worker that escalates, rings, delivers letters and sees to shift starts.

    Raises:
        BadInput: a setting of a gateway is missing or wrong.
    """
    from voicebot.worker.confirm import ShiftStarts
    from voicebot.worker.escalator import Escalator
    from voicebot.worker.ringer import Ringer
    from voicebot.worker.tell import Teller
    from voicebot.worker.worker import Worker, at_once

    delivering = postman(settings, database, clock)
    return Worker(
        Escalator(database, clients),
        Ringer(database, clients, open_legs(settings), clock),
        clock,
        chores=(
            at_once(ShiftStarts(database, clients).tick),
            at_once(Teller(database, clients).tick),
            delivering.deliver,
        ),
        poll_s=settings.worker_poll_s,
        closes=(delivering.close,),
    )


def open_legs(settings: Settings) -> Legs:
    """How people are rung."""
    from voicebot.handoff.ringing import TelephoneLegs
    from voicebot.handoff.simulated import ACCEPTS, SimulatedTelephone
    from voicebot.handoff.unconnected import Unconnected

    if settings.telephone == "simulated":
        return TelephoneLegs(SimulatedTelephone({}, stranger=ACCEPTS))
    return Unconnected()
