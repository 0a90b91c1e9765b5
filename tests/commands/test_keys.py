"""The keys of an installation, as `serve` reads them and an administrator renews them."""

import pytest
from typer.testing import CliRunner

from voicebot.accounts.account import Place
from voicebot.accounts.role import Role
from voicebot.cli import app
from voicebot.clock import FakeClock
from voicebot.commands.keys import open_keyring
from voicebot.errors import BadInput
from voicebot.settings import Settings
from voicebot.store import users
from voicebot.store.sealing import about

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.fixture
def settings(database, tmp_path, monkeypatch):
    monkeypatch.setenv("VOICEBOT_DATA", str(tmp_path))
    monkeypatch.setenv("VOICEBOT_STORE", str(database.url))
    return Settings()


@pytest.fixture
def claire(database):
    with database.write() as connection:
        made = users.add(connection, "claire", "Claire", Place(Role.OPERATOR), FakeClock().now())
        users.keep_secret(connection, made.id, SECRET)
        return made.id


def rotate():
    return CliRunner().invoke(app, ["user", "rotate-key"])


def opened(ring, database, id):
    with database.read() as connection:
        return ring.open(users.proof(connection, id).secret, about(id))


def test_the_key_lies_beside_the_store_or_where_it_is_set(settings, database, tmp_path):
    open_keyring(settings, database)
    assert (tmp_path / "secret.key").exists()
    elsewhere = Settings(secret_key_file=tmp_path / "mine")
    open_keyring(elsewhere, database)
    assert (tmp_path / "mine").stat().st_mode & 0o777 == 0o600


def test_a_rotation_counts_at_the_next_start(settings, database, claire):
    running, told = open_keyring(settings, database)
    assert told == "" and rotate().exit_code == 0
    assert opened(running, database, claire) == SECRET  # the server that runs goes on

    started, told = open_keyring(settings, database)
    assert told == "" and opened(started, database, claire) == SECRET
    assert rotate().exit_code == 0
    assert opened(open_keyring(settings, database)[0], database, claire) == SECRET


def test_no_key_is_forgotten_that_something_is_sealed_with(settings, database, claire):
    open_keyring(settings, database)
    rotate()
    again = rotate()
    assert isinstance(again.exception, BadInput) and "start the server" in str(again.exception)
    assert opened(open_keyring(settings, database)[0], database, claire) == SECRET


def test_a_lost_key_is_told_and_stops_nobody(settings, database, claire):
    open_keyring(settings, database)
    settings.key_file.unlink()
    _, told = open_keyring(settings, database)
    assert "does not open the second factor of claire" in told
    assert "--forget-second-factor" in told
