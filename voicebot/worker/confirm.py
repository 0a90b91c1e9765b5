"""Shift starts: asks who begins whether he is there; gives the alarm when he does not say."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from voicebot.clients.client import Client
from voicebot.delivery.letter import LINK, Channel, Letter
from voicebot.oncall.alert import SHIFT_START, By
from voicebot.oncall.confirmation import Confirmation, Due, ShiftKey, Task, ask_text, tasks
from voicebot.oncall.on_call import OnCall
from voicebot.oncall.technician import Technician, Way
from voicebot.store import alerts, confirmations, outbox, overrides
from voicebot.store.database import Database
from voicebot.store.raising import miss_shift

EVERY = timedelta(seconds=20)
"""How often it is looked: a shift's start is told in minutes."""


@dataclass(eq=False)
class ShiftStarts:
    """Sees to it that whoever is on call knows it, before the first call does."""

    database: Database
    clients: Mapping[str, Client]
    every: timedelta = EVERY
    _looked_at: datetime | None = None

    def tick(self, now: datetime) -> int:
        """Asks, gives the alarm, and takes it back when the technician shows up; how many.

        Raises:
            StoreFull: the store refuses to write; it is tried again.
        """
        if self._looked_at and timedelta(0) <= now - self._looked_at < self.every:
            return 0
        done = sum(self._client(client, now) for client in tuple(self.clients.values()))
        self._looked_at = now
        return done

    def _client(self, client: Client, now: datetime) -> int:
        on_call = client.on_call
        if on_call is None or on_call.confirmation is None:
            return 0
        rule = on_call.confirmation
        with self.database.read() as connection:
            known = confirmations.known(connection, client.name, now)
            changes = overrides.changes(connection, client.name, now)
            arrived = _arrived(connection, client.name, known)
        due = [t for rota in on_call.rotas.values() for t in tasks(rule, rota, changes, known, now)]
        if not due and not arrived:
            return 0
        with self.database.write() as connection:
            for alert_id, technician in arrived:
                alerts.close(connection, alert_id, who=technician, by=By.LINK, at=now)
            for task in due:
                self._do(connection, client, on_call, task, now)
        return len(due) + len(arrived)

    def _do(
        self, connection: Connection, client: Client, on_call: OnCall, task: Task, now: datetime
    ) -> None:
        person = on_call.technicians.get(task.shift.technician)
        if task.due is Due.ASK:
            if confirmations.ask(connection, client.name, task, now) and person:
                self._ask(connection, client, person, task, now)
        elif confirmations.miss(connection, client.name, task, now):
            policy = on_call.policy
            if policy is not None:
                name = person.name if person else task.shift.technician
                miss_shift(
                    connection,
                    client.name,
                    task.shift.technician,
                    _because(name, task.shift.start.astimezone(client.timezone)),
                    now,
                    procedure=bool(policy.procedure.people),
                    fields=_fields(task),
                )

    def _ask(
        self, connection: Connection, client: Client, person: Technician, task: Task, now: datetime
    ) -> None:
        way = next((way for way in (Way.SMS, Way.EMAIL) if person.by(way)), None)
        if way is None:
            return
        begins = task.shift.start.astimezone(client.timezone)
        written = Letter(
            way=Channel(way.value),
            address=person.by(way)[0].address,
            subject=f"{client.company} : prise de poste",
            text=ask_text(client.company, begins, LINK, person.language),
            key=letter_key(client.name, task.key),
            client=client.name,
            at=now,
            technician=person.id,
            until=task.shift.end,
        )
        outbox.post(connection, written)


def letter_key(client: str, shift: ShiftKey) -> str:
    """What tells the letter about a shift from every other one.

    A hash, since the names may be longer than a key; of JSON, so that no two shifts read alike.
    """
    rota, technician, start = shift
    whole = json.dumps([client, rota, technician, start.timestamp()])
    return f"shift-{hashlib.sha256(whole.encode()).hexdigest()}"


def _because(name: str, begins: datetime) -> str:
    when = f"{begins.hour} h {begins.minute:02d}" if begins.minute else f"{begins.hour} h"
    return (
        f"{name} n'a pas confirmé sa prise de poste de {when}. Il faut s'assurer que quelqu'un est "
        "d'astreinte."
    )


def _fields(task: Task) -> dict[str, str]:
    rota, technician, start = task.key
    return {"rota": rota, "technician": technician, "start": start.isoformat()}


def _arrived(
    connection: Connection, client: str, known: Mapping[ShiftKey, Confirmation]
) -> list[tuple[int, str]]:
    """The alarms about technicians who have confirmed since."""
    there = {
        (rota, technician, start.isoformat())
        for (rota, technician, start), kept in known.items()
        if kept.confirmed_at is not None
    }
    if not there:
        return []
    found = []
    for alert in alerts.listed(connection, client, rule=SHIFT_START, most=None):
        shift = alert.fields
        key = (shift.get("rota"), shift.get("technician"), shift.get("start"))
        if key in there:
            found.append((alert.id, str(shift["technician"])))
    return found
