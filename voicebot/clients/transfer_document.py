"""From the key `transfer` of client.yml to a client's instructions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from voicebot.clients.transfer import ASKED, ORDER, URGENT, Instructions, Kind, Person, Target
from voicebot.oncall.technician import Way, read_contact

if TYPE_CHECKING:
    from voicebot.clients.transfer_schema import TargetSpec, TransferSpec

TELEPHONE_S = 25.0
"""How long a telephone rings where the client does not say: less than most voicemails take."""


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
