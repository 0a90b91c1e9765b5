"""What an operator types when letters lie undelivered."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from tests.delivery.conftest import letter
from voicebot.cli import app
from voicebot.delivery.outcome import Refused
from voicebot.delivery.signature import client_secret
from voicebot.errors import BadInput, VoicebotError
from voicebot.store import outbox


@pytest.fixture
def store(database, monkeypatch):
    monkeypatch.setenv("VOICEBOT_STORE", str(database.url))
    return database


@pytest.fixture
def dead(store):
    """Two letters that were refused a minute ago."""
    now = datetime.now(UTC) - timedelta(minutes=1)
    with store.write() as connection:
        for key in ("a", "b"):
            outbox.post(connection, letter(key=key, at=now, technician="karim"))
        for posted in outbox.claim(connection, ["sms"], "us", now):
            why = Refused("twilio 21211", "no such number +33612345678")
            outbox.settle(connection, posted.id, "us", why, "twilio", now, 0.0)
    return (1, 2)


def run(*arguments, code=0):
    result = CliRunner().invoke(app, ["outbox", *arguments])
    assert result.exit_code == code, result.output
    return result.output


def test_nothing_to_see(store):
    assert run("list") == ""


def test_letters_that_were_given_up_are_shown_without_whom_they_were_for(dead):
    shown = run("list", code=1)
    assert "failed     sms      plomberie-moreau  to karim  1 attempts  twilio 21211" in shown
    assert "2 given up, 0 late" in shown
    assert "336" not in shown


def test_as_json(dead):
    read = json.loads(run("list", "--json", code=1))
    assert (read["alarm"]["failed"], read["alarm"]["late"]) == (2, 0)
    assert [one["code"] for one in read["letters"]] == ["twilio 21211"] * 2
    assert "336" not in json.dumps(read)


def test_one_is_tried_anew_and_one_noted(dead):
    assert run("retry", "1") == "1 letters tried anew\n"
    assert run("dismiss", "2") == "1 letters noted\n"
    assert "pending" in run("list")
    assert "failed" not in run("list")
    assert "failed" in run("list", "--all")


def test_all_at_once(dead):
    assert run("retry", "--all") == "2 letters tried anew\n"
    assert run("dismiss", "--all") == "0 letters noted\n"


@pytest.mark.parametrize("arguments", [["retry"], ["retry", "1", "--all"], ["dismiss", "7"]])
def test_what_makes_no_sense(dead, arguments):
    result = CliRunner().invoke(app, ["outbox", *arguments])
    assert isinstance(result.exception, BadInput)


def test_a_setting_that_is_no_table(store, monkeypatch):
    monkeypatch.setenv("VOICEBOT_SMS_HEADERS", "Bearer secret")
    result = CliRunner().invoke(app, ["outbox", "list"])
    assert isinstance(result.exception, BadInput)
    assert "sms_headers" in str(result.exception)
    assert "secret" not in str(result.exception)


def test_the_secret_that_a_client_checks_webhooks_with(store, monkeypatch):
    ours = "whsec_" + base64.b64encode(bytes(range(32))).decode()
    monkeypatch.setenv("VOICEBOT_WEBHOOK_SECRET", ours)
    theirs = run("secret", "plomberie-moreau").strip()
    assert theirs == client_secret(ours, "plomberie-moreau")
    assert theirs not in (ours, run("secret", "cabinet-durand").strip())


@pytest.mark.parametrize(("secret", "client"), [("", "plomberie-moreau"), ("x" * 16, "personne")])
def test_no_secret_without_ours_or_without_a_client(store, monkeypatch, secret, client):
    monkeypatch.setenv("VOICEBOT_WEBHOOK_SECRET", secret)
    result = CliRunner().invoke(app, ["outbox", "secret", client])
    assert isinstance(result.exception, VoicebotError)
    assert not result.stdout
