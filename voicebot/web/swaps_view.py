"""The swaps that wait for an answer, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from voicebot.clients.client import Client
from voicebot.oncall.swap import SwapState
from voicebot.store import swaps
from voicebot.store.swaps import KeptSwap
from voicebot.web import people
from voicebot.web.oncall_times import moment, period
from voicebot.web.tongue import _


@dataclass(frozen=True)
class Asked:
    """A swap that waits for its answer, in words."""

    id: int
    sentence: str
    back: str
    asker: str
    asked: str
    asked_on: str


def pending(connection: Connection, client: Client, now: datetime) -> list[Asked]:
    """The swaps that wait for an answer, of hours that have not begun."""
    kept = swaps.list_swaps(connection, client.name, SwapState.ASKED)
    return [_asked(one, client) for one in kept if one.swap.start > now]


def _asked(kept: KeptSwap, client: Client) -> Asked:
    swap, zone, name = kept.swap, client.timezone, people.names(client)
    taken = ""
    if swap.back:
        start, end = swap.back
        taken = _("En échange : %(period)s.", period=period(start, end, zone))
    sentence = _(
        "%(asker)s demande à %(asked)s de prendre sa place %(period)s.",
        asker=name(swap.asker),
        asked=name(swap.asked),
        period=period(swap.start, swap.end, zone),
    )
    return Asked(
        id=kept.id,
        sentence=sentence,
        back=taken,
        asker=name(swap.asker),
        asked=name(swap.asked),
        asked_on=moment(kept.asked_at, zone),
    )
