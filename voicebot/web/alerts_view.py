"""What the pages of the alerts show, and what is sent again when it changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from voicebot.oncall.alert import AlertState
from voicebot.store import alert_changes, alerts, dead_letters, escalations
from voicebot.store.alerts import Alert
from voicebot.web import people
from voicebot.web.page import fragment
from voicebot.web.parts import Parts
from voicebot.web.rights import Who
from voicebot.web.timeline import timeline
from voicebot.web.tongue import _


@dataclass(frozen=True)
class List:
    """What the list shows."""

    parts: Parts
    asking: Who
    client: str
    all: bool

    def values(self) -> dict[str, Any]:
        """For the page."""
        parts, now = self.parts, self.parts.clock.now()
        with parts.database.read() as connection:
            found = alerts.listed(
                connection, self.client or None, all_states=self.all, among=self.asking.clients
            )
            alarm = dead_letters.alarm(connection, now, among=self.asking.clients)
            letters = dead_letters.dead(connection) if alarm.failed else ()
        letters = tuple(one for one in letters if self.asking.may_see(one.letter.client))
        open_ones = [alert for alert in found if alert.state != AlertState.CLOSED]
        query = f"?client={self.client}&all={str(self.all).lower()}"
        return {
            "alerts": found,
            "alarm": alarm,
            "letters": letters,
            "waiting": waiting(open_ones),
            "open": len(open_ones),
            "company": parts.company,
            "zone": parts.zone,
            "language": parts.language,
            "names": lambda client: people.names(parts.clients.get(client)),
            "now": now,
            "client": self.client,
            "me": self.asking,
            "csrf": self.asking.csrf,
            "all": self.all,
            "watch": f"/api/alerts/events{query}",
            "title": title(open_ones),
        }

    def regions(self) -> Mapping[str, str]:
        """What is sent again when it changes."""
        values = self.values()
        return {
            "alarm": fragment("alerts_alarm.html", **values),
            "count": fragment("alerts_count.html", **values),
            "alerts": fragment("alerts_rows.html", **values),
            "title": values["title"],
        }


def waiting(found: Iterable[Alert]) -> int:
    """How many of these alerts nobody has taken."""
    return len([alert for alert in found if alert.state == AlertState.TRIGGERED])


def title(found: Iterable[Alert]) -> str:
    """The page's name, which tells in the browser's tab that somebody waits."""
    number, name = waiting(found), _("Alertes")
    return f"({number}) {name} · voicebot" if number else f"{name} · voicebot"


@dataclass(frozen=True)
class Whole:
    """What the page of an alert shows."""

    parts: Parts
    alert_id: int
    asking: Who

    def values(self) -> dict[str, Any]:
        """For the page.

        Raises:
            NotFound: there is no such alert.
        """
        parts = self.parts
        with parts.database.read() as connection:
            alert = alerts.find(connection, self.alert_id)
            changes = alert_changes.read(connection, alert.id)
            letters = dead_letters.listed(connection, alert_id=alert.id)
            escalation = escalations.read(connection, alert.id)
            calls = alerts.calls_of(connection, alert.id)
        client = parts.clients.get(alert.client)
        names = people.names(client)
        due = escalation.due if escalation and alert.state == AlertState.TRIGGERED else None
        return {
            "alert": alert,
            "company": parts.company(alert.client),
            "zone": parts.zone(alert.client),
            "language": parts.language(alert.client),
            "lines": timeline(changes, letters, names, parts.zone(alert.client)),
            "names": names,
            "calls": calls,
            "due": due,
            "exhausted": bool(escalation and escalation.phase == escalations.Phase.EXHAUSTED),
            "people": list(people.on_call_of(client).technicians.values()),
            "facts": _facts(parts, alert),
            "me": self.asking,
            "csrf": self.asking.csrf,
            "now": parts.clock.now(),
            "watch": f"/api/alerts/{alert.id}/events",
        }

    def regions(self) -> Mapping[str, str]:
        """What is sent again when it changes."""
        values = self.values()
        return {
            "state": fragment("alert_state.html", **values),
            "actions": fragment("alert_actions.html", **values),
            "lines": fragment("alert_lines.html", **values),
        }


def _facts(parts: Parts, alert: Alert) -> dict[str, Any]:
    hidden = parts.hidden(alert.client)
    return {
        name: value
        for name, value in alert.fields.items()
        if name not in hidden and value not in (None, "")
    }
