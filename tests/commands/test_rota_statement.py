"""What a manager types at the end of a month."""

import csv
import io
import json

import pytest
from typer.testing import CliRunner

from voicebot.cli import app
from voicebot.errors import BadInput, NotFound


@pytest.fixture
def store(database, monkeypatch):
    monkeypatch.setenv("VOICEBOT_STORE", str(database.url))
    return database


def run(*arguments):
    result = CliRunner().invoke(app, ["rota", "statement", *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def rows(text):
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_the_days_of_a_month_of_a_demo_client(store):
    found = rows(run("plomberie-moreau", "2026-02"))

    total = {r["technicien"]: r["heures_astreinte"] for r in found if r["jour"] == "total"}
    # Somebody at each of two levels, day and night, all through 28 days.
    assert sum(float(hours.replace(",", ".")) for hours in total.values()) == 2 * 28 * 24
    assert set(total) == {"Karim Haddad", "Léa Fontaine", "Thomas Girard"}


def test_the_facts(store):
    found = rows(run("plomberie-moreau", "2026-02", "--facts"))

    assert {row["quoi"] for row in found} == {"astreinte"}


def test_as_json(store):
    found = json.loads(run("plomberie-moreau", "2026-02", "--json"))

    assert found["month"] == "2026-02"
    assert {one["technician"] for one in found["statements"]} == {"karim", "lea", "thomas"}
    assert sum(one["on_call_h"] for one in found["statements"]) == 2 * 28 * 24


def test_a_month_and_a_client_that_are_none(store):
    with pytest.raises(BadInput, match="not a month"):
        run("plomberie-moreau", "février")
    with pytest.raises(NotFound, match="no client"):
        run("nobody", "2026-02")
