"""HTML pages from templates; everything that is put into one is escaped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.datastructures import URL
from starlette.requests import Request
from starlette.responses import HTMLResponse

from voicebot.store.database import to_json
from voicebot.web import account_words, labels, oncall_labels, oncall_times, times, tongue
from voicebot.web.catalogue import script_words

environment = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
    extensions=["jinja2.ext.i18n"],
)
environment.policies["ext.i18n.trimmed"] = True
# The extension put it there. What is put into a sentence is escaped, the sentence itself is not:
# `_()` is given sentences, never values (a test reads the templates for it).
environment.install_gettext_callables(  # type: ignore[attr-defined]
    lambda text: tongue.sentences().gettext(text),
    lambda one, many, number: tongue.sentences().ngettext(one, many, number),
    newstyle=True,
    pgettext=lambda context, text: tongue.sentences().pgettext(context, text),
    npgettext=lambda context, one, many, number: tongue.sentences().npgettext(
        context, one, many, number
    ),
)
# For the words of tables, which Python marks by N_: {{ kinds[one] | word }}.
environment.filters["word"] = lambda text: tongue._(text)
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
    spoken=tongue.spoken,
    tongues=tongue.TONGUES,
    foreign=tongue.foreign,
    colon=tongue.colon,
    decimal=tongue.decimal,
    script_words=lambda: script_words(tongue.spoken()),
    small=times.small,
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
    capital=times.capital,
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

    Besides them it knows `path`, `here` (where to come back to), `me` (who is signed in, or None)
    and `csrf`, which each of its forms that changes something carries.
    """
    me = getattr(request.state, "who", None)
    frame = {
        "path": request.url.path,
        "here": _here(request),
        "me": me,
        "csrf": me.csrf if me else "",
    }
    return HTMLResponse(fragment(template, **{**frame, **values}), status)


def fragment(template: str, **values: Any) -> str:
    """The HTML made from `template` with these values."""
    return environment.get_template(template).render(**values)


def _here(request: Request) -> str:
    """The address that the browser shows; a form that was refused goes back to its own page."""
    shown = request.url
    if request.method not in ("GET", "HEAD"):
        shown = URL(request.headers.get("referer", ""))
    return shown.path + (f"?{shown.query}" if shown.query else "")
