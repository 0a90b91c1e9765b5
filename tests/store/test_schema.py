import sqlite3

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from voicebot.errors import BadInput
from voicebot.settings import ROOT
from voicebot.store.database import Database
from voicebot.store.schema import migrate
from voicebot.store.tables import metadata


@pytest.fixture
def empty(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'new' / 'folder' / 'voicebot.db'}")
    yield database
    database.close()


def test_from_nothing_to_the_tables_that_the_program_knows(empty):
    migrate(empty)

    with empty.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_every_table_stands_on_its_page():
    page = (ROOT / "docs" / "store.md").read_text()
    rows = {line.split("`")[1] for line in page.splitlines() if line.startswith("| `")}
    assert set(metadata.tables) <= rows


def test_a_second_run_changes_nothing(empty):
    migrate(empty)
    before = tables(empty)
    migrate(empty)

    assert tables(empty) == before
    assert "CREATE TABLE calls" in before


def test_a_migration_that_fails_leaves_nothing_half_done(empty):
    with empty.write() as connection:
        connection.exec_driver_sql("CREATE TABLE messages (x)")  # in the way of the third table

    with pytest.raises(Exception, match="already exists"):
        migrate(empty)

    assert "CREATE TABLE calls" not in tables(empty)


def test_a_store_of_a_later_version_is_left_alone(empty):
    migrate(empty)
    with empty.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(BadInput, match="later version of voicebot"):
        migrate(empty)


def test_a_file_that_is_no_store_is_named(tmp_path):
    file = tmp_path / "holiday.jpg"
    file.write_bytes(b"\xff\xd8 not a database at all" * 100)
    database = Database(f"sqlite:///{file}")

    with pytest.raises(BadInput, match=r"holiday\.jpg: this is not a store"):
        migrate(database)


def tables(database):
    with sqlite3.connect(database.file) as raw:
        return "\n".join(sql for (sql,) in raw.execute("SELECT sql FROM sqlite_master") if sql)
