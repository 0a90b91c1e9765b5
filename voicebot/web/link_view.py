"""What the technician's page shows: the alert as it concerns him, or the start of his shift."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from voicebot.oncall.alert import AlertChange, AlertState, Happening
from voicebot.oncall.confirmation import LATEST
from voicebot.oncall.technician import Technician
from voicebot.store import alert_changes, alerts, confirmations
from voicebot.store.alerts import Alert
from voicebot.store.links import Link
from voicebot.store.tables import calls
from voicebot.web import people
from voicebot.web.labels import number, shown, slot, urgency
from voicebot.web.oncall_times import brief_day
from voicebot.web.parts import Parts
from voicebot.web.times import clock
from voicebot.web.tongue import _

NBSP = "\N{NO-BREAK SPACE}"
MINUTES = (15, 30, 45, 60, 90)


def person_of(parts: Parts, link: Link) -> Technician | None:
    """Whose link it is; None when he is no longer among the client's people."""
    on_call = people.on_call_of(parts.clients.get(link.client))
    listed = on_call.policy.procedure.people if on_call.policy else ()
    known = {person.id: person for person in listed} | dict(on_call.technicians)
    return known.get(link.technician)


@dataclass(frozen=True)
class Standpoint:
    """How one technician stands to one alert."""

    alert: Alert
    mine: tuple[AlertChange, ...]
    """His own lines of the time line, in order."""
    calls: int
    caller: str | None

    @property
    def takeable(self) -> bool:
        """Whether nobody has it."""
        return self.alert.state == AlertState.TRIGGERED

    def his(self, who: str) -> bool:
        """Whether he has it."""
        return self.alert.state == AlertState.ACKNOWLEDGED and self.alert.acknowledged_by == who

    @property
    def declined(self) -> bool:
        """Whether no was the last that he said."""
        answers = (Happening.DECLINED, Happening.ACKNOWLEDGED)
        said = [change.kind for change in self.mine if change.kind in answers]
        return bool(said) and said[-1] is Happening.DECLINED

    @property
    def work(self) -> AlertChange | None:
        """When he last began or ended work."""
        return self._last(Happening.STARTED, Happening.ENDED)

    @property
    def working(self) -> bool:
        """Whether he is at work."""
        return self.work is not None and self.work.kind is Happening.STARTED

    @property
    def arrival(self) -> datetime | None:
        """When he said that he would be there."""
        change = self._last(Happening.ARRIVING)
        return datetime.fromisoformat(str(change.data["at"])) if change else None

    def _last(self, *kinds: Happening) -> AlertChange | None:
        return next((change for change in reversed(self.mine) if change.kind in kinds), None)


def standpoint(connection: Connection, alert_id: int, who: str) -> Standpoint:
    """How that technician stands to that alert now.

    Raises:
        NotFound: there is no such alert.
    """
    alert = alerts.find(connection, alert_id)
    mine = [change for change in alert_changes.read(connection, alert_id) if change.who == who]
    rang = select(calls.c.caller_number).where(calls.c.id == alert.call_id)
    caller = connection.execute(rang).scalar()
    return Standpoint(alert, tuple(mine), len(alerts.calls_of(connection, alert_id)), caller)


@dataclass(frozen=True)
class View:
    """The page of one link at one moment."""

    parts: Parts
    link: Link
    person: Technician
    now: datetime

    @property
    def zone(self) -> ZoneInfo:
        """The client's."""
        return self.parts.zone(self.link.client)

    def values(self, connection: Connection) -> dict[str, Any]:
        """What every page of a link holds, and what this one is about."""
        common = {
            "company": self.parts.company(self.link.client),
            "name": self.person.name,
            "valid_until": self.when(self.link.expires_at),
            "when": self.when,
        }
        if self.link.alert_id is None:
            return common | {"about": "shift"} | self._shift(connection)
        return common | {"about": "alert"} | self._alert(connection, self.link.alert_id)

    def when(self, at: datetime) -> str:
        """À 22 h 41, demain à 8 h 05, le 14/01 à 22 h 41: briefly, for a small screen."""
        local, today = at.astimezone(self.zone), self.now.astimezone(self.zone).date()
        time = clock(local)
        match (local.date() - today).days:
            case 0:
                return _("à\N{NO-BREAK SPACE}%(time)s", time=time)
            case 1:
                return _("demain à\N{NO-BREAK SPACE}%(time)s", time=time)
            case -1:
                return _("hier à\N{NO-BREAK SPACE}%(time)s", time=time)
        day = brief_day(local.date())
        return _("le %(day)s à\N{NO-BREAK SPACE}%(time)s", day=day, time=time)

    def _alert(self, connection: Connection, alert_id: int) -> dict[str, Any]:
        seen = standpoint(connection, alert_id, self.person.id)
        alert = seen.alert
        names = people.names(self.parts.clients.get(self.link.client))
        back = str(alert.fields.get("callback_number") or seen.caller or "")
        return {
            "seen": seen,
            "alert": alert,
            "his": seen.his(self.person.id),
            "language": self.parts.language(self.link.client),
            "closed": alert.state == AlertState.CLOSED,
            "urgency_name": urgency(alert.urgency),
            "taken_by": names(alert.acknowledged_by) if alert.acknowledged_by else "",
            "facts": self._facts(alert.fields),
            "number": back if back.startswith("+") else "",
            "number_shown": number(back).replace(" ", NBSP) if back else "",
            "minutes": MINUTES,
        }

    def _facts(self, fields: Mapping[str, Any]) -> list[tuple[str, str]]:
        hidden = self.parts.hidden(self.link.client)
        return [
            (slot(name), shown(name, value))
            for name, value in fields.items()
            if name not in hidden and name != "callback_number" and value not in (None, "")
        ]

    def _shift(self, connection: Connection) -> dict[str, Any]:
        known = confirmations.known(connection, self.link.client, self.now)
        mine = {
            start: kept
            for (_rota, technician, start), kept in known.items()
            if technician == self.person.id
        }
        waiting = [start for start, kept in mine.items() if kept.confirmed_at is None]
        # A link that is opened again after the yes says that it was heard.
        recent = [start for start in mine if start > self.now - LATEST - timedelta(hours=12)]
        return {
            "begins": min(waiting, default=None),
            "confirmed": not waiting and bool(recent),
            "began": bool(waiting) and min(waiting) <= self.now,
        }
