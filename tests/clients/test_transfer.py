"""How a client wants its calls handed over: the key `transfer`."""

import re
from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from voicebot.clients.loader import load_client
from voicebot.clients.transfer import ORDER, Instructions, Kind, Person, Target
from voicebot.clients.transfer_schema import PersonSpec, TargetSpec, TransferSpec, instructions_of

PAGE = Path("docs/handoff.md").read_text(encoding="utf-8")
FLOWS = Path("flows")


def read(text):
    return instructions_of(TransferSpec.model_validate(yaml.safe_load(text)))


def test_a_client_that_says_nothing():
    plan = instructions_of(None)
    assert plan == Instructions() and plan.order == ORDER
    assert [target.kind for target in plan.order] == [Kind.OPERATORS, Kind.ON_CALL]


def test_every_key():
    example = PAGE.split("```yaml\ntransfer:\n")[1].split("```")[0]
    plan = read(example)
    assert plan.order[0] == Target(
        Kind.OPERATORS, skills=frozenset({"chauffage"}), at_once=2, ring_s=15, wait_s=40
    )
    assert plan.order[2].people == (
        Person(Kind.PEOPLE, "people-2-0", "Paul Moreau", "+33199001009"),
    )
    assert plan.order[2].only == {"urgent"} and plan.order[2].ring_s == 25
    assert (plan.honest_s, plan.patience_s, plan.procedure_s) == (20, 180, 120)


@pytest.mark.parametrize(
    "key", [*TransferSpec.model_fields, *TargetSpec.model_fields, *PersonSpec.model_fields]
)
def test_every_key_is_documented(key):
    assert re.search(rf"`{key}`", PAGE)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("order: [{to: nobody}]", "operators"),
        ("order: [{to: operators, at_once: 0}]", "1 to 10"),
        ("order: [{to: operators, ring: 2 s}]", "5 seconds"),
        ("order: [{to: operators, ring: 20}]", "length of time"),
        ("order: [{to: people}]", "people"),
        ("order: [{to: on_call, people: [{name: A, ring: 01 99 00 10 09}]}]", "people"),
        ("order: [{to: people, people: [{name: A, ring: '12'}]}]", "telephone number"),
        ("order: [{to: operators, only: often}]", "neither asked nor urgent"),
        ("told_every: 5 s", "10 to 60"),
        ("patience: 5 s", "20 seconds"),
        ("procedure: 10 min", "before patience is over"),
        ("jingle: true", "Extra inputs"),
    ],
)
def test_what_makes_no_sense_is_refused(text, why):
    with pytest.raises(ValidationError, match=why):
        read(text)


def test_the_clients_that_ship():
    plumber = load_client(FLOWS / "clients" / "plomberie-moreau", FLOWS).transfer
    assert plumber.on_call_name == "le plombier d'astreinte"
    assert [target.kind for target in plumber.order][-1] is Kind.PEOPLE
