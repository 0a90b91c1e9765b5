"""What a manager types about his rota."""

import json
from pathlib import Path

import pytest
import time_machine
from typer.testing import CliRunner

from tests.oncall.rotas import at
from voicebot.cli import app
from voicebot.clients.check import check
from voicebot.clock import SystemClock
from voicebot.delivery.letter import Channel
from voicebot.errors import BadInput, NotFound
from voicebot.store import contacts

NOW = at("2026-01-14T12:00")  # a Wednesday; Karim's week is until Friday 18:00
CLIENT = """\
company: Plomberie Dubois
sector: plomberie
greeting: Plomberie Dubois, bonjour.
hours: {week: {monday-friday: 8:00-18:00}}
"""
ONCALL = """\
technicians:
  karim: {name: Karim Haddad, ring: 06 39 98 10 01}
  lea: {name: Léa Fontaine, ring: 06 39 98 10 02, email: lea@exemple.fr}
  fixe: {name: Bureau, ring: 01 99 00 10 09, sms: []}
rotas:
  nuit:
    name: Nuit
    levels:
      - rotations: [{members: [lea, karim], begins: 2026-01-02 18:00}]
"""


@pytest.fixture
def run(database, tmp_path, monkeypatch):
    """Types a command; gives its exit code and what it printed."""
    folder = tmp_path / "flows" / "clients" / "dubois"
    folder.mkdir(parents=True)
    (folder / "client.yml").write_text(CLIENT)
    (folder / "oncall.yml").write_text(ONCALL)
    for file in Path("flows").glob("*.yml"):
        (tmp_path / "flows" / file.name).write_text(file.read_text())
    monkeypatch.setenv("VOICEBOT_FLOWS", str(tmp_path / "flows"))
    monkeypatch.setenv("VOICEBOT_STORE", str(database.url))

    def typed(*words):
        with time_machine.travel(NOW, tick=False):
            found = CliRunner().invoke(app, ["rota", *words])
        if found.exception and not isinstance(found.exception, SystemExit):
            raise found.exception
        return found.exit_code, found.stdout

    return typed


def shown(run, *words):
    (client,) = json.loads(run("show", "dubois", "--json", *words)[1])["clients"]
    return client["rotas"][0]


HOURS = ("--from", "2026-01-14 18:00", "--to", "2026-01-15 8:00")


def test_who_is_on_call_now_and_later(run):
    code, text = run("show")
    assert code == 0
    assert text.splitlines()[0] == "dubois  Nuit: Karim Haddad (1)"
    assert text.splitlines()[2].endswith("Fri 2026-01-23 18:00  1  Léa Fontaine")
    assert shown(run, "--at", "2026-01-16 18:00")["on_call"][0]["technician"] == "lea"
    assert shown(run, "--at", "2026-01-01")["on_call"] == []


def test_somebody_takes_a_night_and_gives_it_back(run):
    code, _ = run("override", "dubois", "--add", "lea", "--remove", "karim", *HOURS)
    assert code == 0
    assert shown(run, "--at", "2026-01-14 20:00")["on_call"][0]["technician"] == "lea"
    assert "add lea remove karim" in run("override", "dubois")[1]
    run("override", "dubois", "--withdraw", "1")
    assert shown(run, "--at", "2026-01-14 20:00")["on_call"][0]["technician"] == "karim"
    with pytest.raises(NotFound, match="taken back before"):
        run("override", "dubois", "--withdraw", "1")


def test_an_override_made_too_late_says_so(run):
    found = json.loads(run("override", "dubois", "--add", "lea", *HOURS, "--json")[1])
    assert "less than 15 days before" in found["notice"][0]


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("override", "dubois", "--add", "paul", *HOURS), "nobody at dubois is called 'paul'"),
        (("override", "dubois", "--add", "lea"), "from when, and to when"),
        (
            ("override", "dubois", "--add", "lea", "--from", "demain", "--to", "x"),
            "'demain' is not",
        ),
        (("override", "dubois", "--add", "lea", "--rota", "jour", *HOURS), "no rota 'jour'"),
        (
            ("override", "dubois", "--add", "lea", *HOURS[2:], *("--from", "2027-01-01")),
            "ends before",
        ),
        (("show", "boulangerie"), "no client is called"),
        (("swap", "dubois", "--accept", "7", "--as", "lea"), "no swap 7"),
        (("verify", "dubois", "lea", "06 39 98 99 99"), "no such address"),
        (("verify", "dubois", "fixe"), "no SMS goes to that number"),
        (("verify", "dubois", "lea", "--code", "123456"), "no code was sent"),
        (("import", "dubois", "nowhere.ics"), "cannot be read"),
    ],
)
def test_what_cannot_be_is_one_clear_line(run, words, what):
    with pytest.raises(BadInput) as error:
        run(*words)
    assert what in str(error.value) and "\n" not in str(error.value)


def test_a_swap_is_asked_and_accepted(run):
    run("swap", "dubois", "--from", "karim", "--to", "lea", "--give", HOURS[1], HOURS[3])
    assert shown(run, "--at", "2026-01-14 20:00")["on_call"][0]["technician"] == "karim"
    with pytest.raises(BadInput, match="karim was not asked"):
        run("swap", "dubois", "--accept", "1", "--as", "karim")
    assert run("swap", "dubois", "--accept", "1", "--as", "lea")[1] == "swap 1: accepted\n"
    assert shown(run, "--at", "2026-01-14 20:00")["on_call"][0]["technician"] == "lea"
    (kept,) = json.loads(run("swap", "dubois", "--json")[1])["swaps"]
    assert kept["state"] == "accepted"


