"""The console: its list of the calls in progress, one call whole, and the stream of both."""

import asyncio
import json
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.web.conftest import NOW, urgent
from voicebot.accounts.trace import Seen
from voicebot.handoff.ongoing import Ongoing
from voicebot.handoff.pool import Operators
from voicebot.store import audit
from voicebot.store.archive import Archive
from voicebot.store.entry import CallStart, Entry
from voicebot.web import console_feed
from voicebot.web.console_board import Board
from voicebot.web.console_view import View
from voicebot.web.parts import Parts
from voicebot.web.rights import Role, Who

MOREAU, DURAND = "plomberie-moreau", "cabinet-durand"
CLAIRE = Who(7, "Claire Petit", Role.OPERATOR, None, "")
HX = {"HX-Request": "true"}


@pytest.fixture
def parts(clients, switchboard, live, database, tmp_path, clock):
    board = Operators(live, clock), Ongoing()
    return Parts(clients, switchboard, live, Archive(database), tmp_path, clock, database, *board)


def rung(journal, call_id, client=MOREAU, after_s=0, said=2):
    began = NOW + timedelta(seconds=after_s)
    first = Entry("answered", began, {"client": client, "situation": "closed"})
    start = CallStart(call_id, client, "+33612345678", None, began)
    journal.open(start, [first, *urgent(began)[1:said]])


async def test_a_calm_evening(browser):
    page = await browser.get("/console")
    assert page.status_code == 200
    assert "Aucun appel en cours." in page.text
    assert "Choisissez un appel" in page.text


async def test_the_calls_in_progress(browser, journal, urgent_call):
    rung(journal, "now", said=8)
    text = (await browser.get("/console")).text

    assert "Hélène Noël" in text
    assert "De l&#39;eau coule et ne s&#39;arrête pas." in text
    assert text.count('class="ongoing ') == 1, "a call that is over is not in progress"


async def test_what_callers_say_is_never_html(browser, journal):
    rung(journal, "now", said=3)
    text = (await browser.get("/console?call=now")).text
    assert "<b>de l'eau</b>" not in text


async def test_what_presses_comes_first(parts, journal):
    rung(journal, "long", DURAND)
    rung(journal, "urgent", after_s=30, said=6)
    board = Board(parts, lambda client: True)
    board.open()
    assert [card.call_id for card in board.listed()] == ["urgent", "long"]


async def test_one_call_for_the_page_and_for_a_link(browser, journal):
    rung(journal, "now")
    pane = await browser.get("/console/calls/now", headers=HX)
    assert "Plomberie Moreau" in pane.text
    assert "<html" not in pane.text

    link = await browser.get("/console/calls/now")
    assert (link.status_code, link.headers["location"]) == (303, "/console?call=now")


async def test_a_call_that_is_not_there(browser):
    assert (await browser.get("/console/calls/none", headers=HX)).status_code == 404
    assert (await browser.get("/console?call=none")).status_code == 404


async def test_another_clients_call_is_no_business_of_hers(parts, journal, live):
    rung(journal, "mine")
    rung(journal, "theirs", DURAND)
    board = Board(parts, lambda client: client == MOREAU)
    board.open()
    begun = Entry("answered", NOW, {"client": DURAND})
    board.take([("theirs", Entry("hearing", NOW, {"text": "secret"})), ("other", begun)])

    assert list(board.cards) == ["mine"]
    assert board.cards["mine"].words == "Plomberie Moreau, bonjour."


@pytest.fixture
async def stream(parts):
    running = console_feed.regions(View(parts, CLAIRE), gather_s=0)
    yield running
    await running.aclose()


async def told(stream):
    text = await asyncio.wait_for(anext(stream), 10)
    return json.loads(text.removeprefix("data: "))


async def test_the_stream_follows_a_call_from_its_beginning_to_its_end(stream, journal, live):
    first = await told(stream)
    assert first["whole"]
    assert first["order"] == []
    assert first["regions"]["count"].strip() == ""

    rung(journal, "now")
    live.publish("now", Entry("answered", NOW, {"client": MOREAU}))
    begun = await told(stream)
    assert "Plomberie Moreau" in begun["cards"]["now"]
    assert begun["order"] == ["now"]
    assert begun["regions"]["count"].strip() == "1"

    live.publish("now", Entry("hearing", NOW, {"text": "il y a de l'eau"}))
    heard = await told(stream)
    assert "il y a de l&#39;eau" in heard["cards"]["now"]
    assert set(heard) == {"cards"}, "what stays the same is not sent again"

    live.publish("now", urgent(NOW)[-1])
    over = await told(stream)
    assert over["order"] == []
    assert over["moved"] == ["now"]


