from datetime import date, time
from pathlib import Path
from types import SimpleNamespace

import pytest

from voicebot.clients import loader
from voicebot.clients.document import Document
from voicebot.clients.loader import (
    client_names,
    common_rules,
    find_client,
    load_clients,
    load_criteria,
)
from voicebot.clients.schema import ClientSpec
from voicebot.errors import FlowError, NotFound
from voicebot.oncall.hours import Closure, Window

FLOWS = Path("flows")
DEMO = {
    "agri-robotique",
    "cabinet-durand",
    "hotel-beaurivage",
    "infoge-services",
    "maison-sante-lilas",
    "plomberie-moreau",
}

GOOD = """\
company: Garage Leroy
sector: garage
greeting: Garage Leroy, bonjour.
hours:
  week:
    monday-friday: [8:00-12:00, 14:00-18:00]
    saturday: 9:00-12:00
  closures:
    - {from: 2026-08-01, to: 2026-08-15, reason: congés}
urgency:
  - id: breakdown
    urgency: urgent
    because: Une panne sur la route.
    any: [panne route]
"""


@pytest.fixture(autouse=True)
def flows_are_tested_elsewhere(monkeypatch):
    monkeypatch.setattr(loader, "load_flows", lambda *_: SimpleNamespace())


def write(tmp_path: Path, text: str, name: str = "garage") -> Path:
    folder = tmp_path / "clients" / name
    folder.mkdir(parents=True)
    (folder / "client.yml").write_text(text, encoding="utf-8")
    return tmp_path


def test_reads_a_client(tmp_path):
    client = find_client(write(tmp_path, GOOD), "garage")
    assert (client.name, client.company, client.language) == ("garage", "Garage Leroy", "fr")
    assert client.hours.week[0] == (Window(time(8), time(12)), Window(time(14), time(18)))
    assert client.hours.week[5] == (Window(time(9), time(12)),)
    assert client.hours.week[6] == ()
    assert client.hours.closures == (Closure(date(2026, 8, 1), date(2026, 8, 15), "congés"),)
    assert client.criteria.rules[: len(common_rules())] == common_rules()
    assert client.criteria.rules[-1].id == "breakdown"
    assert client.facts["company"] == "Garage Leroy"
    assert "Garage Leroy" in client.words


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("sector: garage", "sektor: garage", 2, "sektor is not a key"),
        ("company: Garage Leroy\n", "", 1, "company is missing"),
        ("sector: garage", "sector: garage\ntimezone: Paris", 3, "no time zone"),
        ("sector: garage", "sector: garage\nwebhook: http://garage.example", 3, "https://"),
        ("sector: garage", "sector: garage\nwebhook: garage.example", 3, "https://"),
        ("monday-friday", "lundi-vendredi", 5, "not a day"),
        ("14:00-18:00", "11:00-18:00", 5, "overlap"),
        ("8:00-12:00", "8h-12h", 5, "not a span of time"),
        ("8:00-12:00", "8:00-25:00", 5, "no such hour"),
        ("saturday", "friday", 5, "given twice"),
        ("to: 2026-08-15", "to: 2026-07-15", 9, "ends"),
        ("urgency: urgent", "urgency: serious", 12, "vital"),
        ("urgency: urgent", "urgency: vital", 11, "advice"),
        ("id: breakdown", "id: fire", 11, "two rules"),
        ("any: [panne route]", "any: ['[panne]']", 14, "begins with a word"),
        ("any: [panne route]", "when: {months: 10-4}", 11, "no words and no intents"),
        ("any: [panne route]", "any: [x]\n    when: {months: 0-4}", 15, "months"),
        ("hours:\n", "hours:\n  country: FR\n  region: Atlantide\n", 4, "unknown"),
        ("    any: [panne route]", "   any: [panne", 14, "not YAML"),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path, old, new, line, what):
    assert old in GOOD
    flows = write(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(FlowError) as error:
        find_client(flows, "garage")
    assert what in str(error.value)
    assert error.value.where is not None
    assert error.value.where.file.name == "client.yml"
    assert error.value.where.line == line, str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("url", ["https://garage.example/h", "http://127.0.0.1:8080/h"])
def test_where_a_program_of_the_clients_is_told(tmp_path, url):
    text = GOOD.replace("sector: garage", f"sector: garage\nwebhook: {url}")
    assert find_client(write(tmp_path, text), "garage").webhook == url


def test_an_unknown_client_is_told_with_those_there_are(tmp_path):
    with pytest.raises(NotFound, match="garage"):
        find_client(write(tmp_path, GOOD), "boulangerie")


def test_a_folder_without_clients(tmp_path):
    with pytest.raises(NotFound, match=r"client\.yml"):
        load_clients(tmp_path)


def test_a_client_named_by_a_path_is_not_looked_for(tmp_path):
    with pytest.raises(NotFound):
        find_client(write(tmp_path, GOOD), "../clients/garage")


def test_not_text(tmp_path):
    flows = write(tmp_path, GOOD)
    (flows / "clients" / "garage" / "client.yml").write_bytes(b"company: \xff\xfe")
    with pytest.raises(FlowError, match="UTF-8"):
        find_client(flows, "garage")


def test_the_demo_clients():
    assert set(client_names(FLOWS)) == DEMO
    for name in DEMO:
        assert load_criteria(FLOWS / "clients" / name).rules


@pytest.mark.parametrize("name", sorted(DEMO))
def test_greetings_say_that_a_machine_speaks_and_that_the_call_is_recorded(name):
    spec = Document(FLOWS / "clients" / name / "client.yml").parse(ClientSpec)
    assert spec.greeting.startswith(spec.company)
    assert "bonjour" in spec.greeting
    assert "assistant vocal" in spec.greeting
    assert "enregistré" in spec.greeting


def test_every_vital_rule_says_what_to_do():
    vital = [rule for rule in common_rules() if rule.urgency == "vital"]
    assert len(vital) >= 15
    numbers = ("15", "17", "18", "112")
    assert all(any(number in rule.advice for number in numbers) for rule in vital)


CONTRACTS = """\
contracts:
  - {name: Hôtel du Parc, reference: C-12, numbers: ["02 40 12 34 56", "+33 6 12 00 34 56"]}
"""


def test_who_has_a_contract_is_known_by_his_number(tmp_path):
    client = find_client(write(tmp_path, GOOD + CONTRACTS), "garage")
    for number in ("+33240123456", "+33612003456"):
        contract = client.contract_of(number)
        assert (contract.name, contract.reference) == ("Hôtel du Parc", "C-12")
    assert client.contract_of("+33240123457") is None
    assert client.contract_of(None) is None


def test_a_contract_with_a_number_that_is_none(tmp_path):
    with pytest.raises(FlowError, match="no telephone number"):
        find_client(write(tmp_path, GOOD + CONTRACTS.replace("02 40 12 34 56", "02 40")), "garage")
