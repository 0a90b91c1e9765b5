"""What an administrator types about the accounts."""

import json
import re

import pytest
from typer.testing import CliRunner

from voicebot.accounts import password
from voicebot.accounts.account import Place
from voicebot.accounts.role import Role
from voicebot.cli import app
from voicebot.clock import SystemClock
from voicebot.commands.welcome import address, first_administrator
from voicebot.errors import BadInput, NotFound
from voicebot.settings import Settings
from voicebot.store import audit, invitations, sessions, users
from voicebot.store.audit import Wanted

PASSWORD = "cheval agrafe pile correcte"


@pytest.fixture
def run(database, tmp_path, monkeypatch):
    """Types a command; gives what it printed."""
    monkeypatch.setenv("VOICEBOT_DATA", str(tmp_path))

    def typed(*words, stdin=None, code=0):
        result = CliRunner().invoke(app, ["user", *words], input=stdin)
        if isinstance(result.exception, BadInput):
            raise result.exception
        assert result.exit_code == code, result.output
        return result.output

    return typed


@pytest.fixture
def find(database):
    def by_login(login):
        with database.read() as connection:
            return users.by_login(connection, login)

    return by_login


def invitation(database, text):
    token = re.search(r"http://127\.0\.0\.1:8080/welcome/(\S+)", text)[1]
    with database.read() as connection:
        return invitations.find(connection, token)


def test_an_account_and_the_link_to_choose_its_password(run, database, find):
    told = run("add", "claire", "--name", "Claire Martin", "--client", "plomberie-moreau")

    claire = find("claire")
    assert (claire.name, claire.role) == ("Claire Martin", Role.OPERATOR)
    assert claire.clients == frozenset({"plomberie-moreau"})
    assert not claire.has_password
    assert invitation(database, told).user_id == claire.id


def test_somebody_who_reads_english(run, find):
    run("add", "john", "--language", "en")
    assert find("john").language == "en"
    assert json.loads(run("list", "--json"))["accounts"][0]["language"] == "en"


def test_a_language_that_no_page_speaks(run):
    with pytest.raises(BadInput, match="no page speaks 'tlh'"):
        run("add", "john", "--language", "tlh")


def test_a_password_from_a_pipe_is_on_no_command_line(run, database, find):
    told = run("add", "nadia", "--role", "administrator", "--password", stdin=PASSWORD + "\n")

    assert PASSWORD not in told and "/welcome/" not in told
    with database.read() as connection:
        kept = users.proof(connection, find("nadia").id).password
    assert password.matches(kept, PASSWORD)


@pytest.mark.parametrize(
    ("words", "error", "match"),
    [
        (("add", "a b"), BadInput, "login"),
        (("add", "x1", "--client", "nobody"), NotFound, "nobody"),
        (("add", "x1", "--role", "client"), BadInput, "needs a client"),
        (("add", "x1", "--role", "technician", "--client", "plomberie-moreau"), BadInput, "id"),
        (("add", "x1", "--role", "administrator", "--client", "plomberie-moreau"), BadInput, "all"),
        (
            ("add", "x", "--role=technician", "--client=plomberie-moreau", "--technician=nobody"),
            BadInput,
            "'nobody'",
        ),
        (("disable", "nobody"), NotFound, "nobody"),
        (("password", "nobody"), NotFound, "nobody"),
        (("role", "nobody", "operator"), NotFound, "nobody"),
    ],
)
def test_what_cannot_be(run, words, error, match):
    with pytest.raises(error, match=match if match != "all" else "every client"):
        run(*words)


def test_a_password_that_is_too_short_makes_no_account(run, find):
    with pytest.raises(BadInput, match="12 characters"):
        run("add", "nadia", "--password", stdin="court\n")
    with pytest.raises(NotFound):
        find("nadia")


def test_the_list(run):
    run("add", "nadia", "--role", "administrator")
    run("add", "claire", "--client", "plomberie-moreau")
    assert "claire" in run("list") and "has no password yet" in run("list")
    found = json.loads(run("list", "--json"))["accounts"]
    assert {one["login"]: one["clients"] for one in found} == {
        "claire": ["plomberie-moreau"],
        "nadia": None,
    }


def test_another_role_and_closed_sign_out_at_once(run, database, find):
    run("add", "nadia", "--role", "administrator")
    run("add", "claire")
    now = SystemClock().now()
    for words in (
        ("role", "claire", "client", "--client", "hotel-beaurivage"),
        ("disable", "claire"),
    ):
        with database.write() as connection:
            sessions.begin(connection, find("claire").id, now)
        run(*words)
        with database.read() as connection:
            assert sessions.of(connection, find("claire").id, now) == ()
    assert find("claire").role is Role.CLIENT
    assert find("claire").disabled_at
    run("disable", "claire", "--undo")
    assert not find("claire").disabled_at
    with pytest.raises(BadInput, match="last administrator"):
        run("disable", "nadia")


def test_a_lost_telephone(run, database, find):
    run("add", "claire")
    with database.write() as connection:
        users.keep_secret(connection, find("claire").id, "S")
        users.confirm_secret(connection, find("claire").id, 1, SystemClock().now())
        sessions.begin(connection, find("claire").id, SystemClock().now())
    told = run("password", "claire", "--forget-second-factor")
    assert not find("claire").second_factor
    with database.read() as connection:
        assert sessions.of(connection, find("claire").id, SystemClock().now()) == ()
    assert invitation(database, told).user_id == find("claire").id


def test_what_was_done_here_stands_in_the_log(run, database):
    run("add", "claire")
    with database.read() as connection:
        lines = audit.page(connection, Wanted()).lines
    assert [(line.who, line.kind, line.about) for line in reversed(lines)] == [
        ("voicebot user", "account_added", "account claire"),
        ("voicebot user", "link_made", "account claire"),
    ]


def test_a_store_without_accounts_gives_one_link_and_the_latest_counts(database):
    settings, now = Settings(), SystemClock().now()
    first, second = (first_administrator(database, settings, now) for _ in range(2))
    with database.write() as connection:
        assert invitations.find(connection, first.rpartition("/")[2]) is None
        assert invitations.find(connection, second.rpartition("/")[2]).user_id is None
        users.add(connection, "nadia", "Nadia", Place(Role.ADMINISTRATOR), now)
    assert first_administrator(database, settings, now) is None


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, "http://127.0.0.1:8080/welcome/T"),
        ({"host": "0.0.0.0", "port": 80}, "http://127.0.0.1:80/welcome/T"),
        ({"host": "::1"}, "http://[::1]:8080/welcome/T"),
        ({"public_url": "https://astreinte.exemple.fr"}, "https://astreinte.exemple.fr/welcome/T"),
    ],
)
def test_where_the_link_leads(settings, expected):
    assert address(Settings(**settings), "T") == expected
