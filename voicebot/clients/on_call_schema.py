"""What oncall.yml may hold. Each key is described in docs/rota.md."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import partial
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, field_validator, model_validator

from voicebot.clients.spans import days_of, span_of, windows_of
from voicebot.clients.strict import Strict, Texts, checked, listed
from voicebot.oncall.rotation import Every
from voicebot.oncall.technician import Way, read_contact

HOLIDAYS = "holidays"
_EVERY = re.compile(r"(?:(\d{1,3})\s+)?(hour|day|week|month)s?")
_LENGTH = re.compile(r"(\d{1,4})\s*(s|min|h|days?)")
_UNIT = {"s": "seconds", "min": "minutes", "h": "hours", "day": "days", "days": "days"}
_TARGET = re.compile(r"(?:(everybody)\s+)?([a-z][a-z0-9-]*)(?:\s+level\s+(\d+))?")


def every_of(text: str) -> tuple[int, Every]:
    """E.g. "week" → (1, week), "12 hours" → (12, hour)."""
    found = _EVERY.fullmatch(text.strip())
    if not found or found[1] == "0":
        raise ValueError(f"{text!r} is not how often one hands over, as week or 12 hours is")
    return int(found[1] or 1), Every(found[2])


def length_of(text: str) -> timedelta:
    """E.g. "2 min" → two minutes."""
    found = _LENGTH.fullmatch(text.strip())
    if not found:
        raise ValueError(f"{text!r} is not a length of time, as 30 s, 2 min or 1 h is")
    return timedelta(**{_UNIT[found[2]]: int(found[1])})


def target_of(text: str) -> tuple[bool, str, int | None]:
    """E.g. "everybody nuit" → (True, "nuit", None), "nuit level 2" → (False, "nuit", 2)."""
    found = _TARGET.fullmatch(text.strip())
    if not found or (found[1] and found[3]) or found[3] == "0":
        raise ValueError(
            f"{text!r} is nobody to reach: a technician, a rota, `nuit level 2` or `everybody nuit`"
        )
    return bool(found[1]), found[2], int(found[3]) if found[3] else None


def slot_days_of(names: tuple[str, ...]) -> tuple[frozenset[int], bool]:
    """The weekdays, and whether public holidays are among them."""
    days = (day for name in names if name != HOLIDAYS for day in days_of(name))
    return frozenset(days), HOLIDAYS in names


def _shown(value: Any) -> Any:
    """`2026-01-05 8:00`, as people write it; a date alone means its midnight."""
    if isinstance(value, str) and (found := re.fullmatch(r"(\d{4}-\d\d-\d\d) (\d):(\d\d)", value)):
        return f"{found[1]} 0{found[2]}:{found[3]}"
    return value


Shown = Annotated[datetime, BeforeValidator(_shown)]
"""What the client's clock shows; no zone."""
Ways = Annotated[tuple[Way, ...], BeforeValidator(listed), Field(min_length=1)]
Length = Annotated[str, checked(length_of)]
"""`30 s`, `2 min`, `1 h`, `2 days`."""
Turn = Annotated[str, checked(every_of)]
"""`week`, `12 hours`."""
Hours = Annotated[str, checked(span_of)]
"""`18:00-8:00`."""
SlotDays = Annotated[Texts, checked(slot_days_of)]
"""`monday-friday`, `holidays`."""
Targets = Annotated[Texts, checked(target_of, each=True)]
"""`nuit level 2`, `everybody nuit`, `karim`."""
Numbers = Annotated[Texts, checked(partial(read_contact, Way.RING), each=True)]
Addresses = Annotated[Texts, checked(partial(read_contact, Way.EMAIL), each=True)]


class TechnicianSpec(Strict):
    """`{name: Karim Haddad, ring: 06 39 98 10 01, email: karim@exemple.fr}`."""

    name: str = Field(min_length=1, max_length=80)
    ring: Numbers = ()
    sms: Numbers | None = None
    email: Addresses = ()
    language: str = "fr"

    @model_validator(mode="after")
    def _reachable(self) -> TechnicianSpec:
        if not (self.ring or self.sms or self.email):
            raise ValueError("cannot be reached: give `ring`, `sms` or `email`")
        return self


