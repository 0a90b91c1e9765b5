"""`hours` in client.yml. Each key is described in docs/clients.md."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import holidays
from pydantic import Field, field_validator, model_validator

from voicebot.clients.spans import days_of, windows_of
from voicebot.clients.strict import Strict, Texts


class ClosureSpec(Strict):
    """`{from: 2026-08-03, to: 2026-08-21, reason: congés d'été}`."""

    first: date = Field(alias="from")
    last: date = Field(alias="to")
    reason: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> ClosureSpec:
        if self.last < self.first:
            raise ValueError(f"the closure ends ({self.last}) before it begins ({self.first})")
        return self


Week = dict[str, Texts]


def _week(week: Week) -> Week:
    taken: set[int] = set()
    for name, spans in week.items():
        days = set(days_of(name))
        if taken & days:
            raise ValueError(f"{name!r}: a day is given twice")
        taken |= days
        windows_of(spans)
    return week


class ReplacementSpec(Strict):
    """`{from: 2026-12-24, hours: 9:00-12:00, reason: veille de Noël}`."""

    first: date = Field(alias="from")
    last: date | None = Field(default=None, alias="to")
    hours: Texts = ()
    reason: str = ""

    @field_validator("hours")
    @classmethod
    def _hours(cls, spans: tuple[str, ...]) -> tuple[str, ...]:
        windows_of(spans)
        return spans

    @model_validator(mode="after")
    def _in_order(self) -> ReplacementSpec:
        if self.last is not None and self.last < self.first:
            raise ValueError(f"it ends ({self.last}) before it begins ({self.first})")
        return self


class OverflowSpec(Strict):
    """`{lines: [01 99 00 12 34], week: {monday: 9:00-10:00}}`."""

    lines: Texts = ()
    week: Week = {}
    always: bool = False

    @field_validator("week")
    @classmethod
    def _days_and_times(cls, week: Week) -> Week:
        return _week(week)

    @model_validator(mode="after")
    def _some(self) -> OverflowSpec:
        if not (self.lines or self.week or self.always):
            raise ValueError("give `lines`, `week`, or `always: true`")
        return self


class HoursSpec(Strict):
    """`week`, holidays, closures, and what holds in place of them."""

    week: Week = {}
    country: str = "FR"
    region: str | None = None
    closures: tuple[ClosureSpec, ...] = ()
    replacements: tuple[ReplacementSpec, ...] = ()
    overflow: OverflowSpec | None = None
    round_the_clock: bool = False
    open_on_holidays: bool = False

    @field_validator("week")
    @classmethod
    def _days_and_times(cls, week: Week) -> Week:
        return _week(week)

    @field_validator("replacements")
    @classmethod
    def _apart(cls, replacements: tuple[ReplacementSpec, ...]) -> tuple[ReplacementSpec, ...]:
        for one, other in pairwise(sorted(replacements, key=lambda r: r.first)):
            if other.first <= (one.last or one.first):
                raise ValueError(f"{other.first} is replaced twice")
        return replacements

    @model_validator(mode="after")
    def _some_hours(self) -> HoursSpec:
        if self.round_the_clock == bool(self.week):
            raise ValueError("give either `week` or `round_the_clock: true`")
        try:
            holidays.country_holidays(self.country, subdiv=self.region, years=2026)
        except NotImplementedError as error:
            raise ValueError(f"country or region is unknown: {error}") from None
        return self
