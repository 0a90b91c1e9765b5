"""What operators write down about a call."""

from datetime import timedelta

import pytest
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from tests.store.conftest import NOW
from voicebot.store import notes
from voicebot.store.notes import Note
from voicebot.store.tables import calls

FIRST = Note("c1", NOW, 7, "Claire Petit", "Rappelle demain avant 9 h.")
LAST = Note("c1", NOW + timedelta(minutes=2), 8, "Nadia Benali", "", "settled")


def test_notes_are_read_in_the_order_they_were_written(database, opened):
    with database.write() as connection:
        notes.add(connection, FIRST)
        notes.add(connection, LAST)

    with database.read() as connection:
        assert notes.read(connection, "c1") == (FIRST, LAST)
        assert notes.read(connection, "c2") == ()


def test_there_is_no_note_without_a_call(database):
    with pytest.raises(IntegrityError), database.write() as connection:
        notes.add(connection, FIRST)


def test_notes_go_with_their_call(database, opened):
    with database.write() as connection:
        notes.add(connection, FIRST)
        connection.execute(delete(calls).where(calls.c.id == "c1"))

    with database.read() as connection:
        assert notes.read(connection, "c1") == ()
