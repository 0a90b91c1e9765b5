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

    Article L3121-9 of the Code du travail: each one's programme is told to him within a
    reasonable time; by decree or agreement mostly fifteen days, one in exceptional circumstances.
    """

    days: int = 15
    exceptional_days: int = 1


@dataclass(frozen=True)
class Rest:
    """How much rest there must be, in hours.

    Articles L3131-1 (daily) and L3132-2 (weekly) of the Code du travail.
    """

    daily_hours: int = 11
    weekly_hours: int = 35
    on_call_is_rest: bool = True
    """Article L3121-10: hours on call without an intervention count as rest."""


@dataclass(frozen=True)
class ConfirmationRule:
    """When a technician confirms that his shift has begun (prise de poste)."""

    rotas: frozenset[str]
    opens: timedelta = timedelta(hours=1)
    """How long before the shift he may, and is asked to."""
    due: timedelta = timedelta(0)
    """How long after the shift's start he must have."""


@dataclass(frozen=True)
class OnCall:
    """The technicians, their rotas, and what happens when somebody must be woken."""

    technicians: Mapping[str, Technician]
    rotas: Mapping[str, Rota]
    policy: EscalationPolicy | None = None
    notice: Notice = Notice()
    rest: Rest = Rest()
    confirmation: ConfirmationRule | None = None
