"""A monthly statement as CSV, as French spreadsheets open it: semicolons, decimal commas."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from voicebot.oncall.statement import Day, Statement

DAYS = (
    *("technicien", "jour", "heures_astreinte", "dont_nuit", "dont_dimanche"),
    *("dont_jour_ferie", "jour_ferie", "heures_intervention"),
)
FACTS = ("technicien", "quoi", "debut", "fin", "moyen", "issue", "alerte")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is run by a spreadsheet; such text is quoted."""

Name = Callable[[str], str]


def days_csv(statements: Iterable[Statement], name: Name = str) -> str:
    """A line for each technician and day, and a line of totals for each technician.

    Args:
        statements: of one month.
        name: makes a technician's name of his id.
    """
    return _written(DAYS, (row for found in statements for row in _days(found, name)))


def facts_csv(statements: Iterable[Statement], zone: ZoneInfo, name: Name = str) -> str:
    """A line for each period on call, each ring and each intervention, dated in `zone`."""
    return _written(FACTS, (row for found in statements for row in _facts(found, zone, name)))


def hours(length: timedelta) -> str:
    """Hours with two decimals and a comma: 7,25."""
    return f"{length.total_seconds() / 3600:.2f}".replace(".", ",")


def _days(found: Statement, name: Name) -> Iterable[list[str]]:
    who = name(found.technician)
    for day in found.days:
        yield [who, day.day.isoformat(), *_parts(day)]
    yield [who, "total", *_parts(found.total)]


def _parts(day: Day) -> list[str]:
    parts = (day.on_call, day.night, day.sunday, day.holiday)
    return [*map(hours, parts), day.holiday_name, hours(day.worked)]


def _facts(found: Statement, zone: ZoneInfo, name: Name) -> Iterable[list[str]]:
    def dated(at: datetime | None) -> str:
        return at.astimezone(zone).isoformat(timespec="seconds") if at else ""

    who = name(found.technician)
    for start, end in found.spans:
        yield [who, "astreinte", dated(start), dated(end), "", "", ""]
    for ring in found.rings:
        yield [who, "sollicitation", dated(ring.at), "", ring.way, ring.outcome, ring.alert]
    for done in found.interventions:
        yield [who, "intervention", dated(done.start), dated(done.end), "", "", done.alert]


def _written(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return text.getvalue()


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