class SlotSpec(Strict):
    """`{days: monday-friday, hours: 18:00-8:00}`."""

    days: SlotDays = ("monday-sunday",)
    hours: Hours = "0:00-24:00"


class RotationSpec(Strict):
    """Who follows whom, and when."""

    members: Texts = Field(min_length=1)
    every: Turn = "week"
    begins: Shown
    ends: Shown | None = None
    slots: tuple[SlotSpec, ...] = ()
    told: datetime | None = None

    @field_validator("begins", "ends", "told")
    @classmethod
    def _no_zone(cls, at: datetime | None) -> datetime | None:
        if at is not None and at.tzinfo is not None:
            raise ValueError("is read on the client's own clock: leave the zone out")
        return at

    @model_validator(mode="after")
    def _in_order(self) -> RotationSpec:
        if self.ends is not None and self.ends <= self.begins:
            raise ValueError("the rotation ends before it begins")
        return self


class LevelSpec(Strict):
    """One level of a rota."""

    rotations: tuple[RotationSpec, ...] = Field(min_length=1)
    together: bool = False


class RotaSpec(Strict):
    """One rota."""

    name: str = Field(min_length=1)
    levels: tuple[LevelSpec, ...] = Field(min_length=1)
    covers: str | dict[str, Texts] = "closed"

    @field_validator("covers")
    @classmethod
    def _covers(cls, covers: str | dict[str, Texts]) -> str | dict[str, Texts]:
        if isinstance(covers, str):
            if covers not in ("closed", "always"):
                raise ValueError("`closed`, `always`, or hours for each day")
            return covers
        for name, spans in covers.items():
            days_of(name)
            windows_of(spans)
        return covers


class StepSpec(Strict):
    """`{to: [nuit], by: [ring, sms], wait: 2 min}`."""

    to: Targets = Field(min_length=1)
    by: Ways = (Way.RING,)
    wait: Length = "2 min"


class ProcedureSpec(Strict):
    """The emergency procedure: who is reached when the policy reached nobody."""

    people: Texts = ()
    wait: Length = "2 min"
    promise: str = ""


class PolicySpec(Strict):
    """An escalation policy."""

    steps: tuple[StepSpec, ...] = Field(min_length=1)
    repeat: int = Field(default=0, ge=0, le=20)
    then: str = ""
    procedure: ProcedureSpec = ProcedureSpec()
    joins_within: Length = "30 min"
    ring_for: Length = "25 s"


class NoticeSpec(Strict):
    """`{days: 15, exceptional_days: 1}`."""

    days: int = Field(default=15, ge=0, le=365)
    exceptional_days: int = Field(default=1, ge=0, le=365)


class RestSpec(Strict):
    """`{daily_hours: 11, weekly_hours: 35, on_call_is_rest: true}`."""

    daily_hours: float = Field(default=11, ge=0, le=24)
    weekly_hours: float = Field(default=35, ge=0, le=168)
    on_call_is_rest: bool = True
    most_days_in_row: int | None = Field(default=None, ge=1, le=365)


class ConfirmationSpec(Strict):
    """`{rotas: [nuit], asked: 1 h, due: 15 min}`."""

    rotas: Texts = Field(min_length=1)
    asked: Length = "1 h"
    due: Length = "0 min"


class OnCallSpec(Strict):
    """oncall.yml."""

    technicians: dict[str, TechnicianSpec] = Field(min_length=1)
    rotas: dict[str, RotaSpec] = {}
    policies: dict[str, PolicySpec] = {}
    policy: str = ""
    notice: NoticeSpec = NoticeSpec()
    rest: RestSpec = RestSpec()
    confirmation: ConfirmationSpec | None = None
