"""Everything about a client's people on call, as its manager wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from voicebot.oncall.policy import EscalationPolicy
from voicebot.oncall.rota import Rota
from voicebot.oncall.technician import Technician


@dataclass(frozen=True)
class Notice:
    """How long before a shift its technician must know of it.

    Article L3121-9 of the Code du travail wants a reasonable time, which an agreement fixes; where
    there is none, article L3121-12 says fifteen days, and in exceptional circumstances one clear
    day.
    """

    days: int = 15
    exceptional_days: int = 1


@dataclass(frozen=True)
class Rest:
    """How much rest there must be, in hours.

    Articles L3131-1 (daily) and L3132-2 (weekly) of the Code du travail.
    """

    daily_hours: float = 11
    weekly_hours: float = 35
    on_call_is_rest: bool = True
    """Article L3121-10: hours on call without an intervention count as rest. False where the
    client grants rest from being on call as well."""
    most_days_in_row: int | None = None
    """How many days one following the other somebody may be on call, where the client says so."""


@dataclass(frozen=True)
class ConfirmationRule:
    """When a technician confirms that his shift has begun (prise de poste)."""

    rotas: frozenset[str]
    asked: timedelta = timedelta(hours=1)
    """How long before the shift he is asked."""
    due: timedelta = timedelta(0)
    """How long after the shift's start he must have answered."""


@dataclass(frozen=True)
class OnCall:
    """The technicians, their rotas, and what happens when somebody must be woken."""

    technicians: Mapping[str, Technician]
    rotas: Mapping[str, Rota]
    policy: EscalationPolicy | None = None
    notice: Notice = Notice()
    rest: Rest = Rest()
    confirmation: ConfirmationRule | None = None
