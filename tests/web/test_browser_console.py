"""The console in a real browser: a call rings, is taken, muted, held, left and written down."""

import asyncio
import contextlib
import re
import socket
import threading
import time

import pytest
import uvicorn

from tests.web import accounts
from tests.web.chromium import chromium, tab, voice
from tests.web.conftest import NOW, urgent
from tests.web.headsets import HeadsetSwitchboard
from tests.web.test_console_deeds import CLAIRE, MOREAU, SHOWN, SOPHIE, PaperCall
from voicebot.calls.session import CallSession
from voicebot.handoff.leg import Outcome
from voicebot.handoff.ongoing import TAKEN_OVER, Ongoing, Request
from voicebot.handoff.pool import Operators
from voicebot.handoff.presence import Presence
from voicebot.store import notes
from voicebot.store.entry import CallStart, Entry
from voicebot.web.app import create_app

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is missing: make browser")
expect = sync_api.expect

pytestmark = pytest.mark.browser
DESK, PHONE = {"width": 1400, "height": 900}, {"width": 390, "height": 844}
PATIENT_MS = 20_000
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with chromium(voice(tmp_path_factory.mktemp("microphone") / "claire.wav", "Oui.")) as opened:
        yield opened


class Desk:
    """The server's side: what happens there is done on its own event loop."""

    def __init__(self, live, clock, journal, clients):
        self.live, self.journal, self.clients, self.clock = live, journal, clients, clock
        self.operators = Operators(live, clock)
        self.ongoing = Ongoing()
        self.switchboard = HeadsetSwitchboard(self.operators)
        self.loop = None
        self.address = ""
        self.me = 0

    def begin(self, what):
        """Has something done there; gives its future."""

        async def done():
            found = what()
            return await found if asyncio.iscoroutine(found) else found

        return asyncio.run_coroutine_threadsafe(done(), self.loop)

    def do(self, what):
        return self.begin(what).result(20)

    def call(self, call_id="now", said=8):
        """A call comes in; gives it as the operator reaches into it."""
        script = urgent(NOW)[:said]
        self.journal.open(CallStart(call_id, MOREAU, "+33612345678", None, NOW), script)
        session = CallSession(self.clients[MOREAU], None, self.journal, self.clock, call_id=call_id)
        running = PaperCall(session)
        self.do(lambda: self.ongoing.enter(running))
        for entry in script:
            self.live.publish(call_id, entry)
        return running

    def happens(self, kind, call_id="now", **data):
        entry = Entry(kind, self.clock.now(), data)
        if kind != "hearing":
            self.journal.write(call_id, [entry])
        self.live.publish(call_id, entry)

    @contextlib.contextmanager
    def talking(self, call_id="now"):
        """She talks in the call, as the transfer sees to it."""
        joined = self.operators.talking(self.me, call_id)
        self.do(joined.__enter__)
        self.happens("joined", call_id, number=1, name="Claire Petit")
        yield
        self.happens("parted", call_id, number=1, how="person_left")
        self.do(lambda: joined.__exit__(None, None, None))


@pytest.fixture
def desk(clients, live, database, journal, tmp_path, clock):
    desk = Desk(live, clock, journal, clients)
    app = create_app(
        clients=clients,
        switchboard=desk.switchboard,
        live=live,
        database=database,
        recordings=tmp_path,
        clock=clock,
        operators=desk.operators,
        ongoing=desk.ongoing,
    )

    @contextlib.asynccontextmanager
    async def lifespan(_):
        desk.loop = asyncio.get_running_loop()
        yield
        await desk.switchboard.close()

    app.router.lifespan_context = lifespan
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.02)
        desk.address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        yield desk
        server.should_exit = True
        thread.join()


@pytest.fixture
def page(browser, desk, database, clock):
    """Claire's console, open."""
    claire = accounts.signed_in(database, clock.now(), **CLAIRE)
    desk.me = claire.id
    with tab(browser) as opened:
        opened.set_default_timeout(PATIENT_MS)
        claire.on(opened, desk.address)
        opened.goto(f"{desk.address}/console")
        yield opened


def available(page):
    page.get_by_role("button", name="Disponible").click()
    expect(page.get_by_text("Casque prêt")).to_be_visible(timeout=PATIENT_MS)


def first_call(page):
    """Chooses the first call by its key."""
    expect(page.locator("#calls").get_by_role("link")).to_be_visible()
    page.keyboard.press("j")
    expect(page.get_by_role("log")).to_be_visible()


def kept(database):
    with database.read() as connection:
        return [(note.name, note.text, note.outcome) for note in notes.read(connection, "now")]


