"""What an operator does at the console, and what her page shows of it."""

import asyncio
import contextlib
import json
from dataclasses import dataclass, field

import pytest

from tests.web import accounts
from tests.web.accounts import browsing
from tests.web.conftest import NOW
from tests.web.test_console import MOREAU, rung
from voicebot.accounts.account import Place
from voicebot.accounts.role import Role
from voicebot.calls.session import CallSession
from voicebot.handoff.incoming import Shown
from voicebot.handoff.leg import Outcome
from voicebot.handoff.ongoing import Ongoing, Request
from voicebot.handoff.pool import Operators
from voicebot.handoff.presence import Operator, Presence
from voicebot.store import presence
from voicebot.store.archive import Archive
from voicebot.store.entry import Entry
from voicebot.web import console_feed
from voicebot.web.app import create_app
from voicebot.web.console_view import View
from voicebot.web.parts import Parts

CLAIRE = {"login": "claire", "name": "Claire Petit", "place": Place(Role.OPERATOR)}
SOPHIE = Operator(8, "Sophie Lambert")
SHOWN = Shown(
    call_id="now",
    client=MOREAU,
    company="Plomberie Moreau",
    language="en",
    caller_number="+33612345678",
    urgency="urgent",
    because="De l'eau coule et ne s'arrête pas.",
    briefing="Client Plomberie Moreau. Madame Noël, <b>une fuite</b>.",
    facts={"caller_name": "Hélène Noël"},
    reason="asked",
)


@dataclass
class PaperCall:
    """A running call without a line: keeps what is asked of it."""

    session: CallSession
    over: bool = False
    asked: list = field(default_factory=list)

    def take_over(self, request):
        self.asked.append(request)
        return not self.over

    def whisper(self, text, who):
        self.asked.append((text, who))
        return not self.over


@pytest.fixture
def operators(live, clock):
    return Operators(live, clock)


@pytest.fixture
def ongoing():
    return Ongoing()


@pytest.fixture
def app(clients, switchboard, live, database, tmp_path, clock, operators, ongoing):
    return create_app(
        clients=clients,
        switchboard=switchboard,
        live=live,
        database=database,
        recordings=tmp_path,
        clock=clock,
        operators=operators,
        ongoing=ongoing,
    )


@pytest.fixture
def me(database, clock):
    """Claire, an operator for all clients, as the pages know her."""
    return accounts.who(database, clock.now(), **CLAIRE)


@pytest.fixture
async def browser(app, database, clock):
    """Hers."""
    async with browsing(app, accounts.signed_in(database, clock.now(), **CLAIRE)) as asking:
        yield asking


@pytest.fixture
async def console(me, clients, switchboard, live, database, tmp_path, clock, operators, ongoing):
    """The regions that her page was sent, as they stand."""
    board = operators, ongoing
    parts = Parts(clients, switchboard, live, Archive(database), tmp_path, clock, database, *board)
    page = Page(console_feed.regions(View(parts, me), gather_s=0))
    await page.changed()
    yield page
    await page.stream.aclose()


class Page:
    def __init__(self, stream):
        self.stream = stream
        self.shown = {}

    async def changed(self):
        text = await asyncio.wait_for(anext(self.stream), 10)
        told = json.loads(text.removeprefix("data: "))
        self.shown.update(told.get("regions", {}))
        self.noted, self.missed = told.get("noted", []), told.get("missed", [])

    async def until(self, region, words):
        while words not in self.shown[region]:
            await self.changed()

    async def without(self, region, words):
        while words in self.shown[region]:
            await self.changed()


async def post(browser, path, **data):
    return await browser.post(f"/api/console/{path}", data=data)


@contextlib.asynccontextmanager
async def ringing(operators, me, page):
    """A call rings at her place; gives the ring's id and how it ends."""
    ring = asyncio.ensure_future(operators.ring(me.id, SHOWN, 30))
    await page.until("incoming", "Plomberie Moreau")
    yield operators.incoming(me.id)[0].id, ring
    ring.cancel()
    await asyncio.gather(ring, return_exceptions=True)


async def test_she_says_that_she_is_there(me, browser, console, operators):
    assert operators.seat(me.id).presence is Presence.BREAK
    assert (await post(browser, "presence", presence="available")).status_code == 204

    assert operators.seat(me.id).presence is Presence.AVAILABLE
    await console.changed()
    available = console.shown["presence"].split('value="available"')[1]
    assert available.index('aria-pressed="true"') < available.index('aria-pressed="false"')


async def test_a_page_that_is_loaded_again_finds_her_as_she_was(
    me, database, clock, operators, live
):
    with database.write() as connection:
        presence.keep(connection, me.id, me.name, "available", clock.now())
        presence.describe(
            connection, me.id, name=me.name, at=clock.now(), skills=["gaz"], languages=["en", "fr"]
        )
    parts = Parts({}, None, live, None, None, clock, database, operators, Ongoing())
    stream = console_feed.regions(View(parts, me), gather_s=0)
    await asyncio.wait_for(anext(stream), 10)

    seat = operators.seat(me.id)
    assert seat.free
    assert (seat.operator.skills, seat.operator.languages) == ({"gaz"}, {"en", "fr"})
    await stream.aclose()
    assert operators.seats() == ()


async def test_nobody_chooses_to_be_away(me, browser, console, operators):
    assert (await post(browser, "presence", presence="away")).status_code == 409
    assert (await post(browser, "presence", presence="asleep")).status_code == 422
    assert operators.seat(me.id).presence is Presence.BREAK


async def test_without_a_page_nobody_is_there(browser, operators):
    assert (await post(browser, "presence", presence="available")).status_code == 400
    assert operators.seats() == ()


