"""What each role may see and do. The only place that says so."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from voicebot.accounts.role import Role


class Deed(StrEnum):
    """Something that an account may see or do, always within the clients that it may see."""

    SEE_CALLS = "see_calls"
    """The list of the calls, and each with its transcript, facts and decisions."""
    HEAR_CALLS = "hear_calls"
    """The recordings."""
    TAKE_CALLS = "take_calls"
    """The console: accept, decline, take over, whisper, note, be present or not."""
    SEE_FLOWS = "see_flows"
    """What is said and when, drawn."""
    SEE_ALERTS = "see_alerts"
    SETTLE_ALERTS = "settle_alerts"
    """Acknowledge, close, note an intervention, try a letter again."""
    SEE_ROTA = "see_rota"
    """Who is on call, the week, the calendar feeds, the statements."""
    CHANGE_ROTA = "change_rota"
    """Overrides and swaps."""
    SEE_OWN_DUTY = "see_own_duty"
    """One's own shifts, and the alerts for which one was asked."""
    OWN_ACCOUNT = "own_account"
    """One's own password, second factor and sessions."""
    RUN = "run"
    """Accounts, the log of what was seen and done, and every page that nobody else was granted."""


_SEES = frozenset(
    {
        Deed.SEE_CALLS,
        Deed.HEAR_CALLS,
        Deed.SEE_FLOWS,
        Deed.SEE_ALERTS,
        Deed.SEE_ROTA,
        Deed.OWN_ACCOUNT,
    }
)
_WORKS = frozenset({Deed.TAKE_CALLS, Deed.SETTLE_ALERTS, Deed.CHANGE_ROTA})

GRANTS: Mapping[Role, frozenset[Deed]] = MappingProxyType(
    {
        Role.ADMINISTRATOR: _SEES | _WORKS | {Deed.RUN},
        Role.OPERATOR: _SEES | _WORKS,
        Role.CLIENT: _SEES,
        Role.TECHNICIAN: frozenset({Deed.SEE_OWN_DUTY, Deed.OWN_ACCOUNT}),
    }
)
"""By role."""


def allows(role: Role, deed: Deed) -> bool:
    """Whether that role may do it."""
    return deed in GRANTS[role]