def test_a_number_is_verified_by_a_code_that_an_sms_carries(run, database):
    run("verify", "dubois", "lea")
    with database.read() as connection:
        (posted,) = connection.exec_driver_sql("SELECT way, address, text FROM outbox").all()
    assert (posted.way, posted.address) == (Channel.SMS, "+33639981002")
    assert "votre code est {code}." in posted.text  # drawn when the letter leaves
    with pytest.raises(BadInput, match="no code was sent"):
        run("verify", "dubois", "lea", "--code", "482 913")

    with database.write() as connection:
        whose = ("lea", posted.address)
        contacts.ask(connection, "dubois", whose, "482913", SystemClock().now())
    with pytest.raises(BadInput, match="wrong"):
        run("verify", "dubois", "lea", "--code", "482 914")
    assert run("verify", "dubois", "lea", "--code", "482 913")[1] == "lea, ring: verified\n"
    rows = json.loads(run("verify", "dubois", "--json")[1])["contacts"]
    assert {(r["technician"], r["way"]) for r in rows if r["verified"]} == {
        ("lea", "ring"),
        ("lea", "sms"),
    }


def test_lint_tells_of_numbers_until_they_are_verified(run):
    code, text = run("lint", "dubois")
    assert code == 1
    assert "oncall.yml:2: error: karim has no verified number (voicebot rota verify dubois" in text
    for who in ("karim", "lea"):
        run("verify", "dubois", who, "--vouch", "moreau")
    code, text = run("lint", "dubois", "--json")
    (found,) = json.loads(text)["findings"]
    assert (found["kind"], found["line"]) == ("unverified", 3)
    run("verify", "dubois", "lea", "lea@exemple.fr", "--vouch", "moreau")
    assert run("lint", "dubois") == (0, "0 errors, 0 warnings\n")


def test_lint_finds_what_a_change_breaks(run):
    run("override", "dubois", "--remove", "karim", *HOURS)
    kinds = [one["kind"] for one in json.loads(run("lint", "--json")[1])["findings"]]
    assert "gap" in kinds


def calendar(tmp_path, *summaries):
    events = "".join(
        f"BEGIN:VEVENT\nUID:{n}\nSUMMARY:{summary}\nDTSTART:202602{n:02}T180000\n"
        f"DTEND:202602{n + 1:02}T080000\nEND:VEVENT\n"
        for n, summary in enumerate(summaries, 10)
    )
    file = tmp_path / "fevrier.ics"
    file.write_text(f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{events}END:VCALENDAR\n")
    return str(file)


def test_a_calendar_is_imported(run, tmp_path):
    file = calendar(tmp_path, "Astreinte Léa Fontaine", "Bureau")
    assert run("import", "dubois", file, "--dry-run") == (
        0,
        "2 shifts would be kept, 0 events left out\n",
    )
    assert run("override", "dubois")[1] == ""
    assert run("import", "dubois", file)[0] == 0
    assert shown(run, "--at", "2026-02-10 20:00")["on_call"][0]["technician"] == "lea"
    assert shown(run, "--at", "2026-02-11 20:00")["on_call"][0]["technician"] == "fixe"


def test_an_event_that_names_nobody_is_told_with_its_line(run, tmp_path):
    code, text = run("import", "dubois", calendar(tmp_path, "Dentiste", "karim"))
    assert code == 1
    assert "fevrier.ics: line 5: 'Dentiste', 2026-02-10: names nobody of this client" in text
    assert "1 shifts kept, 1 events left out" in text


def test_a_broken_calendar_is_one_clear_line(run, tmp_path):
    file = tmp_path / "x.ics"
    file.write_text("BEGIN:VCALENDAR\nBEGIN:VEVENT\n")
    with pytest.raises(BadInput, match=r"x\.ics: not a calendar"):
        run("import", "dubois", str(file))


def test_voicebot_lint_tells_of_a_rota_that_nobody_is_on(run, tmp_path):
    flows = tmp_path / "flows"
    file = flows / "clients" / "dubois" / "oncall.yml"
    ended = "begins: 2026-01-02 18:00, ends: 2026-01-09 18:00"
    file.write_text(ONCALL.replace("begins: 2026-01-02 18:00", ended))
    (found,) = [one for one in check(flows, now=NOW) if one.file.endswith("oncall.yml")]
    assert (found.severity, found.line) == ("error", 6)
    assert "nobody is on it" in found.what
    assert check(flows, now=at("2026-01-08T12:00")) == check(flows)


def test_voicebot_lint_tells_all_mistakes_of_oncall(run, tmp_path):
    flows = tmp_path / "flows"
    file = flows / "clients" / "dubois" / "oncall.yml"
    file.write_text(ONCALL.replace("[lea, karim]", "[paul, jean]"))
    assert [one.what for one in check(flows)] == [
        "no technician is called 'jean'",
        "no technician is called 'paul'",
    ]
