"""What the tests of several rooms need."""

import pytest

from voicebot.store.database import Database
from voicebot.store.journal import StoredJournal
from voicebot.store.schema import migrate


@pytest.fixture
def database(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'voicebot.db'}")
    migrate(database)
    yield database
    database.close()


@pytest.fixture
def journal(database):
    return StoredJournal(database)
