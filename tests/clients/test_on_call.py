"""oncall.yml: what is read of it, and each mistake with its line."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import yaml

from tests.clients.test_loader import DEMO, FLOWS
from tests.oncall.rotas import PARIS, at
from voicebot.clients import on_call_schema
from voicebot.clients.hours_document import hours_of
from voicebot.clients.loader import find_client
from voicebot.clients.on_call_document import on_call_findings, read_on_call
from voicebot.clients.on_call_schema import OnCallSpec
from voicebot.clients.schema import ClientSpec
from voicebot.clients.strict import Strict
from voicebot.errors import FlowError
from voicebot.oncall.hours import Hours
from voicebot.oncall.lint import lint_rotas
from voicebot.oncall.policy import Kind, Target
from voicebot.oncall.rota import on_call
from voicebot.oncall.rotation import Every
from voicebot.oncall.technician import Contact, Way

PAGE = Path("docs/rota.md").read_text(encoding="utf-8")
HOURS = Hours(PARIS, round_the_clock=True)
GOOD = """\
technicians:
  karim: {name: Karim Haddad, ring: 06 39 98 10 01, email: karim@exemple.fr}
  lea:
    name: Léa Fontaine
    ring: 06 39 98 10 02
    sms: 06 39 98 10 09
rotas:
  nuit:
    name: Nuit
    levels:
      - rotations:
          - members: [karim, lea]
            every: 2 weeks
            begins: 2026-01-05 8:00
            slots: [{days: [monday-friday, holidays], hours: 18:00-8:00}]
      - rotations:
          - {members: lea, begins: 2026-01-05}
policies:
  jour:
    steps:
      - {to: everybody nuit, by: [ring, sms], wait: 90 s}
    then: nuit
  nuit:
    steps:
      - {to: [nuit, karim]}
      - {to: nuit level 2}
    procedure: {people: karim}
