from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from voicebot.accounts.trace import Seen, Trace
from voicebot.store import audit
from voicebot.store.accounts_tables import audit as table
from voicebot.store.audit import PAGE_SIZE, Wanted

NOW = datetime.now(UTC)  # the store's own clock says what is a year old


def trace(at=NOW, who="claire", kind=Seen.CALL_OPENED, **more):
    return Trace(at, kind, who, user_id=1, **more)


@pytest.fixture
def connection(database):
    with database.write() as connection:
        yield connection


def test_a_line_is_read_as_it_was_written(connection):
    line = trace(client="plomberie-moreau", about="call c1", detail="…", address="192.0.2.1")
    audit.note(connection, line)
    assert audit.page(connection, Wanted()).lines == (line,)


def test_whatever_was_typed_finds_room(connection):
    audit.note(connection, trace(client="c" * 300, about="a" * 300, detail="d" * 9000))
    (line,) = audit.page(connection, Wanted()).lines
    assert (len(line.client), len(line.about), len(line.detail)) == (64, 128, 500)


@pytest.mark.parametrize("change", [update(table).values(who="nobody"), delete(table)])
def test_nothing_is_rewritten_or_erased(database, change):
    with database.write() as connection:
        audit.note(connection, trace())
    with pytest.raises(IntegrityError, match="log of what was seen"), database.write() as writing:
        writing.execute(change)
    with database.read() as reading:
        assert audit.page(reading, Wanted()).total == 1


def test_it_is_forgotten_after_a_year(connection):
    audit.note(connection, trace(NOW - timedelta(days=400), who="old"))
    audit.note(connection, trace())
    assert audit.forget(connection, NOW) == 1
    assert [line.who for line in audit.page(connection, Wanted()).lines] == ["claire"]


def test_what_is_wanted(connection):
    before = NOW - timedelta(days=2)
    audit.note(connection, trace(before, who="anne"))
    audit.note(connection, trace(kind=Seen.CALL_HEARD, client="moreau"))

    def found(**wanted):
        return [line.who for line in audit.page(connection, Wanted(**wanted)).lines]

    assert found() == ["claire", "anne"]
    assert found(who="anne") == ["anne"]
    assert found(kind="call_heard") == found(client="moreau") == ["claire"]
    assert found(since=NOW - timedelta(days=1)) == ["claire"]
    assert found(until=NOW - timedelta(days=1)) == ["anne"]


def test_by_pages(connection):
    for number in range(PAGE_SIZE + 1):
        audit.note(connection, trace(about=f"call {number}"))
    second = audit.page(connection, Wanted(), 2)
    assert (second.pages, second.total) == (2, PAGE_SIZE + 1)
    assert [line.about for line in second.lines] == ["call 0"]


def test_a_player_that_asks_by_pieces_has_heard_once(connection):
    audit.note(connection, trace(kind=Seen.CALL_HEARD, about="call c1"))
    soon = NOW + timedelta(minutes=10)
    assert audit.noted(connection, trace(soon, kind=Seen.CALL_HEARD, about="call c1"))
    assert not audit.noted(connection, trace(soon, kind=Seen.CALL_HEARD, about="call c2"))
    assert not audit.noted(connection, trace(soon, about="call c1"))
    tomorrow = NOW + timedelta(days=1)
    assert not audit.noted(connection, trace(tomorrow, kind=Seen.CALL_HEARD, about="call c1"))
