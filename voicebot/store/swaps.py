"""Swaps: asked, and accepted or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from voicebot.errors import BadInput, NotFound
from voicebot.oncall.rota import Rota
from voicebot.oncall.swap import Swap, SwapState, answer, objection
from voicebot.oncall.swap import overrides as overrides_of
from voicebot.store import overrides
from voicebot.store.rota_tables import swaps


@dataclass(frozen=True)
class KeptSwap:
    """A swap with its dates."""

    id: int
    swap: Swap
    asked_at: datetime
    answered_at: datetime | None


def ask(connection: Connection, client: str, swap: Swap, rota: Rota, at: datetime) -> int:
    """Keeps a swap that is asked for; gives its number.

    Raises:
        BadInput: the hours are not theirs to swap.
    """
    _check(connection, client, swap, rota, at)
    start, end = swap.back or (None, None)
    row = {
        "client": client,
        "rota": swap.rota,
        "asker": swap.asker,
        "asked": swap.asked,
        "start": swap.start,
        "end": swap.end,
        "back_start": start,
        "back_end": end,
        "state": swap.state.value,
        "asked_at": at,
    }
    return int(connection.execute(insert(swaps).returning(swaps.c.id), row).scalar_one())


def settle(
    connection: Connection,
    client: str,
    id: int,
    rota: Rota,
    *,
    by: str,
    accepted: bool,
    at: datetime,
) -> Swap:
    """Accepts, declines or takes back a swap, and changes the rota when it is accepted.

    Raises:
        NotFound: there is no such swap.
        BadInput: it is not his to answer, was answered before, or the rota has changed since.
    """
    kept = read(connection, client, id)
    try:
        settled = answer(kept.swap, by, accepted)
    except ValueError as wrong:
        raise BadInput(f"swap {id}: {wrong}") from None
    if settled.state is SwapState.ACCEPTED:
        _check(connection, client, kept.swap, rota, at)
        for override in overrides_of(settled):
            overrides.add(connection, client, override, by=by, at=at, swap=id)
    changed = update(swaps).where(swaps.c.id == id, swaps.c.client == client)
    connection.execute(changed.values(state=settled.state.value, answered_at=at))
    return settled


def read(connection: Connection, client: str, id: int) -> KeptSwap:
    """One swap.

    Raises:
        NotFound: there is no such swap.
    """
    query = select(swaps).where(swaps.c.id == id, swaps.c.client == client)
    row = connection.execute(query).first()
    if row is None:
        raise NotFound(f"{client} has no swap {id}", todo=f"voicebot rota swap {client}")
    return _read(row)


def list_swaps(
    connection: Connection, client: str, state: SwapState | None = None
) -> tuple[KeptSwap, ...]:
    """A client's swaps, the last asked first."""
    query = select(swaps).where(swaps.c.client == client).order_by(swaps.c.id.desc())
    if state is not None:
        query = query.where(swaps.c.state == state.value)
    return tuple(map(_read, connection.execute(query)))


def _check(connection: Connection, client: str, swap: Swap, rota: Rota, now: datetime) -> None:
    if why := objection(swap, rota, overrides.changes(connection, client), now):
        raise BadInput(why)


def _read(row: Row[Any]) -> KeptSwap:
    back = (row.back_start, row.back_end) if row.back_start else None
    state = SwapState(row.state)
    swap = Swap(row.rota, row.asker, row.asked, row.start, row.end, back, state)
    return KeptSwap(row.id, swap, row.asked_at, row.answered_at)
