"""What an operator writes down, during a call and behind it."""

import pytest

from tests.web.test_console import HX, rung
from tests.web.test_console_deeds import (  # noqa: F401
    app,
    browser,
    console,
    me,
    ongoing,
    operators,
    post,
)
from voicebot.handoff.presence import Presence
from voicebot.store import notes


@pytest.fixture
def kept(database):
    def read(call_id="now"):
        with database.read() as connection:
            return [(note.text, note.outcome) for note in notes.read(connection, call_id)]

    return read


async def test_a_note_is_kept_and_every_console_is_told(browser, console, journal, kept):  # noqa: F811
    rung(journal, "now")
    written = await post(browser, "calls/now/notes", text=" Digicode <b>12A</b>.\n2e étage ")
    assert written.status_code == 204
    assert kept() == [("Digicode <b>12A</b>.\n2e étage", None)]

    await console.changed()
    assert console.noted == ["now"]
    shown = (await browser.get("/console/calls/now/notes", headers=HX)).text
    assert "Digicode &lt;b&gt;12A&lt;/b&gt;." in shown
    assert "Digicode" in (await browser.get("/console?call=now")).text


async def test_a_note_without_words_is_none(browser, journal, kept):  # noqa: F811
    rung(journal, "now")
    await post(browser, "calls/now/notes", text="  \n ")
    assert kept() == []
    assert (await post(browser, "calls/now/notes", text="a" * 4001)).status_code == 422


async def test_there_are_no_notes_about_no_call(browser):  # noqa: F811
    assert (await post(browser, "calls/none/notes", text="Bonjour")).status_code == 404
    assert (await browser.get("/console/calls/none/notes")).status_code == 404


async def test_the_form_behind_a_call(me, browser, console, operators, journal, kept):  # noqa: F811
    rung(journal, "now")
    await post(browser, "presence", presence="available")
    with operators.talking(me.id, "now"):
        assert "Après l&#39;appel" not in console.shown["after"]
    await console.until("after", "Après l'appel : Plomberie Moreau")

    said = {"text": "Rappeler avant 9 h", "outcome": "call_back", "presence": "available"}
    assert (await post(browser, "calls/now/after", **said)).status_code == 204

    assert kept() == [("Rappeler avant 9 h", "call_back")]
    assert operators.seat(me.id).presence is Presence.AVAILABLE
    await console.without("after", "Après l'appel")


async def test_nothing_has_to_be_written(me, browser, console, operators, journal, kept):  # noqa: F811
    rung(journal, "now")
    assert (await post(browser, "calls/now/after", presence="break")).status_code == 204
    assert kept() == []
    assert operators.seat(me.id).presence is Presence.BREAK


async def test_an_outcome_that_there_is_not(browser, journal, kept):  # noqa: F811
    rung(journal, "now")
    assert (await post(browser, "calls/now/after", outcome="nothing")).status_code == 400
    assert kept() == []
