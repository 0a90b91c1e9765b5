"""The clients of the escalation bench: each with four technicians and an owner."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from voicebot.clients.client import Client
from voicebot.clients.loader import load_client
from voicebot.oncall.on_call import OnCall
from voicebot.oncall.policy import EscalationPolicy, EscalationStep, Kind, Procedure, Target
from voicebot.oncall.technician import Contact, Technician, Way

TEMPLATE = "plomberie-moreau"
WAIT = timedelta(seconds=5)
STEPS = (("t0", (Way.RING,)), ("t1", (Way.RING, Way.SMS)), ("t2 t3", (Way.RING,)))


def clients(flows: Path, number: int) -> dict[str, Client]:
    """So many clients, alike but for their people."""
    model = load_client(flows / "clients" / TEMPLATE, flows)
    made = {}
    for index in range(number):
        name = f"client-{index}"
        made[name] = replace(model, name=name, on_call=on_call(index))
    return made


def on_call(index: int) -> OnCall:
    """The people of one client, whose numbers nobody else has."""
    people = {f"t{n}": _person(f"t{n}", index * 5 + n) for n in range(4)}
    steps = tuple(
        EscalationStep(tuple(Target(Kind.TECHNICIAN, id) for id in ids.split()), ways, WAIT)
        for ids, ways in STEPS
    )
    owner = Procedure((_person("owner", index * 5 + 4),), WAIT, "Nous continuons d'essayer.")
    policy = EscalationPolicy("night", steps, repeat=1, procedure=owner, ring_for=WAIT)
    return OnCall(people, {}, policy)


def _person(id: str, number: int) -> Technician:
    address = f"+3363998{number:04d}"
    return Technician(id, id, (Contact(Way.RING, address), Contact(Way.SMS, address)))
