"""`voicebot user takes`: which calls an operator is rung for."""

from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from voicebot.accounts.account import Place
from voicebot.accounts.role import Role
from voicebot.cli import app
from voicebot.errors import BadInput, NotFound
from voicebot.store import audit, presence, users
from voicebot.store.audit import Wanted


@pytest.fixture
def claire(database, monkeypatch, tmp_path):
    monkeypatch.setenv("VOICEBOT_STORE", str(database.url))
    monkeypatch.setenv("VOICEBOT_DATA", str(tmp_path))
    with database.write() as connection:
        now = datetime.now(UTC)
        return users.add(connection, "claire.martin", "Claire Martin", Place(Role.OPERATOR), now)


def takes(*arguments):
    return CliRunner().invoke(app, ["user", "takes", *arguments])


def test_what_she_can_take_is_kept(database, claire):
    found = takes(
        "claire.martin", "--skill", "gaz", "--skill", "eau", "--language", "en", "--at-once", "2"
    )
    assert found.exit_code == 0, found.output
    assert found.output.strip() == "Claire Martin: en; 2 at once; skills: eau, gaz"
    with database.read() as connection:
        kept = presence.read(connection, claire.id)
    assert (kept.skills, kept.languages, kept.at_once) == ({"eau", "gaz"}, {"en"}, 2)


def test_french_when_nothing_is_said(database, claire):
    assert takes("claire.martin").output.strip() == "Claire Martin: fr; 1 at once"


def test_nobody_of_that_login(claire):
    assert isinstance(takes("nobody").exception, NotFound)


def test_more_calls_than_anybody_can_have(claire):
    assert isinstance(takes("claire.martin", "--at-once", "9").exception, BadInput)


def test_what_was_set_stands_in_the_log(database, claire):
    takes("claire.martin", "--skill", "gaz")
    with database.read() as connection:
        line = audit.page(connection, Wanted()).lines[0]
    assert (line.who, line.about) == ("voicebot user", "account claire.martin")
    assert line.detail == "takes fr; 1 at once; skills: gaz"


def test_who_takes_no_calls(database, claire):
    with database.write() as connection:
        users.change(connection, claire.id, "Claire", Place(Role.CLIENT, frozenset({"moreau"})))
    assert isinstance(takes("claire.martin").exception, BadInput)