def test_calls_are_followed_as_they_are_heard(page, desk):
    expect(page.get_by_text("Aucun appel en cours.")).to_be_visible()
    desk.call()
    expect(page.get_by_role("heading", name=re.compile("Appels en cours"))).to_contain_text("1")

    page.keyboard.press("j")
    transcript = page.get_by_role("log")
    expect(transcript).to_contain_text("Bonjour, j'ai <b>de l'eau</b> qui coule du plafond")
    expect(page.locator(".known__urgency")).to_contain_text("De l'eau coule et ne s'arrête pas.")

    desk.happens("hearing", text="dépêchez-vous il y a")
    expect(page.locator(".hearing")).to_have_text("dépêchez-vous il y a")
    desk.happens("heard", text="Dépêchez-vous !", confidence=0.9, speech_ms=900)
    expect(transcript).to_contain_text("Dépêchez-vous !")
    expect(page.get_by_role("link", name="Plomberie Moreau")).to_be_focused()

    desk.happens("ended", outcome="alert_raised", cause="caller")
    expect(page.get_by_text("Aucun appel en cours.")).to_be_visible()
    expect(transcript).to_contain_text("L'appelant a raccroché.")
    expect(page.get_by_role("button", name="Prendre l'appel")).to_be_hidden()


def test_a_call_from_its_ring_to_its_last_note_by_keyboard_alone(page, desk, database):
    desk.call()
    available(page)
    assert desk.operators.seat(desk.me).presence is Presence.AVAILABLE

    ring = desk.begin(lambda: desk.operators.ring(desk.me, SHOWN, 60))
    rings = page.get_by_role("region", name="Appels qui sonnent chez vous")
    expect(rings).to_contain_text("Client Plomberie Moreau. Madame Noël")
    expect(page).to_have_title("Appel : Plomberie Moreau")
    expect(page.get_by_role("log")).to_contain_text("Plomberie Moreau, bonjour.")

    page.keyboard.press("a")
    answered = ring.result(20)
    assert answered.outcome is Outcome.ACCEPTED
    assert answered.party.name == "Claire Petit"
    expect(rings).not_to_contain_text("Plomberie Moreau")
    expect(page).to_have_title("Console · voicebot")

    with desk.talking():
        bar = page.get_by_role("region", name="Appel en ligne")
        expect(bar).to_contain_text("En ligne")
        expect(bar).to_contain_text("Hélène Noël")
        for key, button in (("m", "Micro coupé"), ("g", "Reprendre l'appel")):
            page.keyboard.press(key)
            pressed = bar.get_by_role("button", name=button)
            expect(pressed).to_have_attribute("aria-pressed", "true")
        page.keyboard.press("g")
        page.keyboard.press("r")
        page.keyboard.press("n")
        page.keyboard.type("Digicode 12A")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator("#notes")).to_contain_text("Digicode 12A")
        expect(page.get_by_label("Nouvelle note")).to_have_value("")
    expect(bar).to_be_hidden()
    told = [(one["type"], one.get("on")) for one in desk.switchboard.told]
    assert told == [("hold", True), ("hold", False), ("give_back", None)]

    after = page.get_by_role("form", name=re.compile("Après l'appel"))
    after.get_by_role("radio", name="Réglé").focus()
    page.keyboard.press("ArrowRight")
    after.get_by_label("Note", exact=True).fill("Avant 9 h")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(after).to_be_hidden()
    assert kept(database) == [
        ("Claire Petit", "Digicode 12A", None),
        ("Claire Petit", "Avant 9 h", "call_back"),
    ]
    assert desk.operators.seat(desk.me).presence is Presence.AVAILABLE


def test_hanging_up_ends_the_talk_and_the_headset_stays(page, desk):
    desk.call()
    available(page)
    with desk.talking():
        page.get_by_role("button", name="Raccrocher").click()
        while not desk.switchboard.told:
            page.wait_for_timeout(50)
        expect(page.get_by_text("Casque prêt")).to_be_visible(timeout=PATIENT_MS)
    assert desk.switchboard.told == [{"type": "leave", "call": "now"}]
    expect(page.get_by_role("form", name=re.compile("Après l'appel"))).to_be_visible()


def test_leaving_the_page_is_asked_about_while_somebody_is_on_the_line(page, desk):
    desk.call()
    available(page)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    with desk.talking():
        expect(page.get_by_role("button", name="Raccrocher")).to_be_visible()
        page.get_by_role("link", name="Alertes").click()
        expect(page.get_by_role("button", name="Raccrocher")).to_be_visible()
        assert asked == ["beforeunload"]
        assert page.url.startswith(f"{desk.address}/console")


