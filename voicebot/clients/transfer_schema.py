"""The key `transfer` of client.yml, and the instructions it stands for; see docs/handoff.md."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, field_validator, model_validator

from voicebot.clients.on_call_schema import length_of
from voicebot.clients.strict import Strict, Texts
from voicebot.clients.transfer import ASKED, ORDER, URGENT, Instructions, Kind, Person, Target
from voicebot.oncall.technician import Way, read_contact


def _seconds(value: Any) -> float:
    if not isinstance(value, str):
        raise ValueError("is a length of time, as 20 s is")
    return length_of(value).total_seconds()


Seconds = Annotated[float, BeforeValidator(_seconds)]
"""`20 s`, `3 min`."""

TELEPHONE_S = 25.0
"""How long a telephone rings where the client does not say: less than most voicemails take."""


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
        instructions_of(self)
        return self


def instructions_of(spec: TransferSpec | None, country: str = "FR") -> Instructions:
    """A client's instructions; those of a client that gives none.

    Raises:
        ValueError: a number or a length of time makes no sense.
    """
    if spec is None:
        return Instructions()
    named: dict[str, Any] = {
        name: text for name in ("on_call_name", "on_call_name_en") if (text := getattr(spec, name))
    }
    return Instructions(
        order=tuple(_target(target, index, country) for index, target in enumerate(spec.order))
        or ORDER,
        music=spec.music,
        transcript=spec.transcript,
        honest_s=spec.told_every,
        patience_s=spec.patience,
        procedure_s=spec.procedure,
        **named,
    )


def _target(spec: TargetSpec, index: int, country: str) -> Target:
    people = tuple(
        Person(
            Kind.PEOPLE,
            f"people-{index}-{number}",
            person.name,
            read_contact(Way.RING, person.ring, country).address,
            person.language,
        )
        for number, person in enumerate(spec.people)
    )
    return Target(
        kind=spec.to,
        skills=frozenset(spec.skills),
        at_once=spec.at_once,
        ring_s=spec.ring or (TELEPHONE_S if people else Target.ring_s),
        wait_s=spec.wait,
        people=people,
        only=frozenset(spec.only or (ASKED, URGENT)),
    )