async def test_who_has_the_call(stream, journal, live):
    rung(journal, "now")
    assert "Cherche" not in (await told(stream))["cards"]["now"]

    ringing = {"number": 1, "kind": "operator", "name": "Nadia", "state": "ringing"}
    for kind, data, shown in (
        ("transfer", {"reason": "asked"}, "Cherche une personne"),
        ("transfer", {"reason": "taken_over", "by": "Nadia"}, "Nadia prend l'appel"),
        ("leg", ringing, "Sonne chez Nadia"),
        ("joined", {"number": 1, "name": "Nadia"}, "En ligne avec Nadia"),
        ("parted", {"number": 1, "how": "given_back"}, "Cherche une personne"),
    ):
        live.publish("now", Entry(kind, NOW, data))
        assert shown in (await told(stream))["cards"]["now"]

    live.publish("now", Entry("transferred", NOW, {"result": "given_back"}))
    back = (await told(stream))["cards"]["now"]
    assert 'data-standing="bot"' in back


async def test_of_many_calls_only_the_one_that_speaks_is_sent(stream, journal, live):
    for number in range(20):
        rung(journal, f"c{number}", after_s=number)
    assert len((await told(stream))["cards"]) == 20

    live.publish("c7", Entry("hearing", NOW, {"text": "il y a de l'eau"}))
    assert list((await told(stream))["cards"]) == ["c7"]

    live.publish("c7", urgent(NOW)[4])
    pressing = await told(stream)
    assert list(pressing["cards"]) == ["c7"]
    assert pressing["order"][:2] == ["c7", "c0"], "a list that changed its order says so"


async def test_while_nothing_changes_only_heartbeats_are_sent(parts, journal, live, monkeypatch):
    monkeypatch.setattr(console_feed, "BEAT_S", 0.05)
    rung(journal, "mine", said=8)
    hers = replace(CLAIRE, clients=frozenset({MOREAU}))
    quiet = console_feed.regions(View(parts, hers), gather_s=0)
    assert (await told(quiet))["whole"]

    sent = []
    for number in range(5):
        # What no list shows, a colleague's pause, and another client's call that never stops.
        live.publish("mine", Entry("hearing", NOW, {"text": ""}))
        live.publish("theirs", Entry("hearing", NOW, {"text": f"word {number}"}))
        live.publish("theirs", Entry("noted", NOW, {"client": DURAND}))
        live.publish("", Entry("presence", NOW, {"operator": 99}))
        sent.append(await asyncio.wait_for(anext(quiet), 10))
    await quiet.aclose()
    assert sent == [console_feed.BEAT] * 5


async def test_who_connects_again_is_sent_the_whole(parts, stream, journal, live):
    rung(journal, "now", said=8)
    first = await told(stream)
    again = console_feed.regions(View(parts, CLAIRE), gather_s=0)
    assert await told(again) == first
    await again.aclose()


async def test_the_lines_that_a_page_does_not_have_yet(browser, journal):
    rung(journal, "now", said=3)
    whole = (await browser.get("/api/calls/now/lines")).json()
    assert [entry["kind"] for entry in whole["entries"]] == ["answered", "said", "heard"]
    assert whole["count"] == 3

    journal.write("now", urgent(NOW)[3:5])
    new = (await browser.get("/api/calls/now/lines?after=3")).json()
    assert [entry["kind"] for entry in new["entries"]] == ["understood", "decided"]
    assert "De l&#39;eau coule" in new["entries"][1]["html"]
    assert (await browser.get("/api/calls/now/lines?after=5")).json()["entries"] == []
    assert (await browser.get("/api/calls/none/lines")).status_code == 404


async def test_who_looks_at_the_lines_of_a_call_is_in_the_log_once(browser, journal, database):
    rung(journal, "now")
    for after in (0, 1, 2):
        await browser.get(f"/api/calls/now/lines?after={after}")
    with database.read() as connection:
        lines = audit.page(connection, audit.Wanted()).lines
    assert [line.about for line in lines if line.kind is Seen.CALL_OPENED] == ["call now"]


async def test_a_quiet_night_beats(stream, monkeypatch):
    monkeypatch.setattr(console_feed, "BEAT_S", 0.01)
    await told(stream)
    assert await asyncio.wait_for(anext(stream), 10) == console_feed.BEAT


async def test_who_closes_the_page_is_forgotten(stream, live):
    await told(stream)
    assert live._watchers
    await stream.aclose()
    assert not live._watchers
