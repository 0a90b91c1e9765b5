"""The calls that go on now."""

from datetime import timedelta

from tests.store.conftest import NOW, answered, start
from voicebot.store.entry import Entry
from voicebot.store.ongoing import ongoing

ENDED = {"outcome": "abandoned", "cause": "caller"}


def test_calls_in_progress_are_told_the_oldest_first(database, journal):
    journal.open(start("later", at=NOW + timedelta(seconds=5)), [answered()])
    journal.open(start("first"), [answered()])
    journal.open(start("over"), [answered()])
    journal.write("over", [Entry("ended", NOW, ENDED)])

    with database.read() as connection:
        assert [call.id for call in ongoing(connection)] == ["first", "later"]


def test_of_some_clients_only(database, journal):
    journal.open(start("mine"), [answered()])
    journal.open(start("theirs", client="cabinet-durand"), [answered()])

    with database.read() as connection:
        assert [call.id for call in ongoing(connection, {"plomberie-moreau"})] == ["mine"]
        assert ongoing(connection, ()) == ()
