"""What client.yml may hold. Each key is described in docs/clients.md."""

from __future__ import annotations

import re
from datetime import date, time
from itertools import pairwise
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import holidays
import phonenumbers
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from voicebot.clients.groups import word_groups
from voicebot.oncall.criteria import Urgency
from voicebot.oncall.pattern import Pattern, compile_pattern

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})")


def listed(value: Any) -> Any:
    """One text where a list of texts is meant."""
    return [value] if isinstance(value, str) else value


Texts = Annotated[tuple[str, ...], BeforeValidator(listed)]


class Strict(BaseModel):
    """A key that is not known is a mistake, never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


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


class HoursSpec(Strict):
    """`week`, holidays and closures."""

    week: dict[str, Texts] = {}
    country: str = "FR"
    region: str | None = None
    closures: tuple[ClosureSpec, ...] = ()
    round_the_clock: bool = False
    open_on_holidays: bool = False

    @field_validator("week")
    @classmethod
    def _days_and_times(cls, week: dict[str, Texts]) -> dict[str, Texts]:
        taken: set[int] = set()
        for name, spans in week.items():
            days = set(days_of(name))
            if taken & days:
                raise ValueError(f"{name!r}: a day is given twice")
            taken |= days
            windows_of(spans)
        return week

    @model_validator(mode="after")
    def _some_hours(self) -> HoursSpec:
        if self.round_the_clock == bool(self.week):
            raise ValueError("give either `week` or `round_the_clock: true`")
        try:
            holidays.country_holidays(self.country, subdiv=self.region, years=2026)
        except NotImplementedError as error:
            raise ValueError(f"country or region is unknown: {error}") from None
        return self


class WhenSpec(Strict):
    """`{months: 10-4, hours: 22:00-6:00, days: saturday-sunday}`."""

    months: str | None = None
    hours: str | None = None
    days: str | None = None

    @field_validator("months")
    @classmethod
    def _months(cls, text: str | None) -> str | None:
        if text is not None:
            months_of(text)
        return text

    @field_validator("hours")
    @classmethod
    def _hours(cls, text: str | None) -> str | None:
        if text is not None:
            span_of(text)
        return text

    @field_validator("days")
    @classmethod
    def _days(cls, text: str | None) -> str | None:
        if text is not None:
            days_of(text)
        return text


class RuleSpec(Strict):
    """One urgency rule."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    urgency: Urgency
    because: str = Field(min_length=1)
    any: Texts = ()
    also: Texts = ()
    unless: Texts = ()
    without: Texts = ()
    intents: Texts = ()
    both: bool = False
    slots: dict[str, str] = {}
    contract: bool | None = None
    when: WhenSpec = WhenSpec()
    advice: str = ""
    ask: str = ""

    @field_validator("any", "also", "unless", "without")
    @classmethod
    def _patterns(cls, texts: tuple[str, ...]) -> tuple[str, ...]:
        for text in texts:
            compiled(text)
        return texts

    @model_validator(mode="after")
    def _can_fire(self) -> RuleSpec:
        if not (self.any or self.intents or (self.also and self.slots)):
            raise ValueError(f"rule {self.id!r} names no words and no intents")
        if self.both and not (self.any and self.intents):
            raise ValueError(f"rule {self.id!r}: `both` needs `any` and `intents`")
        if self.urgency is Urgency.VITAL and not self.advice:
            raise ValueError(f"rule {self.id!r} is vital: say in `advice` what the caller must do")
        return self


