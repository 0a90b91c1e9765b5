"""What client.yml may hold. Each key is described in docs/clients.md."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import phonenumbers
from pydantic import Field, field_validator, model_validator

from voicebot.clients.groups import word_groups
from voicebot.clients.hours_schema import HoursSpec
from voicebot.clients.spans import days_of, months_of, span_of
from voicebot.clients.strict import Strict, Texts, checked
from voicebot.clients.transfer_schema import TransferSpec
from voicebot.dialogue.flow import FIRST_FLOW
from voicebot.oncall.criteria import Urgency
from voicebot.oncall.hours import Situation
from voicebot.oncall.pattern import Pattern, compile_pattern

HTTPS = ("https",)


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


Patterns = Annotated[Texts, checked(compiled, each=True)]
"""`mal poitrine`; see docs/clients.md."""


class SituationSpec(Strict):
    """`{greeting: Bonjour, toutes nos lignes sont occupées., flow: overflow}`."""

    greeting: str = Field(default="", max_length=300)
    flow: str = FIRST_FLOW


class WhenSpec(Strict):
    """`{months: 10-4, hours: 22:00-6:00, days: saturday-sunday}`."""

    months: Annotated[str, checked(months_of)] | None = None
    hours: Annotated[str, checked(span_of)] | None = None
    days: Annotated[str, checked(days_of)] | None = None


class RuleSpec(Strict):
    """One urgency rule."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    urgency: Urgency
    because: str = Field(min_length=1)
    any: Patterns = ()
    also: Patterns = ()
    unless: Patterns = ()
    without: Patterns = ()
    intents: Texts = ()
    both: bool = False
    slots: dict[str, str] = {}
    contract: bool | None = None
    when: WhenSpec = WhenSpec()
    advice: str = ""
    ask: str = ""

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
    any: Patterns
    unless: Patterns = ()


class RulesSpec(Strict):
    """A file of rules."""

    urgency: tuple[RuleSpec, ...]
    softened: tuple[SoftenerSpec, ...] = ()
    meant: str = ""


class ContractSpec(Strict):
    """`{name: Clinique Saint-Yves, reference: C-2041, numbers: ["02 40 12 34 56"]}`."""

    name: str = Field(min_length=1)
    reference: str = ""
    numbers: Annotated[Texts, checked(number_of, each=True)]


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
    situations: dict[Situation, SituationSpec] = {}
    urgency: tuple[RuleSpec, ...] = ()
    contracts: tuple[ContractSpec, ...] = ()
    words: tuple[str, ...] = ()
    webhook: str = ""
    transfer: TransferSpec | None = None

    @field_validator("timezone")
    @classmethod
    def _zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError(f"{name!r} is no time zone, as Europe/Paris is") from None
        return name

    @field_validator("webhook")
    @classmethod
    def _webhook(cls, url: str) -> str:
        parts = urlsplit(url)
        near = parts.hostname in ("localhost", "127.0.0.1", "::1")
        if url and not (parts.hostname and parts.scheme in (("http", "https") if near else HTTPS)):
            raise ValueError("an address that begins with https://: it carries what callers said")
        return url

    @field_validator("facts")
    @classmethod
    def _names(cls, facts: dict[str, str]) -> dict[str, str]:
        for name in facts:
            if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or name in ("company", "greeting"):
                raise ValueError(f"{name!r} cannot be the name of a fact")
        return facts
