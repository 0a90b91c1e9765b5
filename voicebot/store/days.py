"""A span of days, each client's in its own zone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, or_, true

from voicebot.store.tables import calls


@dataclass(frozen=True)
class Days:
    """From the first day to the last, both included: what stands on people's own calendars."""

    first: date | None
    """None: from the beginning."""
    last: date | None
    """None: up to now."""
    zones: Mapping[str, ZoneInfo]
    """Each client's, by slug."""
    otherwise: ZoneInfo
    """For a client that is gone."""

    def condition(self) -> ColumnElement[bool]:
        """The calls that were picked up on these days, as a condition of SQL."""
        by_zone: dict[ZoneInfo, list[str]] = {}
        for client, zone in self.zones.items():
            by_zone.setdefault(zone, []).append(client)
        known = [
            and_(calls.c.client.in_(clients), self._within(zone))
            for zone, clients in by_zone.items()
        ]
        gone = and_(calls.c.client.notin_(list(self.zones)), self._within(self.otherwise))
        return or_(*known, gone)

    def _within(self, zone: ZoneInfo) -> ColumnElement[bool]:
        limits: list[ColumnElement[bool]] = [true()]
        if self.first:
            limits.append(calls.c.started_at >= _midnight(self.first, zone))
        if self.last:
            limits.append(calls.c.started_at < _midnight(self.last + timedelta(days=1), zone))
        return and_(*limits)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
