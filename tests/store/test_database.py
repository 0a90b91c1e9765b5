import stat
import threading

import pytest

from voicebot.errors import BadInput, MissingPart, StoreFull
from voicebot.store import database as module
from voicebot.store.database import Database
from voicebot.store.tables import Instant


def test_sqlite_is_opened_for_safety(database):
    with database.read() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }

    full = 2
    assert found == {
        "journal_mode": "wal",
        "synchronous": full,
        "foreign_keys": 1,
        "busy_timeout": module.BUSY_MS,
    }


def test_only_its_owner_reads_the_file(database):
    assert stat.S_IMODE(database.file.stat().st_mode) == 0o600


def test_a_block_that_raises_leaves_nothing(database, archive):
    with pytest.raises(RuntimeError), database.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO calls (id, client, language, started_at) VALUES ('x', 'y', 'fr', 0)"
        )
        raise RuntimeError

    assert archive.page().total == 0


def test_a_reader_does_not_wait_for_a_writer(database, archive):
    with database.write():
        assert archive.page().total == 0


def test_writers_wait_for_each_other(database):
    with database.write() as connection:
        connection.exec_driver_sql("CREATE TABLE counted (n)")
        connection.exec_driver_sql("INSERT INTO counted VALUES (0)")

    def count():
        for _ in range(10):
            with database.write() as connection:
                n = connection.exec_driver_sql("SELECT n FROM counted").scalar()
                connection.exec_driver_sql("UPDATE counted SET n = ?", (n + 1,))

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with database.read() as connection:
        assert connection.exec_driver_sql("SELECT n FROM counted").scalar() == 40


def test_a_store_locked_by_another_program_is_one_clear_line(database, monkeypatch):
    monkeypatch.setattr(module, "BUSY_MS", 1)
    impatient = Database(str(database.url))

    with (
        database.write(),
        pytest.raises(StoreFull, match="keeps the store locked"),
        impatient.write(),
    ):
        pass
    impatient.close()


@pytest.mark.parametrize("url", ["voicebot.db", "cobol://x"])
def test_a_url_that_is_none_is_one_clear_line(url):
    with pytest.raises(BadInput, match="the store's URL cannot be read"):
        Database(url)


def test_a_driver_that_is_missing_is_named():
    with pytest.raises(MissingPart, match="pip install psycopg2"):
        Database("postgresql+psycopg2://localhost/voicebot")


def test_a_folder_that_cannot_be_made_is_one_clear_line(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(StoreFull, match="cannot be written"):
        Database(f"sqlite:///{tmp_path / 'file' / 'voicebot.db'}")


def test_a_time_without_its_zone_is_refused():
    from datetime import datetime

    with pytest.raises(ValueError, match="needs its zone"):
        Instant().process_bind_param(datetime(2026, 1, 14), None)
