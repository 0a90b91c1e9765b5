"""What becomes of a call's alert while its caller waits, as the store tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from voicebot.clients.client import Client
from voicebot.clock import Clock
from voicebot.oncall.alert import AlertState, By
from voicebot.oncall.escalation import Phase
from voicebot.oncall.policy import MOST_STEPS
from voicebot.oncall.technician import Way
from voicebot.store import alerts, attempts, escalations
from voicebot.store.database import Database


@dataclass(frozen=True)
class Standing:
    """How a call's alert stands."""

    open: bool = False
    """Raised, and taken by nobody."""
    taken_by: str = ""
    """The name of who took it."""
    rung: int = 0
    """How many people its escalation has rung."""
    exhausted: bool = False
    """Nobody is left to try."""


@dataclass(frozen=True)
class AlertWatch:
    """Looks, and changes, in a thread; each is one transaction."""

    database: Database
    clients: Mapping[str, Client]
    clock: Clock

    def look(self, call_id: str) -> Standing:
        """How the call's alert stands; the latest one where it has several."""
        with self.database.read() as connection:
            found = alerts.read(connection, call_id)
            if not found:
                return Standing()
            alert = found[-1]
            rows = attempts.of_alert(connection, alert.id)
            rung = {r.person for r in rows if r.way == Way.RING.value and r.started_at}
            escalation = escalations.read(connection, alert.id)
        who = alert.acknowledged_by or ""
        return Standing(
            open=alert.state == AlertState.TRIGGERED.value,
            taken_by=self._name(alert.client, who),
            rung=len(rung),
            exhausted=escalation is None or escalation.phase is Phase.EXHAUSTED,
        )

    def take(self, call_id: str, who: str) -> None:
        """A person has spoken with the caller: the alert is hers, and nobody else is woken."""
        now = self.clock.now()
        with self.database.write() as connection:
            for alert in alerts.read(connection, call_id):
                alerts.acknowledge(connection, alert.id, who=who, by=By.CALL, at=now, name=who)

    def begin_procedure(self, call_id: str) -> None:
        """The client's emergency procedure begins now, whatever step its policy is at."""
        with self.database.write() as connection:
            for alert in alerts.read(connection, call_id):
                if alert.state == AlertState.TRIGGERED.value:
                    self._through(connection, alert.id)

    def _through(self, connection: Connection, alert_id: int) -> None:
        escalations.skip(connection, alert_id, MOST_STEPS, self.clock.now())

    def _name(self, client: str, who: str) -> str:
        known = self.clients.get(client)
        technicians = known.on_call.technicians if known and known.on_call else {}
        return technicians[who].name if who in technicians else who
