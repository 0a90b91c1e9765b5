"""The search, one call's page and the flows in a real browser: played, followed, by keyboard."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.web.chromium import chromium, tab, voice
from tests.web.conftest import NOW, PaperSwitchboard, recording, urgent
from tests.web.served import served
from voicebot.clients.loader import load_clients
from voicebot.store.entry import CallStart, Entry
from voicebot.web.app import create_app

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is missing: make browser")
expect = sync_api.expect

pytestmark = pytest.mark.browser
MOREAU = "plomberie-moreau"
SOUND = "document.querySelector('audio')"


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with chromium(voice(tmp_path_factory.mktemp("microphone") / "silence.wav", "Oui.")) as opened:
        yield opened


@pytest.fixture
def address(clients, live, database, tmp_path, clock):
    flows = load_clients(Path("flows"))[MOREAU].flows
    app = create_app(
        clients={**clients, MOREAU: replace(clients[MOREAU], flows=flows)},
        switchboard=PaperSwitchboard(),
        live=live,
        database=database,
        recordings=tmp_path / "recordings",
        clock=clock,
    )
    with served(app) as found:
        yield found


@pytest.fixture
def page(browser, address, nadia):  # the server outlives the page
    with tab(browser) as opened:
        nadia.on(opened, address)
        yield opened


@pytest.fixture
def call(journal, tmp_path):
    """A call with three voices, which went through three flows."""
    points = ("answer", "action_utter_greeting"), ("answer", "listen"), ("contact", "number")
    moves = [Entry("moved", NOW, {"flow": flow, "step": step}) for flow, step in points]
    journal.open(CallStart("c1", MOREAU, "+33612345678", None, NOW), [*moves, *urgent(NOW)])
    recording(tmp_path / "recordings" / "c1.wav", 65, voices=3)
    return "c1"


def played(page):
    return page.evaluate(f"{SOUND}.currentTime")


def test_the_transcript_follows_the_playing(page, address, call):
    page.set_viewport_size({"width": 1400, "height": 500})
    page.goto(f"{address}/calls/c1")
    expect(page.locator("[aria-current=true]")).to_have_count(0)

    turn = page.locator(".turn--caller", has_text="de l'eau")
    turn.get_by_role("button").click()
    expect(turn).to_have_attribute("aria-current", "true")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    assert 5 <= played(page) < 9

    later = page.locator(".turn--bot", has_text="prévenue")
    expect(later).to_have_attribute("aria-current", "true", timeout=20_000)
    expect(later).to_be_in_viewport()
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Écouter", exact=True)).to_be_visible()


def test_who_scrolls_away_is_not_pulled_back(page, address, call):
    page.set_viewport_size({"width": 1400, "height": 500})
    page.goto(f"{address}/calls/c1")
    page.get_by_role("button", name="Écouter", exact=True).click()
    follow = page.get_by_role("button", name="Suivre la lecture")
    expect(follow).to_be_hidden()

    page.mouse.wheel(0, 900)
    expect(follow).to_be_visible()
    follow.click()
    expect(follow).to_be_hidden()
    expect(page.locator("[aria-current=true]")).to_be_in_viewport()


def test_the_keyboard_moves_and_stops_the_playing(page, address, call):
    page.goto(f"{address}/calls/c1")
    slider = page.get_by_role("slider", name="Position dans l'enregistrement")
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".player__now")).to_have_text("0:10")
    expect(slider).to_have_attribute("aria-valuetext", "0:10 sur 1:05")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".player__now")).to_have_text("0:05")

    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Écouter", exact=True)).to_be_visible()
    page.get_by_label("Vitesse").select_option("2")
    assert page.evaluate(f"{SOUND}.playbackRate") == 2


def test_the_drawing_is_clicked_where_one_wants_to_listen(page, address, call):
    page.goto(f"{address}/calls/c1")
    box = page.locator(".wave__drawing").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.8)

    assert played(page) == pytest.approx(32.5, abs=0.7)


def test_one_voice_is_silenced_and_the_others_go_on(page, address, call):
    page.goto(f"{address}/calls/c1")
    assert page.evaluate(f"{SOUND}.readyState") >= 0
    page.get_by_role("button", name="Écouter", exact=True).click()
    bot = page.get_by_role("button", name="Assistant")
    bot.click()

    expect(bot).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".wave__lane--bot")).to_have_class(re.compile("silenced"))
    expect(page.locator(".wave__lane--caller")).not_to_have_class(re.compile("silenced"))
    now = page.locator(".player__now")
    expect(now).not_to_have_text("0:00")  # it plays on
    bot.click()
    expect(bot).to_have_attribute("aria-pressed", "true")


def test_the_list_follows_the_search_as_it_is_written(page, address, call, journal):
    journal.open(CallStart("c0", "hotel-lagon", None, None, NOW - timedelta(days=3)), [])
    page.goto(f"{address}/calls")
    count = page.get_by_role("status")
    expect(count).to_have_text("2 appels")

    number = page.get_by_role("searchbox", name="Numéro")
    number.fill("06 12")
    expect(count).to_have_text("1 appel correspond")
    expect(page.get_by_role("link", name="Hôtel du Lagon")).to_be_hidden()
    page.wait_for_url(re.compile("number=06"))
    expect(number).to_be_focused()

    number.fill("07")
    expect(page.get_by_text("Aucun appel ne correspond.")).to_be_visible()
    page.get_by_role("link", name="Tout effacer").click()
    expect(count).to_have_text("2 appels")
    page.get_by_label("Suite donnée").select_option("En cours")
    expect(count).to_have_text("1 appel correspond")
    expect(page.get_by_role("link", name="Hôtel du Lagon")).to_be_visible()


@pytest.mark.parametrize("width", [1400, 390])
def test_the_path_of_a_call_is_on_the_drawing(page, address, call, width):
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"{address}/calls/c1")
    page.get_by_role("link", name="Voir le chemin dans le scénario").click()

    steps = page.get_by_role("region", name="Étape par étape").get_by_role("listitem")
    expect(steps).to_have_count(4)
    expect(steps.nth(2)).to_contain_text("Où rappeler")
    answer = page.locator("#flow-answer")
    expect(answer.locator(".box--visited")).to_have_count(2)
    expect(answer.locator(".way--taken")).to_have_count(2)
    expect(page.locator("#flow-goodbye")).not_to_have_attribute("open", "")

    page.get_by_role("navigation", name="Tous les déroulés").get_by_text("Prendre congé").click()
    expect(page.locator("#flow-goodbye")).to_have_attribute("open", "")
    expect(page.locator("#flow-goodbye > summary")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") == width
