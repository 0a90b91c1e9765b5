"""Tells a client's own program what becomes of its alerts: one webhook for each line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from voicebot.clients.client import Client
from voicebot.delivery.letter import Channel, Letter
from voicebot.delivery.standing import USEFUL
from voicebot.store import alert_changes, alerts, outbox
from voicebot.store.alert_changes import Untold, letter_key
from voicebot.store.database import Database, to_json
from voicebot.worker.matter import matter_of

SETTLED = timedelta(minutes=1)
"""After so long no transaction that was open is open still: lines that were there are all seen."""


@dataclass(eq=False)
class Teller:
    """Posts a webhook for each line of an alert's time line, where the client wants them.

    It comes after the line, and loses none: what it has told stands in the outbox, under a key for
    each line, whichever worker did it and whenever it died.
    """

    database: Database
    clients: Mapping[str, Client]
    _floor: int = 0
    """Lines up to this one are told, or nobody asked for them."""
    _mark: tuple[int, datetime] | None = None
    """The last line there was at some moment at which none was left to tell."""

    def tick(self, now: datetime) -> int:
        """Posts what is not told yet; gives how many.

        Raises:
            StoreFull: the store refuses to write; it is tried again.
        """
        urls = {client.name: client.webhook for client in tuple(self.clients.values())}
        wanted = {name: url for name, url in urls.items() if url}
        if not wanted:
            return 0
        with self.database.read() as connection:
            found = alert_changes.untold(connection, wanted, self._floor, now - USEFUL)
            last = alert_changes.last(connection)
        if not found:
            self._raise_floor(last, now)
            return 0
        with self.database.write() as connection:
            for one in found:
                outbox.post(connection, self._letter(connection, one, wanted[one.client], now))
        return len(found)

    def _raise_floor(self, last: int, now: datetime) -> None:
        if self._mark is None:
            self._mark = (last, now)
        elif abs(now - self._mark[1]) >= SETTLED:
            self._floor, self._mark = self._mark[0], None

    def _letter(self, connection: Connection, one: Untold, url: str, now: datetime) -> Letter:
        kind = f"alert.{one.change.kind.value}"
        said = {
            "type": kind,
            "timestamp": one.change.at,
            "data": self._data(connection, one),
        }
        return Letter(
            way=Channel.WEBHOOK,
            address=url,
            subject=kind,
            text=json.dumps(json.loads(to_json(said)), ensure_ascii=False),
            key=letter_key(one.id),
            client=one.client,
            at=now,
            alert_id=one.alert_id,
        )

    def _data(self, connection: Connection, one: Untold) -> dict[str, Any]:
        """The line, and the alert as it is now; never a technician's number."""
        alert = alerts.find(connection, one.alert_id)
        matter = matter_of(connection, one.alert_id, self.clients)
        details = {name: value for name, value in one.change.data.items() if name != "key"}
        return {
            "change": one.id,
            "alert": alert.id,
            "client": alert.client,
            "state": alert.state,
            "urgency": alert.urgency,
            "rule": alert.rule,
            "because": alert.because,
            "fields": dict(alert.fields),
            "caller": matter.number,
            "by": one.change.by.value,
            "who": one.change.who,
            "details": details,
        }
