"""HTML pages from templates; everything that is put into one is escaped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from voicebot.store.database import to_json
from voicebot.web import account_words, labels, oncall_labels, oncall_times, times

environment = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
)
environment.globals.update(
    urgency=labels.urgency,
    outcome=labels.outcome,
    cause=labels.cause,
    intent=labels.intent,
    situation=labels.situation,
    slot=labels.slot,
    shown=labels.shown,
    number=labels.number,
    alert_state=labels.alert_state,
    json=to_json,
    duration=times.duration,
    hour=times.hour,
    day=times.day,
    when=times.when,
    stamp=times.stamp,
    short_day=oncall_times.short_day,
    long_day=oncall_times.long_day,
    moment=oncall_times.moment,
    until=oncall_times.until,
    period=oncall_times.period,
    bar_hours=oncall_times.bar_hours,
    next_time=oncall_times.next_time,
    span_of_days=oncall_times.span_of_days,
    month_name=oncall_times.month_name,
    hours=oncall_times.hours,
    input_value=oncall_times.input_value,
    letter=oncall_labels.letter,
    letter_state=oncall_labels.letter_state,
    ring_outcome=oncall_labels.ring,
    way=oncall_labels.way,
    role_name=account_words.role,
    day_and_hour=account_words.day_and_hour,
    initials=account_words.initials,
)


def render(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """The page made from `template` with these values.

    Besides them it knows `path`, `me` (who is signed in, or None) and `csrf`, which each of its
    forms that changes something carries.
    """
    me = getattr(request.state, "who", None)
    frame = {"path": request.url.path, "me": me, "csrf": me.csrf if me else ""}
    return HTMLResponse(fragment(template, **{**frame, **values}), status)


def fragment(template: str, **values: Any) -> str:
    """The HTML made from `template` with these values."""
    return environment.get_template(template).render(**values)
