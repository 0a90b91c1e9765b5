"""HTML pages from templates; everything that is put into one is escaped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from voicebot.store.database import to_json
from voicebot.web import labels, times

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
)


def render(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """The page made from `template` with these values."""
    return HTMLResponse(fragment(template, path=request.url.path, **values), status)


def fragment(template: str, **values: Any) -> str:
    """The HTML made from `template` with these values."""
    return environment.get_template(template).render(**values)