def test_a_call_is_declined_with_a_reason_by_keyboard(page, desk):
    desk.call()
    available(page)
    ring = desk.begin(lambda: desk.operators.ring(desk.me, SHOWN, 60))
    expect(page.get_by_role("heading", name="Plomberie Moreau").first).to_be_visible()

    page.keyboard.press("d")
    expect(page.get_by_role("button", name="Je suis déjà en ligne")).to_be_focused()
    desk.happens("hearing", text="vous êtes là")  # the page changes under her hands
    expect(page.locator("#calls")).to_contain_text("vous êtes là")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    answered = ring.result(20)
    assert answered.outcome is Outcome.DECLINED
    assert answered.reason == "Je ne connais pas ce dossier"


def test_a_caller_who_left_rings_no_more(page, desk):
    desk.call()
    available(page)
    ring = desk.begin(lambda: desk.operators.ring(desk.me, SHOWN, 60))
    accept = page.locator("#incoming").get_by_role("button", name="Prendre l'appel")
    expect(accept).to_be_visible()
    ring.cancel()
    expect(accept).to_be_hidden()
    expect(page.get_by_text("L'appel ne sonne plus")).to_be_visible()
    expect(page).to_have_title("Console · voicebot")


def test_she_takes_over_and_whispers(page, desk):
    running = desk.call()
    first_call(page)
    page.keyboard.press("f")
    page.keyboard.type("Un technicien arrive.")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Faire dire à l'assistant")).to_have_value("")
    page.keyboard.press("Escape")
    page.keyboard.press("p")
    expect(page.get_by_text("Casque prêt")).to_be_visible(timeout=PATIENT_MS)
    assert running.asked == [
        ("Un technicien arrive.", "Claire Petit"),
        Request(TAKEN_OVER, desk.me),
    ]

    desk.happens("transfer", reason="taken_over")
    expect(page.locator("#calls")).to_contain_text("Cherche une personne")
    expect(page.get_by_label("Faire dire à l'assistant")).to_be_hidden()


def test_what_came_too_late_is_said(browser, desk, database, clock):
    desk.call().over = True
    claire = accounts.signed_in(database, clock.now(), **CLAIRE)
    with browser.new_context() as context:  # not a tab of ours: the refusal is an error to it
        page = context.new_page()
        claire.on(page, desk.address)
        page.goto(f"{desk.address}/console?call=now")
        page.get_by_label("Faire dire à l'assistant").fill("Bonjour")
        page.keyboard.press("Enter")
        trouble = page.get_by_role("alert").filter(has_text="déjà en cours de transfert")
        expect(trouble).to_be_visible(timeout=PATIENT_MS)
        expect(page.get_by_label("Faire dire à l'assistant")).to_have_value("Bonjour")


def test_a_lost_link_is_said_and_comes_back(browser, desk, database, clock):
    claire = accounts.signed_in(database, clock.now(), **CLAIRE)
    with browser.new_context() as context:  # not a tab of ours: what is refused is an error to it
        page = context.new_page()
        claire.on(page, desk.address)
        page.route("**/api/console/events", lambda route: route.fulfill(status=502))
        page.goto(f"{desk.address}/console")
        lost = page.get_by_text("Liaison perdue")
        expect(lost).to_be_visible(timeout=PATIENT_MS)

        page.unroute("**/api/console/events")
        expect(lost).to_be_hidden(timeout=PATIENT_MS)
        desk.call()
        expect(page.get_by_role("link", name="Plomberie Moreau")).to_be_visible(timeout=PATIENT_MS)


def test_shortcuts_are_shown_and_can_be_switched_off(page, desk):
    desk.call()
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Raccourcis du clavier")
    expect(keys).to_contain_text("Prendre l'appel qui sonne")
    keys.get_by_label("Raccourcis d'une seule touche").uncheck()
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()

    page.reload()
    expect(page.get_by_role("link", name="Plomberie Moreau")).to_be_visible()
    page.keyboard.press("j")
    expect(page.get_by_text("Choisissez un appel")).to_be_visible()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_nothing_is_wider_than_the_page(page, desk, size):
    page.set_viewport_size(size)
    desk.call()
    with contextlib.ExitStack() as there:
        colleague = desk.operators.console(SOPHIE, Presence.AVAILABLE)
        desk.do(colleague.__enter__)
        there.callback(lambda: desk.do(lambda: colleague.__exit__(None, None, None)))
        available(page)
        expect(page.locator("#team")).to_contain_text("Sophie Lambert")
        ring = desk.begin(lambda: desk.operators.ring(desk.me, SHOWN, 60))
        expect(page.locator("#incoming h2")).to_be_visible()
        page.locator("#incoming summary").click()
        assert not page.evaluate(WIDER)
        ring.cancel()
        with desk.talking():
            expect(page.get_by_role("button", name="Raccrocher")).to_be_visible()
            assert not page.evaluate(WIDER)
        expect(page.get_by_role("form", name=re.compile("Après l'appel"))).to_be_visible()
        assert not page.evaluate(WIDER)
