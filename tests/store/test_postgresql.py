"""The accounts on a real PostgreSQL: tables, the log that stands, sealed second factors."""

from datetime import UTC, datetime, timedelta

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import delete, text, update
from sqlalchemy.exc import IntegrityError

from tests.store.postgresql import postgresql
from voicebot.accounts.account import Place
from voicebot.accounts.keyring import by_chance
from voicebot.accounts.lockout import PAIR, Step
from voicebot.accounts.role import Role
from voicebot.accounts.trace import Seen, Trace
from voicebot.store import audit, failures, sessions, users
from voicebot.store.accounts_tables import audit as table
from voicebot.store.audit import Wanted
from voicebot.store.database import Database
from voicebot.store.schema import config, migrate
from voicebot.store.sealing import about, seal_all
from voicebot.store.tables import metadata

NOW = datetime.now(UTC)
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.fixture(scope="module")
def database():
    """A store that was begun before the log stood there, and brought up to date."""
    with postgresql() as url:
        opened = Database(url)
        with opened.write() as connection:
            command.upgrade(config(connection), "0007")
        migrate(opened)
        yield opened
        opened.close()


def test_the_tables_are_those_that_the_program_knows(database):
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


@pytest.mark.parametrize(
    "change", [update(table).values(who="nobody"), delete(table), text("TRUNCATE audit")]
)
def test_nothing_is_rewritten_or_erased(database, change):
    with database.write() as connection:
        audit.note(connection, Trace(NOW, Seen.CALL_OPENED, "claire", 1))
    with pytest.raises(IntegrityError, match="log of what was seen"), database.write() as writing:
        writing.execute(change)
    with database.read() as reading:
        assert "claire" in {line.who for line in audit.page(reading, Wanted()).lines}


def test_it_is_forgotten_after_a_year(database):
    with database.write() as connection:
        audit.note(connection, Trace(NOW - timedelta(days=400), Seen.CALL_OPENED, "old"))
    with database.write() as connection:
        assert audit.forget(connection, NOW) == 1
        assert "old" not in {line.who for line in audit.page(connection, Wanted()).lines}


def test_an_account_its_session_and_its_sealed_secret(database):
    ring = by_chance()
    with database.write() as connection:
        made = users.add(connection, "claire", "Claire", Place(Role.OPERATOR), NOW)
        users.keep_secret(connection, made.id, SECRET)
        assert seal_all(connection, ring).anew == 1
        token = sessions.begin(connection, made.id, NOW)
    with database.read() as connection:
        sealed = users.proof(connection, made.id).secret
        assert sessions.find(connection, token, NOW).user_id == made.id
    assert len(sealed) > 64
    assert ring.open(sealed, about(made.id)) == SECRET


def test_too_many_tries(database):
    counted = failures.limits(Step.PASSWORD, "claire", "192.0.2.1")
    with database.write() as connection:
        for _ in range(PAIR.failures):
            assert failures.free_at(connection, counted, NOW) is None
            failures.add(connection, counted, NOW)
        assert failures.free_at(connection, counted, NOW) == NOW + PAIR.within
