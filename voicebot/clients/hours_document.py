"""From `hours` in client.yml to the client's Hours."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from voicebot.clients.hours_schema import HoursSpec, OverflowSpec, ReplacementSpec
from voicebot.clients.spans import week_of, windows_of
from voicebot.oncall.hours import NEVER, Closure, Hours, Overflow, Replacement, Window
from voicebot.oncall.technician import Way, read_contact


def hours_of(spec: HoursSpec, zone: ZoneInfo) -> Hours:
    """The hours, in the client's zone."""
    return Hours(
        zone=zone,
        week=week_of(spec.week),
        country=spec.country,
        region=spec.region,
        closures=tuple(Closure(c.first, c.last, c.reason) for c in spec.closures),
        replacements=tuple(map(_replacement, spec.replacements)),
        overflow=_overflow(spec.overflow, spec.country),
        round_the_clock=spec.round_the_clock,
        open_on_holidays=spec.open_on_holidays,
    )


def _replacement(spec: ReplacementSpec) -> Replacement:
    windows = tuple(Window(opens, closes) for opens, closes in windows_of(spec.hours))
    return Replacement(spec.first, spec.last or spec.first, windows, spec.reason)


def _overflow(spec: OverflowSpec | None, country: str) -> Overflow:
    if spec is None:
        return NEVER
    lines = frozenset(_line(text, country) for text in spec.lines)
    return Overflow(lines, week_of(spec.week), spec.always)


def _line(text: str, country: str) -> str:
    """A number as the line gives itself; a line may also have a name, as a SIP one does."""
    try:
        return read_contact(Way.RING, text, country).address
    except ValueError:
        return text.strip()
