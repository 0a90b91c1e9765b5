"""What an alert is about at this moment, read from the store."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, select

from voicebot.clients.client import Client
from voicebot.handoff.matter import Matter
from voicebot.oncall.alert import SHIFT_START
from voicebot.store import alerts
from voicebot.store.tables import calls


def matter_of(connection: Connection, alert_id: int, clients: Mapping[str, Client]) -> Matter:
    """The alert's facts, with those that came in since it was raised."""
    alert = alerts.find(connection, alert_id)
    rang = select(calls.c.caller_number).where(calls.c.id == alert.call_id)
    client = clients.get(alert.client)
    company = client.company if client else alert.client
    number = connection.execute(rang).scalar()
    if alert.rule == SHIFT_START:
        return Matter(company, SHIFT_START, alert.because, {}, None)
    return Matter(company, alert.urgency, alert.because, alert.fields, number)