policy: jour
confirmation: {rotas: nuit, asked: 30 min, due: 5 min}
"""


def write(tmp_path: Path, text: str) -> Path:
    (tmp_path / "oncall.yml").write_text(text, encoding="utf-8")
    return tmp_path


def test_reads_all_of_it(tmp_path):
    found = read_on_call(write(tmp_path, GOOD), HOURS)
    karim, lea = found.technicians["karim"], found.technicians["lea"]
    assert karim.contacts == (
        Contact(Way.RING, "+33639981001"),
        Contact(Way.SMS, "+33639981001"),
        Contact(Way.EMAIL, "karim@exemple.fr"),
    )
    assert lea.by(Way.SMS) == (Contact(Way.SMS, "+33639981009"),)
    (first,) = found.rotas["nuit"].levels[0].rotations
    assert (first.every, first.length, first.begins) == (Every.WEEK, 2, datetime(2026, 1, 5, 8))
    assert first.slots[0].days == frozenset(range(5)) and first.slots[0].on_holidays
    assert first.where.line == 12 and found.rotas["nuit"].where.line == 8 and lea.where.line == 3
    assert [step.targets for step in found.policy.steps] == [
        (Target(Kind.EVERYBODY, "nuit"),),
        (Target(Kind.ROTA, "nuit"), Target(Kind.TECHNICIAN, "karim")),
        (Target(Kind.ROTA, "nuit", 2),),
    ]
    assert found.policy.steps[0].wait == timedelta(seconds=90)
    assert found.confirmation.asked == timedelta(minutes=30)
    assert on_call(found.rotas["nuit"], at("2026-01-06T20:00")) == ("karim", "lea")


def test_a_client_without_the_file_has_nobody_on_call(tmp_path):
    assert read_on_call(tmp_path, HOURS) is None


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("ring: 06 39 98 10 01", "ring: 06 39 98 10", 2, "not a telephone number"),
        ("ring: 06 39 98 10 02", "ring: '15'", 5, "not a telephone number"),
        ("karim@exemple.fr", "karim", 2, "not an e-mail address"),
        ("  lea:\n", "  karim:\n", 3, "'karim' is there twice"),
        ("  lea:\n", "  Léa:\n", 3, "cannot be a name here"),
        ("    ring: 06 39 98 10 02\n    sms: 06 39 98 10 09\n", "", 3, "cannot be reached"),
        ("name: Léa Fontaine", "nom: Léa", 4, "nom is not a key"),
        ("members: [karim, lea]", "members: [karim, paul]", 12, "no technician is called 'paul'"),
        ("members: [karim, lea]", "members: []", 12, "members names nobody"),
        ("every: 2 weeks", "every: fortnight", 13, "not how often one hands over"),
        ("every: 2 weeks", "every: 0 weeks", 13, "not how often one hands over"),
        ("begins: 2026-01-05 8:00", "begins: Monday", 14, "begins"),
        ("begins: 2026-01-05 8:00", "begins: 2026-01-05T08:00:00Z", 14, "leave the zone out"),
        ("hours: 18:00-8:00", "hours: 18h-8h", 15, "not a span of time"),
        ("days: [monday-friday, holidays]", "days: lundi", 15, "not a day"),
        ("    name: Nuit\n", "    name: Nuit\n    covers: nights\n", 10, "covers"),
        ("{to: everybody nuit", "{to: everybody lea", 21, "no rota is called 'lea'"),
        ("{to: everybody nuit", "{to: tout le monde", 21, "nobody to reach"),
        ("{to: nuit level 2}", "{to: nuit level 3}", 26, "has 2 level(s)"),
        ("{to: [nuit, karim]}", "{to: [nuit, karin]}", 25, "did you mean 'karim'?"),
        ("wait: 90 s", "wait: 5 h", 19, "5 seconds to 2 hours"),
        ("wait: 90 s", "wait: soon", 21, "not a length of time"),
        ("by: [ring, sms]", "by: [fax]", 21, "by"),
        ("    then: nuit", "    then: jour", 22, "escalates to itself: jour → jour"),
        ("    then: nuit", "    then: soir", 22, "no policy is called 'soir'"),
        ("procedure: {people: karim}", "then: jour", 22, "jour → nuit → jour"),
        ("policy: jour", "policy: jours", 28, "did you mean 'jour'?"),
        ("policy: jour\n", "", 18, "several policies"),
        ("confirmation: {rotas: nuit", "confirmation: {rotas: nuits", 29, "no rota"),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path, old, new, line, what):
    assert old in GOOD
    with pytest.raises(FlowError) as error:
        read_on_call(write(tmp_path, GOOD.replace(old, new, 1)), HOURS)
    assert what in str(error.value)
    assert (error.value.where.file.name, error.value.where.line) == ("oncall.yml", line)
    assert "\n" not in str(error.value)


def test_one_mistake_does_not_hide_the_next(tmp_path):
    wrong = GOOD.replace("[karim, lea]", "[paul, lea]").replace("policy: jour", "policy: soir")
    found = on_call_findings(write(tmp_path, wrong), HOURS)
    assert [finding.line for finding in found] == [12, 28]


def test_a_member_who_was_removed(tmp_path):
    gone = re.sub(r"  lea:\n(    .*\n)+", "", GOOD)
    found = on_call_findings(write(tmp_path, gone), HOURS)
    assert ["no technician is called 'lea'" in finding.what for finding in found] == [True, True]


@pytest.mark.parametrize("text", ["", "technicians: {}", "technicians: [karim]", "[", "\t"])
def test_no_oncall_at_all(tmp_path, text):
    with pytest.raises(FlowError) as error:
        read_on_call(write(tmp_path, text), HOURS)
    assert "\n" not in str(error.value)


SPECS = [
    spec
    for spec in vars(on_call_schema).values()
    if isinstance(spec, type) and issubclass(spec, Strict) and spec is not Strict
]


@pytest.mark.parametrize(
    "key", sorted({f.alias or name for spec in SPECS for name, f in spec.model_fields.items()})
)
def test_every_key_is_documented(key):
    assert f"`{key}`" in PAGE


def test_the_example_on_the_page_is_read(tmp_path):
    example = PAGE.split("```yaml\n")[1].split("```")[0]
    assert OnCallSpec.model_validate(yaml.safe_load(example))
    assert read_on_call(write(tmp_path, example), HOURS).policy


@pytest.mark.parametrize("name", sorted(DEMO))
def test_a_demo_client_has_its_nights_covered(name):
    client = find_client(FLOWS, name)
    numbers = [c.address for p in client.on_call.technicians.values() for c in p.contacts]
    fictional = ("+3363998", "+3319900")
    assert all(n.startswith(fictional) or n.endswith(".example") for n in numbers)
    year = timedelta(days=365)
    assert lint_rotas(client.on_call, client.hours, at("2026-11-22T12:00"), ahead=year) == []


def test_a_replacement_and_overflow_in_client_yml():
    hours = {
        "week": {"monday": "9:00-12:00"},
        "replacements": [{"from": "2026-12-24", "hours": "9:00-11:00"}],
        "overflow": {"lines": ["01 99 00 10 20", "standard"], "week": {"monday": "9:00-10:00"}},
    }
    spec = ClientSpec.model_validate(
        {"company": "X", "sector": "x", "greeting": "Bonjour.", "hours": hours}
    )
    found = hours_of(spec.hours, PARIS)
    assert found.overflow.lines == {"+33199001020", "standard"}
    assert found.replacements[0].last == found.replacements[0].first
