"""The week on call in a real browser: changed by two clicks, undone by one; alerts that follow."""

import re

import pytest

from tests.web.chromium import chromium, tab, voice
from tests.web.conftest import PaperSwitchboard, urgent
from tests.web.served import served
from tests.web.team import with_team
from voicebot.oncall.alert import AlertChange, By, Happening
from voicebot.store import alert_changes, overrides
from voicebot.store.entry import CallStart
from voicebot.web.app import create_app

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is missing: make browser")
expect = sync_api.expect

pytestmark = pytest.mark.browser
MOREAU = "plomberie-moreau"
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with chromium(voice(tmp_path_factory.mktemp("microphone") / "silence.wav", "Oui.")) as opened:
        yield opened


@pytest.fixture
def page(browser, address, nadia):  # the server outlives the page
    with tab(browser) as opened:
        nadia.on(opened, address)
        yield opened


@pytest.fixture
def address(clients, live, database, tmp_path, clock):
    app = create_app(
        clients={**clients, MOREAU: with_team(clients[MOREAU])},
        switchboard=PaperSwitchboard(),
        live=live,
        database=database,
        recordings=tmp_path,
        clock=clock,
    )
    with served(app) as address:
        yield address


def kept(database):
    with database.read() as connection:
        return [(one.change.add, one.by) for one in overrides.kept(connection, MOREAU)]


@pytest.mark.parametrize("size", [{"width": 1400, "height": 900}, PHONE], ids=["desk", "phone"])
def test_a_shift_is_given_away_by_two_clicks(page, address, database, size):
    page.set_viewport_size(size)
    page.goto(f"{address}/rota/{MOREAU}")

    thursday = page.locator("a:visible", has_text="Karim Haddad").filter(has_text="18:00")
    thursday.nth(2).click()
    page.get_by_role("button", name="Léa Fontaine").click()

    done = page.get_by_role("status")
    expect(done).to_contain_text("Léa Fontaine remplace Karim Haddad")
    assert kept(database) == [("lea", "Nadia")]
    overflow = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(overflow)

    done.get_by_role("button", name="Annuler").click()
    expect(page.get_by_role("status")).to_contain_text("annulé par Nadia")
    assert kept(database) == []


def test_the_keyboard_is_enough_and_enter_puts_nobody_on_call(page, address, database):
    page.goto(f"{address}/rota/{MOREAU}")
    link = page.get_by_role("link", name=re.compile("Karim Haddad, niveau 1, du jeudi"))
    link.focus()
    page.keyboard.press("Enter")

    page.get_by_label("Au", exact=True).first.press("Enter")
    assert kept(database) == []

    page.get_by_role("button", name="Léa Fontaine").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("remplace")
    assert kept(database) == [("lea", "Nadia")]


def test_an_alert_is_followed_as_it_goes_and_taken(page, address, database, journal, clock):
    began = clock.now()
    journal.open(CallStart("c1", MOREAU, "+33612345678", None, began), urgent(began))
    page.goto(f"{address}/alerts")
    expect(page).to_have_title("(1) Alertes · voicebot")
    page.get_by_role("link", name="Plomberie Moreau").click()

    log = page.get_by_role("log")
    expect(log).to_contain_text("Alerte déclenchée")
    with database.write() as connection:
        data = {"key": "k1", "name": "Karim Haddad"}
        line = AlertChange(Happening.RUNG, began, By.WORKER, "karim", data)
        alert_changes.note(connection, 1, line)
    expect(log).to_contain_text("Appel à Karim Haddad : ça sonne…")  # nobody reloaded the page

    page.get_by_text("Noter une intervention").click()
    page.get_by_label("Qui intervient").select_option("karim")
    page.get_by_label("Quand").press("Enter")  # begins nothing by itself
    page.get_by_role("button", name="Je m'en charge").click()
    expect(page.get_by_role("status")).to_contain_text("Prise en charge par Nadia")
    with database.read() as connection:
        told = {line.kind for line in alert_changes.read(connection, 1)}
    assert told == {Happening.TRIGGERED, Happening.RUNG, Happening.ACKNOWLEDGED}


def test_the_list_of_alerts_hears_of_a_new_one(page, address, journal, clock):
    page.goto(f"{address}/alerts")
    expect(page.get_by_text("Aucune alerte ouverte.")).to_be_visible()

    began = clock.now()
    journal.open(CallStart("c1", MOREAU, "+33612345678", None, began), urgent(began))

    expect(page.get_by_role("link", name="Plomberie Moreau")).to_be_visible()
    expect(page.get_by_text("Aucune alerte ouverte.")).to_be_hidden()
    expect(page).to_have_title("(1) Alertes · voicebot")


KEEPS_STREAMS = """
window.streams = [];
window.EventSource = class extends EventSource {
    constructor(address) { super(address); window.streams.push(this); }
};
"""
LOOKED_AT = """(how) => {
    Object.defineProperty(document, "visibilityState", { value: how, configurable: true });
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
    return window.streams.map((one) => one.readyState !== EventSource.CLOSED);
}"""


def test_an_alert_listens_while_it_is_looked_at(page, address, database, journal, clock):
    """A browser has six connections to a server: tabs of alerts must not use them up."""
    began = clock.now()
    journal.open(CallStart("c1", MOREAU, "+33612345678", None, began), urgent(began))
    page.add_init_script(KEEPS_STREAMS)
    page.goto(f"{address}/alerts/1")
    expect(page.get_by_role("log")).to_contain_text("Alerte déclenchée")
    page.get_by_text("Noter une intervention").click()
    page.get_by_label("Qui intervient").select_option("karim")
    page.wait_for_function("window.streams.length === 1 && window.streams[0].readyState === 1")

    assert page.evaluate(LOOKED_AT, "hidden") == [False]
    with database.write() as connection:
        line = AlertChange(Happening.RUNG, began, By.WORKER, "karim", {"key": "k1"})
        alert_changes.note(connection, 1, line)
    assert page.evaluate(LOOKED_AT, "visible") == [False, True]
    expect(page.get_by_role("log")).to_contain_text("ça sonne…", timeout=20_000)
    expect(page.get_by_label("Qui intervient")).to_have_value("karim")
