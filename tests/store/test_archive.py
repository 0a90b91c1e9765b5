from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.store.conftest import NOW, answered, decided, ended, heard, message, start
from voicebot.errors import NotFound
from voicebot.store.days import Days
from voicebot.store.entry import Entry
from voicebot.store.sought import GOING_ON, Filter


@pytest.fixture
def three(journal):
    """Three calls, an hour apart."""
    for n, client in enumerate(("plomberie-moreau", "cabinet-durand", "plomberie-moreau")):
        at = NOW + timedelta(hours=n)
        number = f"+3361234567{n}"
        journal.open(start(f"c{n}", client, at, number), [answered(at)])
    journal.write("c0", [heard("j'ai un DÉGÂT des eaux"), decided("urgent")])
    journal.write("c1", [heard("c'est pour un divorce"), decided("normal", "default")])
    journal.write("c2", [Entry("slot", NOW, {"name": "caller_name", "value": "Hélène Noël"})])


def ids(page):
    return [row.call.id for row in page.calls]


def test_the_latest_comes_first(archive, three):
    assert ids(archive.page()) == ["c2", "c1", "c0"]


def test_page_by_page(archive, three):
    first, second = (archive.page(number=n, size=2) for n in (1, 2))

    assert (ids(first), ids(second)) == (["c2", "c1"], ["c0"])
    assert (first.total, first.pages) == (3, 2)


def test_an_empty_store_has_one_empty_page(archive):
    page = archive.page()

    assert (page.calls, page.total, page.pages) == ((), 0, 1)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Filter(client="plomberie-moreau"), ["c2", "c0"]),
        (Filter(urgency="urgent"), ["c0"]),
        (Filter(urgency="normal"), ["c2", "c1"]),  # decided so, and nothing decided
        (Filter(words="degat"), ["c0"]),
        (Filter(words="  Dégât   EAUX "), ["c0"]),
        (Filter(words="degat divorce"), []),
        (Filter(words="helene noel"), ["c2"]),
        (Filter(words="612345671"), ["c1"]),
        (Filter(words="%"), []),
        (Filter(words="_"), []),
        (Filter("plomberie-moreau", "urgent", "fuite"), []),
        (Filter("plomberie-moreau", "urgent", "eaux"), ["c0"]),
        (Filter(number="71"), ["c1"]),
        (Filter(number="0612 34.56-71"), ["c1"]),
        (Filter(number="+33 6 12 34 56 71"), ["c1"]),
        (Filter(number="0033612345671"), ["c1"]),
        (Filter(number="06 12 34"), ["c2", "c1", "c0"]),
        (Filter(number="07"), []),  # a 7 is in every one of them
        (Filter(number="06"), ["c2", "c1", "c0"]),
        (Filter(number="Martin"), []),
        (Filter(number="  "), ["c2", "c1", "c0"]),
        (Filter(among=()), []),
        (Filter(among={"cabinet-durand"}), ["c1"]),
        (Filter("plomberie-moreau", among={"cabinet-durand"}), []),
        (Filter(outcome=GOING_ON), ["c2", "c1", "c0"]),
        (Filter(outcome="message_taken"), []),
    ],
)
def test_filters(archive, three, wanted, found):
    assert ids(archive.page(wanted)) == found


def test_what_became_of_a_call(archive, journal, three):
    journal.write("c1", [ended("message_taken")])

    assert ids(archive.page(Filter(outcome="message_taken"))) == ["c1"]
    assert ids(archive.page(Filter(outcome=GOING_ON))) == ["c2", "c0"]


def test_a_number_that_the_caller_gave_is_found_too(archive, journal, three):
    slot = {"name": "callback_number", "value": "+33139985421"}
    journal.write("c1", [Entry("slot", NOW, slot)])

    assert ids(archive.page(Filter(number="01 39 98 54 21"))) == ["c1"]


PARIS, REUNION = ZoneInfo("Europe/Paris"), ZoneInfo("Indian/Reunion")
ZONES = {"plomberie-moreau": PARIS, "hotel-lagon": REUNION}
TODAY = date(2026, 1, 14)  # in Paris; at 21:30 UTC it is tomorrow at Saint-Denis already


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        (TODAY, TODAY, ["gone", "paris"]),
        (TODAY + timedelta(days=1), None, ["lagon"]),
        (None, TODAY, ["gone", "paris"]),
        (TODAY, None, ["gone", "lagon", "paris"]),
        (None, None, ["gone", "lagon", "paris"]),
        (None, TODAY - timedelta(days=1), []),
    ],
)
def test_a_day_is_the_client_s_own(archive, journal, first, last, found):
    clients = {"paris": "plomberie-moreau", "lagon": "hotel-lagon", "gone": "garage-petit"}
    for call_id, client in clients.items():
        journal.open(start(call_id, client), [])

    assert ids(archive.page(Filter(days=Days(first, last, ZONES, PARIS)))) == found


def test_a_day_ends_at_midnight(archive, journal):
    midnight = NOW + timedelta(hours=1, minutes=30)
    journal.open(start("last", at=midnight - timedelta(microseconds=1)), [])
    journal.open(start("first", at=midnight), [])

    assert ids(archive.page(Filter(days=Days(TODAY, TODAY, ZONES, PARIS)))) == ["last"]


def test_a_number_is_found_as_it_is_read(archive, three):
    assert ids(archive.page(Filter(words="06 12 34 56 71"))) == ["c1"]


def test_the_list_shows_the_message(archive, journal, three):
    journal.write("c1", [message(True, request="un divorce")])

    messages = {row.call.id: row.message for row in archive.page().calls}

    assert messages["c1"].fields == {"request": "un divorce"}
    assert messages["c0"] is None


def test_a_call_whole(archive, journal, three):
    journal.write("c0", [message(request="une fuite"), ended()])

    whole = archive.whole("c0")

    assert whole.call.urgency == "urgent"
    assert [entry.kind for entry in whole.entries][-2:] == ["message", "ended"]
    assert whole.message.fields == {"request": "une fuite"}


def test_a_call_that_nobody_made(archive):
    for ask in (archive.call, archive.whole):
        with pytest.raises(NotFound, match="no call c9"):
            ask("c9")
    assert archive.entries("c9") == ()
