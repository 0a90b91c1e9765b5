"""What is seen and done stands in the log, and the log on its page."""

import asyncio
import html
import re
from datetime import timedelta

import pytest

from tests.web.accounts import browsing, signed_in
from tests.web.team import with_team
from voicebot.accounts.account import Place
from voicebot.accounts.role import Role
from voicebot.store import audit, sessions
from voicebot.store.audit import Wanted
from voicebot.web import traces
from voicebot.web.traces import Traces

MOREAU = frozenset({"plomberie-moreau"})


@pytest.fixture
def noted(database):
    def lines():
        with database.read() as connection:
            found = audit.page(connection, Wanted()).lines
        return [
            " ".join(filter(None, (line.who, line.kind, line.client, line.about, line.detail)))
            for line in reversed(found)
        ]

    return lines


async def test_a_call_that_is_opened_and_heard(browser, urgent_call, noted):
    await browser.get("/calls")
    await browser.get("/calls/c1")
    await browser.get("/recordings/c1.wav", headers={"Range": "bytes=0-99"})
    await browser.get("/recordings/c1.wav", headers={"Range": "bytes=100-199"})
    await browser.get("/api/calls/c1")

    assert noted() == [
        "nadia list_opened list /calls",
        "nadia call_opened plomberie-moreau call c1",
        "nadia call_heard plomberie-moreau call c1",
    ]


async def test_who_looks_at_a_list_has_seen_many(browser, urgent_call, noted):
    for path in ("/calls?words=fuite", "/api/calls", "/alerts", "/console", "/calls"):
        await browser.get(path)
    assert noted() == [
        f"nadia list_opened list {path}" for path in ("/calls", "/alerts", "/console")
    ]
    text = html.unescape((await browser.get("/audit")).text)
    assert "Liste consultée" in text and 'href="/alerts"' in text and "fuite" not in text


async def test_the_same_is_seen_again_after_a_while(browser, urgent_call, noted, clock):
    await browser.get("/calls/c1")
    clock.advance(timedelta(minutes=16).total_seconds())
    await browser.get("/calls/c1")
    assert len(noted()) == 2


async def test_what_is_changed_and_what_is_refused(
    app, browser, database, clock, urgent_call, noted
):
    await browser.post("/alerts/1/acknowledge")
    client = signed_in(database, clock.now(), "moreau", "M", Place(Role.CLIENT, MOREAU))
    async with browsing(app, client) as theirs:
        await theirs.post("/alerts/1/close")
        await theirs.get("/users")

    assert noted() == [
        "nadia changed plomberie-moreau alert 1 POST /alerts/1/acknowledge",
        "moreau refused POST /alerts/1/close",
        "moreau refused GET /users",
    ]


async def test_what_was_not_shown_was_not_seen_and_who_tried_is_noted(
    app, database, clock, urgent_call, noted
):
    durand = Place(Role.OPERATOR, frozenset({"cabinet-durand"}))
    async with browsing(app, signed_in(database, clock.now(), "durand", "D", durand)) as other:
        await other.get("/calls/c1")
        await other.get("/recordings/c1.wav")
        await other.get("/calls/nothing")
    assert noted() == [
        "durand refused plomberie-moreau call c1 GET /calls/c1",
        "durand refused plomberie-moreau call c1 GET /recordings/c1.wav",
    ]


async def test_nothing_is_shown_that_cannot_be_noted(browser, urgent_call, monkeypatch):
    def broken(*_):
        raise OSError("the log is gone")

    monkeypatch.setattr(audit, "note", broken)
    with pytest.raises(OSError, match="the log is gone"):
        await browser.get("/calls/c1")


async def test_the_page(browser, urgent_call):
    await browser.get("/calls/c1")
    await browser.post("/alerts/1/acknowledge")
    text = html.unescape((await browser.get("/audit")).text)

    assert "Appel consulté" in text and 'href="/calls/c1"' in text
    assert "Modification <code>POST /alerts/1/acknowledge</code>" in text
    assert "2 lignes" in text
    only = html.unescape((await browser.get("/audit?kind=changed&who=nadia&client=")).text)
    assert "1 ligne" in only and "Appel consulté</td>" not in only
    day = re.search(r"(\d\d)/(\d\d)/(\d{4}) à", text)
    date = f"{day[3]}-{day[2]}-{day[1]}"
    assert "2 lignes" in (await browser.get(f"/audit?since={date}&until={date}")).text
    assert "0 ligne" in (await browser.get(f"/audit?until={date}&since=2030-01-01")).text
    assert (await browser.get("/audit?since=hier")).status_code == 400


async def test_a_stream_ends_when_its_reader_is_signed_out(database, clock, monkeypatch):
    some = signed_in(database, clock.now())
    sent, go = [], asyncio.Event()

    async def app(scope, receive, send):
        scope["state"]["token"] = some.token
        kind = [(b"content-type", b"text/event-stream")]
        await send({"type": "http.response.start", "status": 200, "headers": kind})
        for number in range(4):
            clock.advance(traces.LOOK_S)
            if number == 2:
                with database.write() as connection:
                    sessions.end_all(connection, some.id)
            body = b"data: %d\n\n" % number
            await send({"type": "http.response.body", "body": body, "more_body": True})
        go.set()

    async def send(message):
        sent.append((message.get("body"), message.get("more_body")))

    await Traces(app, database, clock)({"type": "http"}, None, send)
    assert go.is_set()
    assert sent[1:] == [(b"data: 0\n\n", True), (b"data: 1\n\n", True), (b"", False)]


async def test_a_technician_sees_his_own_nights_and_no_others(app, clients, database, clock):
    clients["plomberie-moreau"] = with_team(clients["plomberie-moreau"])
    place = Place(Role.TECHNICIAN, MOREAU, "karim")
    async with browsing(app, signed_in(database, clock.now(), "karim", "K", place)) as his:
        text = html.unescape((await his.get("/mine")).text)
    assert text.count("<li><strong>Du ") == 18  # every other night of five weeks
    assert "Léa" not in text
    assert "Aucune alerte depuis deux mois" in text
