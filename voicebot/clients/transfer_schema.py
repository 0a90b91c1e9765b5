"""What the key `transfer` of client.yml may hold. Each key is described in docs/handoff.md."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, field_validator, model_validator

from voicebot.clients.on_call_schema import length_of
from voicebot.clients.strict import Strict, Texts
from voicebot.clients.transfer import Kind, Target
from voicebot.oncall.technician import Way, read_contact


def _seconds(value: Any) -> float:
    if not isinstance(value, str):
        raise ValueError("is a length of time, as 20 s is")
    return length_of(value).total_seconds()


Seconds = Annotated[float, BeforeValidator(_seconds)]
"""`20 s`, `3 min`."""


class PersonSpec(Strict):
    """`{name: Paul Moreau, ring: 01 99 00 10 09}`."""

    name: str = Field(min_length=1, max_length=80)
    ring: str
    language: str = "fr"

    @field_validator("ring")
    @classmethod
    def _number(cls, text: str) -> str:
        read_contact(Way.RING, text)
        return text


def _plain(value: Any) -> Any:
    """`on_call` alone, where `{to: on_call}` is meant."""
    return {"to": value} if isinstance(value, str) else value


class TargetSpec(Strict):
    """`{to: operators, skills: [chauffage], at_once: 2}`."""

    to: Kind
    skills: Texts = ()
    at_once: int = Target.at_once
    ring: Seconds | None = None
    wait: Seconds = Target.wait_s
    people: tuple[PersonSpec, ...] = ()
    only: Texts = ()

    @field_validator("only")
    @classmethod
    def _only(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        for name in names:
            if name not in ("asked", "urgent"):
                raise ValueError(f"{name!r} is neither asked nor urgent")
        return names


class TransferSpec(Strict):
    """`transfer:` of client.yml."""

    order: tuple[Annotated[TargetSpec, BeforeValidator(_plain)], ...] = ()
    music: bool = True
    transcript: bool = False
    told_every: Seconds = 20.0
    patience: Seconds = 180.0
    procedure: Seconds | None = None
    on_call_name: str = ""
    on_call_name_en: str = ""

    @model_validator(mode="after")
    def _sound(self) -> TransferSpec:
        from voicebot.clients.transfer_document import instructions_of

        instructions_of(self)
        return self