class SoftenerSpec(Strict):
    """Words that may take a rule's words back."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    ask: dict[Urgency, str] = Field(min_length=1)
    any: Texts
    unless: Texts = ()

    @field_validator("any", "unless")
    @classmethod
    def _patterns(cls, texts: tuple[str, ...]) -> tuple[str, ...]:
        for text in texts:
            compiled(text)
        return texts


class RulesSpec(Strict):
    """A file of rules."""

    urgency: tuple[RuleSpec, ...]
    softened: tuple[SoftenerSpec, ...] = ()
    meant: str = ""


class ContractSpec(Strict):
    """`{name: Clinique Saint-Yves, reference: C-2041, numbers: ["02 40 12 34 56"]}`."""

    name: str = Field(min_length=1)
    reference: str = ""
    numbers: Texts

    @field_validator("numbers")
    @classmethod
    def _numbers(cls, numbers: tuple[str, ...]) -> tuple[str, ...]:
        for number in numbers:
            number_of(number)
        return numbers


class ClientSpec(Strict):
    """client.yml."""

    company: str = Field(min_length=1)
    sector: str
    language: str = "fr"
    timezone: str = "Europe/Paris"
    greeting: str = Field(min_length=1, max_length=300)
    facts: dict[str, str] = {}
    instructions: str = ""
    hours: HoursSpec
    urgency: tuple[RuleSpec, ...] = ()
    contracts: tuple[ContractSpec, ...] = ()
    words: tuple[str, ...] = ()

    @field_validator("timezone")
    @classmethod
    def _zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError(f"{name!r} is no time zone, as Europe/Paris is") from None
        return name

    @field_validator("facts")
    @classmethod
    def _names(cls, facts: dict[str, str]) -> dict[str, str]:
        for name in facts:
            if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or name in ("company", "greeting"):
                raise ValueError(f"{name!r} cannot be the name of a fact")
        return facts


def compiled(text: str) -> Pattern:
    """A pattern, with the groups of words that the program knows."""
    return compile_pattern(text, word_groups())


def number_of(text: str) -> str:
    """E.g. "02 40 12 34 56" → "+33240123456"."""
    try:
        number = phonenumbers.parse(text, "FR")
    except phonenumbers.NumberParseException:
        raise ValueError(f"{text!r} is no telephone number") from None
    if not phonenumbers.is_possible_number(number):
        raise ValueError(f"{text!r} is no telephone number")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def days_of(name: str) -> tuple[int, ...]:
    """E.g. "monday" → (0,), "monday-friday" → (0, 1, 2, 3, 4)."""
    ends = [part.strip() for part in name.split("-")]
    if len(ends) > 2 or any(end not in DAYS for end in ends):
        raise ValueError(f"{name!r} is not a day, as monday is, nor monday-friday")
    first, last = DAYS.index(ends[0]), DAYS.index(ends[-1])
    return tuple((first + n) % 7 for n in range((last - first) % 7 + 1))


def span_of(text: str) -> tuple[time, time]:
    """E.g. "9:00-12:30" → (09:00, 12:30); 24:00 is midnight."""
    found = _SPAN.fullmatch(text.strip())
    if not found:
        raise ValueError(f"{text!r} is not a span of time, as 9:00-12:30 is")
    hour, minute, last_hour, last_minute = (int(part) for part in found.groups())
    try:
        return time(hour, minute), time(
            last_hour % 24 if last_hour == 24 else last_hour, last_minute
        )
    except ValueError:
        raise ValueError(f"{text!r}: there is no such hour") from None


def windows_of(spans: Texts) -> tuple[tuple[time, time], ...]:
    """The windows of one day, in order and apart."""
    windows = tuple(span_of(span) for span in spans)
    for opens, closes in windows:
        if closes <= opens and closes != time(0):
            raise ValueError("a window closes before it opens: end it at 24:00, begin anew at 0:00")
    for (_, closes), (opens, _) in pairwise(windows):
        if closes == time(0) or opens < closes:
            raise ValueError("the windows of a day overlap or are not in order")
    return windows


def months_of(text: str) -> tuple[int, int]:
    """E.g. "10-4" → (10, 4)."""
    found = re.fullmatch(r"(\d{1,2})\s*-\s*(\d{1,2})", text.strip())
    if not found or not all(1 <= int(month) <= 12 for month in found.groups()):
        raise ValueError(f"{text!r} is not a span of months, as 10-4 is")
    return int(found[1]), int(found[2])
