"""The console: its list of the calls in progress, one call whole, and the stream of both."""

import asyncio
import json
from datetime import timedelta

import pytest

from tests.web.conftest import NOW, urgent
from voicebot.handoff.ongoing import Ongoing
from voicebot.handoff.pool import Operators
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
    return json.loads(text.removeprefix("data: "))["regions"]


async def test_the_stream_follows_a_call_from_its_beginning_to_its_end(stream, journal, live):
    first = await told(stream)
    assert "Aucun appel en cours." in first["calls"]
    assert first["count"].strip() == ""

    rung(journal, "now")
    live.publish("now", Entry("answered", NOW, {"client": MOREAU}))
    begun = await told(stream)
    assert "Plomberie Moreau" in begun["calls"]
    assert begun["count"].strip() == "1"

    live.publish("now", Entry("hearing", NOW, {"text": "il y a de l'eau"}))
    heard = await told(stream)
    assert "il y a de l&#39;eau…" in heard["calls"]
    assert "count" not in heard, "what stays the same is not sent again"

    live.publish("now", urgent(NOW)[-1])
    assert "Aucun appel en cours." in (await told(stream))["calls"]


async def test_who_has_the_call(stream, journal, live):
    rung(journal, "now")
    assert "Cherche" not in (await told(stream))["calls"]

    ringing = {"number": 1, "kind": "operator", "name": "Nadia", "state": "ringing"}
    for kind, data, shown in (
        ("transfer", {"reason": "asked"}, "Cherche une personne"),
        ("leg", ringing, "Sonne chez Nadia"),
        ("joined", {"number": 1, "name": "Nadia"}, "En ligne avec Nadia"),
        ("parted", {"number": 1, "how": "given_back"}, "Cherche une personne"),
    ):
        live.publish("now", Entry(kind, NOW, data))
        assert shown in (await told(stream))["calls"]

    live.publish("now", Entry("transferred", NOW, {"result": "given_back"}))
    back = (await told(stream))["calls"]
    assert 'data-standing="bot"' in back


async def test_a_quiet_night_beats(stream, monkeypatch):
    await told(stream)
    monkeypatch.setattr(console_feed, "BEAT_S", 0.01)
    assert await asyncio.wait_for(anext(stream), 10) == console_feed.BEAT


async def test_who_closes_the_page_is_forgotten(stream, live):
    await told(stream)
    assert live._watchers
    await stream.aclose()
    assert not live._watchers