async def test_colleagues_are_shown(console, operators):
    with operators.console(SOPHIE, Presence.AVAILABLE):
        await console.until("team", "Sophie Lambert")
        assert "disponible" in console.shown["team"]
    await console.without("team", "Sophie Lambert")


async def test_a_call_rings_with_its_briefing(me, console, operators):
    async with ringing(operators, me, console):
        shown = console.shown["incoming"]
        assert "L&#39;appelant demande une personne" in shown
        assert "Madame Noël, &lt;b&gt;une fuite&lt;/b&gt;." in shown
        assert "De l&#39;eau coule et ne s&#39;arrête pas." in shown
        assert "Hélène Noël" in shown
        assert "Anglais" in shown
        assert f'data-left="{NOW.timestamp() + 3600 + 30:.1f}"' in shown


async def test_she_declines_with_a_reason(me, browser, console, operators):
    async with ringing(operators, me, console) as (ring, ended):
        said = {"reason": "Je dois m'absenter"}
        assert (await post(browser, f"incoming/{ring}/decline", **said)).status_code == 204
        answered = await ended
        assert (answered.outcome, answered.reason) == (Outcome.DECLINED, "Je dois m'absenter")
        await console.without("incoming", "Plomberie Moreau")


async def test_a_reason_of_her_own_words(me, browser, console, operators):
    async with ringing(operators, me, console) as (ring, ended):
        await post(browser, f"incoming/{ring}/decline", reason="", other="Le casque est muet")
        assert (await ended).reason == "Le casque est muet"


async def test_she_accepts_and_too_late_is_told(me, browser, console, operators):
    async with ringing(operators, me, console) as (ring, _):
        assert (await post(browser, f"incoming/{ring}/accept")).status_code == 204
        late = await post(browser, f"incoming/{ring}/accept")
        assert (late.status_code, late.json()) == (409, {"error": "Cet appel est déjà pris."})

    gone = await post(browser, f"incoming/{ring}/accept")
    assert gone.status_code == 409
    assert "quelqu'un d'autre a pris l'appel" in gone.json()["error"]


async def test_why_a_call_rings_no_more(me, browser, console, operators):
    async with ringing(operators, me, console) as (_, ended):
        ended.cancel()
        await console.without("incoming", "Plomberie Moreau")
        assert "L'appel ne sonne plus" in console.missed[0]

    async with ringing(operators, me, console) as (ring, _):
        await post(browser, f"incoming/{ring}/decline", reason="")
        await console.without("incoming", "Plomberie Moreau")
        assert console.missed == [], "she knows what she did herself"


async def test_another_operators_ring_is_not_hers(browser, console, operators):
    with operators.console(SOPHIE, Presence.AVAILABLE):
        ring = asyncio.ensure_future(operators.ring(SOPHIE.id, SHOWN, 30))
        await console.changed()
        (incoming,) = operators.incoming(SOPHIE.id)
        assert (await post(browser, f"incoming/{incoming.id}/accept")).status_code == 409
        assert incoming.outcome is None
        assert "Plomberie Moreau" not in console.shown["incoming"]
        ring.cancel()
        await asyncio.gather(ring, return_exceptions=True)


async def test_the_call_she_talks_in(me, console, operators, journal, live):
    rung(journal, "now")
    with operators.talking(me.id, "now"):
        live.publish("now", Entry("answered", NOW, {"client": MOREAU}))
        await console.until("talking", "Mise en relation")
        live.publish("now", Entry("joined", NOW, {"number": 1, "name": me.name}))
        await console.until("talking", "En ligne")
        assert "Rendre à l'assistant" in console.shown["talking"]
    await console.without("talking", "En ligne")


async def test_after_a_call_she_writes_it_down(me, browser, console, operators):
    await post(browser, "presence", presence="available")
    with operators.talking(me.id, "now"):
        pass
    assert operators.seat(me.id).presence is Presence.AFTER_CALL


@pytest.fixture
def running(clients, ongoing, journal, clock):
    rung(journal, "now")
    session = CallSession(clients[MOREAU], None, journal, clock, call_id="now")
    call = PaperCall(session)
    ongoing.enter(call)
    return call


async def test_she_takes_a_call_over(me, browser, running):
    assert (await post(browser, "calls/now/take")).status_code == 204
    assert running.asked == [Request("taken_over", me.id)]


async def test_nobody_steps_into_another_clients_call(app, database, clock, running):
    place = Place(Role.OPERATOR, frozenset({"cabinet-durand"}))
    olga = accounts.signed_in(database, clock.now(), "olga", "Olga", place)
    async with browsing(app, olga) as other:
        assert (await post(other, "calls/now/take")).status_code == 404
        assert (await post(other, "calls/now/whisper", text="Bonjour")).status_code == 404
        assert "Plomberie" not in (await other.get("/console")).text
    assert running.asked == []


async def test_she_whispers(browser, running):
    said = await post(browser, "calls/now/whisper", text="  Il arrive\ndans vingt minutes. ")
    assert said.status_code == 204
    assert running.asked[0][0] == "Il arrive dans vingt minutes."


async def test_nothing_is_whispered_for_nothing(browser, running):
    assert (await post(browser, "calls/now/whisper", text="   ")).status_code in (204, 422)
    assert (await post(browser, "calls/now/whisper", text="a" * 301)).status_code == 422
    assert running.asked == []


async def test_what_came_too_late_is_told(browser, running):
    running.over = True
    for path, data in (("take", {}), ("whisper", {"text": "Bonjour"})):
        late = await post(browser, f"calls/now/{path}", **data)
        assert late.status_code == 409
        assert "transfert" in late.json()["error"]
    assert (await post(browser, "calls/none/take")).status_code == 404
