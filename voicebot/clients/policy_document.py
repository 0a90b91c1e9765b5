"""The part of oncall.yml that says how an alert goes from one person to the next."""

from __future__ import annotations

from collections.abc import Mapping

from voicebot.clients.document import Document
from voicebot.clients.on_call_schema import OnCallSpec, PolicySpec, length_of, target_of
from voicebot.errors import FlowError
from voicebot.oncall.policy import (
    EscalationPolicy,
    EscalationStep,
    Kind,
    Procedure,
    Target,
    joined,
)
from voicebot.oncall.technician import Technician


def policy_of(
    spec: OnCallSpec, technicians: Mapping[str, Technician], document: Document
) -> EscalationPolicy | None:
    """The policy that alerts follow, with those that it goes on to; None where there is none.

    Raises:
        FlowError: a policy cannot be; the message names file and line.
    """
    if not spec.policies:
        return None
    policies: dict[str, EscalationPolicy] = {}
    for id, policy in spec.policies.items():
        try:
            policies[id] = _policy(id, policy, spec, technicians)
        except ValueError as wrong:
            raise FlowError(str(wrong), where=document.place("policies", id)) from None
    first = spec.policy or next(iter(policies))
    try:
        return joined(policies, first)
    except ValueError as wrong:
        raise FlowError(str(wrong), where=document.place("policies", first)) from None


def _policy(
    id: str, spec: PolicySpec, whole: OnCallSpec, technicians: Mapping[str, Technician]
) -> EscalationPolicy:
    steps = tuple(
        EscalationStep(tuple(_target(text, whole) for text in s.to), s.by, length_of(s.wait))
        for s in spec.steps
    )
    people = tuple(technicians[name] for name in spec.procedure.people)
    return EscalationPolicy(
        id=id,
        steps=steps,
        repeat=spec.repeat,
        procedure=Procedure(people, length_of(spec.procedure.wait), spec.procedure.promise.strip()),
        joins_within=length_of(spec.joins_within),
        ring_for=length_of(spec.ring_for),
        then=spec.then,
    )


def _target(text: str, whole: OnCallSpec) -> Target:
    everybody, name, level = target_of(text)
    if name not in whole.rotas:
        return Target(Kind.TECHNICIAN, name)
    return Target(Kind.EVERYBODY if everybody else Kind.ROTA, name, level or 1)
