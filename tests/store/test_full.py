import subprocess

import pytest

from tests.store.conftest import answered, heard, message, start
from voicebot.errors import StoreFull
from voicebot.store.archive import Archive
from voicebot.store.database import Database
from voicebot.store.journal import StoredJournal
from voicebot.store.schema import migrate


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 1 MB; needs the right to mount one."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("a small disk can only be mounted by root")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(journal):
    """Writes turns until the store refuses; how many it took."""
    for taken in range(5000):
        try:
            journal.write("c1", [heard("une fuite " * 20), message(request=f"phrase {taken}")])
        except StoreFull as full:
            assert "the disk is full; make room and start again" in str(full)
            assert "\n" not in str(full)
            return taken
    raise AssertionError("the disk never filled")


def kept_whole(archive, taken):
    whole = archive.whole("c1")
    assert sum(entry.kind == "heard" for entry in whole.entries) == taken
    assert whole.message.fields == {"request": f"phrase {taken - 1}"}


def test_a_full_disk(small_disk):
    ballast = small_disk / "ballast"
    database = Database(f"sqlite:///{small_disk / 'voicebot.db'}")
    migrate(database)
    journal = StoredJournal(database)
    journal.open(start("c1"), [answered()])
    ballast.write_bytes(bytes(300_000))

    taken = fill(journal)
    assert taken > 0
    kept_whole(Archive(database), taken)

    ballast.unlink()  # room is made, and the call goes on
    journal.write("c1", [heard("allô ?")])
    assert Archive(database).entries("c1")[-1].data["text"] == "allô ?"
    database.close()


def test_a_disk_full_from_the_start(small_disk):
    (small_disk / "ballast").write_bytes(bytes(1_048_576))

    database = Database(f"sqlite:///{small_disk / 'voicebot.db'}")

    with pytest.raises(StoreFull, match=r"voicebot\.db: the disk is full"):
        migrate(database)
    database.close()


def test_a_store_that_reached_its_size(database, journal, archive, opened):
    pages = 60
    with database.read() as connection:  # the pool holds one connection, so this one stays limited
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    taken = fill(journal)

    assert taken > 0
    kept_whole(archive, taken)
