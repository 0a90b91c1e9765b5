"""Whatever a session writes comes back as it was, from however many calls at once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.conftest import NOW, answered, heard, message, start
from voicebot.store.entry import KINDS, Entry

CHECKED = ("decided", "alert", "ended", "transfer", "leg", "joined", "transferred")
"""Kinds whose data other tables read, so that it cannot be anything."""
TEXT = st.text(st.characters(codec="utf-8"), max_size=40)
VALUE = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXT
INSTANT = st.datetimes(
    datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC) | st.timezones()
)
ENTRY = st.builds(
    Entry,
    st.sampled_from([kind for kind in KINDS if kind not in CHECKED]),
    INSTANT,
    st.fixed_dictionaries({}, optional={"text": TEXT, "name": TEXT, "value": VALUE})
    | st.fixed_dictionaries({"fields": st.dictionaries(TEXT, VALUE, max_size=3)}),
)
NUMBERS = count()


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(batches=st.lists(st.lists(ENTRY, max_size=4), max_size=4))
def test_any_journal_comes_back_as_it_was_written(journal, archive, batches):
    call_id = f"any{next(NUMBERS)}"
    journal.open(start(call_id), [])
    for batch in batches:
        journal.write(call_id, batch)

    assert list(archive.entries(call_id)) == [
        _in_utc(entry) for batch in batches for entry in batch
    ]


def _in_utc(entry):
    """A time that a clock change skips equals no time of another zone (PEP 495), UTC's does."""
    return replace(entry, at=entry.at.astimezone(UTC))


def test_twenty_calls_at_once(journal, archive):
    def talk(n):
        call_id = f"c{n}"
        journal.open(start(call_id, at=NOW + timedelta(seconds=n)), [answered()])
        for turn in range(5):
            said = f"phrase {turn} de {n}"
            journal.write(call_id, [heard(said), message(request=said)])

    with ThreadPoolExecutor(20) as calls:
        list(calls.map(talk, range(20)))

    for n in range(20):
        whole = archive.whole(f"c{n}")
        words = [entry.data["text"] for entry in whole.entries if entry.kind == "heard"]
        assert words == [f"phrase {turn} de {n}" for turn in range(5)]
        assert whole.message.fields == {"request": f"phrase 4 de {n}"}
