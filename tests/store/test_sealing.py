import sqlite3

import pytest
from alembic import command
from sqlalchemy import text

from voicebot.accounts.account import Place
from voicebot.accounts.keyring import Keyring, new_key
from voicebot.accounts.role import Role
from voicebot.clock import FakeClock
from voicebot.store import recovery_codes, sessions, users
from voicebot.store.database import Database
from voicebot.store.schema import config, migrate
from voicebot.store.sealing import about, behind, seal_all

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
OLD, NEW = new_key(), new_key()
NOW = FakeClock().now()


def enrolled(connection, login, secret):
    made = users.add(connection, login, login, Place(Role.OPERATOR), NOW)
    users.keep_secret(connection, made.id, secret)
    users.confirm_secret(connection, made.id, 1, NOW)
    return made.id


def kept(database, id):
    with database.read() as connection:
        return users.proof(connection, id).secret


def test_what_was_kept_as_it_is_is_sealed_and_leaves_no_trace_in_the_file(database):
    ring = Keyring([OLD])
    with database.write() as connection:
        claire = enrolled(connection, "claire", SECRET)
        users.add(connection, "anne", "Anne", Place(Role.OPERATOR), NOW)
    with database.write() as connection:
        assert seal_all(connection, ring).anew == 1

    assert ring.open(kept(database, claire), about(claire)) == SECRET
    with database.read() as connection:
        assert users.proof(connection, claire).second_factor
    database.close()
    with sqlite3.connect(database.file) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    assert SECRET.encode() not in database.file.read_bytes()


def test_a_second_time_nothing_is_done(database):
    ring = Keyring([OLD])
    with database.write() as connection:
        claire = enrolled(connection, "claire", SECRET)
        seal_all(connection, ring)
    before = kept(database, claire)
    with database.write() as connection:
        assert seal_all(connection, ring) == type(seal_all(connection, ring))(0, ())
    assert kept(database, claire) == before


def test_after_a_rotation_everything_is_sealed_with_the_new_key(database):
    with database.write() as connection:
        claire = enrolled(connection, "claire", Keyring([OLD]).seal(SECRET, about(1)))
        assert behind(connection, Keyring([NEW, OLD])) == 1
        assert seal_all(connection, Keyring([NEW, OLD])).anew == 1
        assert behind(connection, Keyring([NEW])) == 0
    assert Keyring([NEW]).open(kept(database, claire), about(claire)) == SECRET


def test_whose_key_is_lost_is_named_and_left_as_he_is(database):
    with database.write() as connection:
        claire = enrolled(connection, "claire", Keyring([OLD]).seal(SECRET, about(1)))
        enrolled(connection, "anne", SECRET)
    before = kept(database, claire)
    with database.write() as connection:
        found = seal_all(connection, Keyring([NEW]))
    assert (found.anew, found.lost) == (1, ("claire",))
    assert kept(database, claire) == before


@pytest.fixture
def before(tmp_path):
    """A store as it was before secrets were sealed."""
    database = Database(f"sqlite:///{tmp_path / 'before.db'}")
    with database.write() as connection:
        command.upgrade(config(connection), "0007")
        connection.execute(
            text(
                "INSERT INTO users (id, login, name, role, secret, secret_at, made_at) VALUES "
                f"(7, 'claire', 'Claire', 'operator', '{SECRET}', '{NOW:%F %T}', '{NOW:%F %T}')"
            )
        )
    with database.write() as connection:
        recovery_codes.replace(connection, 7, ["abcd-efgh-jkmn-pqrs"])
        sessions.begin(connection, 7, NOW)
    yield database
    database.close()


def test_a_store_of_before_keeps_its_people_their_codes_and_their_sessions(before):
    migrate(before)
    ring = Keyring([OLD])
    with before.write() as connection:
        assert seal_all(connection, ring).anew == 1
        assert recovery_codes.left(connection, 7) == 1
        assert len(sessions.of(connection, 7, NOW)) == 1
        assert users.proof(connection, 7).second_factor
    assert ring.open(kept(before, 7), about(7)) == SECRET
