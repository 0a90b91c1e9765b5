"""The pages in a real browser, whose microphone is a WAV file with a caller's voice."""

import re
import socket
import threading
import time
from datetime import UTC, datetime

import pytest
import uvicorn

from tests.web.accounts import signed_in
from tests.web.chromium import chromium, tab, voice
from tests.web.wire import WireSwitchboard
from voicebot.web.app import create_app

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is missing: make browser")
expect = sync_api.expect

WORDS = "Bonjour, j'ai de l'eau qui coule du plafond. C'est vraiment urgent, venez vite."

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    microphone = voice(tmp_path_factory.mktemp("microphone") / "caller.wav", WORDS)
    with chromium(microphone) as opened:
        yield opened


@pytest.fixture
def page(browser, address, database):  # the server outlives the page, which may still be loading
    with tab(browser) as opened:
        signed_in(database, datetime.now(UTC)).on(opened, address)
        yield opened


@pytest.fixture
def board(journal, live, tmp_path):
    return WireSwitchboard(journal, live, tmp_path / "recordings")


@pytest.fixture
def address(clients, live, database, board):
    """Where the application listens, with a real line and a script for an ear."""
    app = create_app(
        clients=clients,
        switchboard=board,
        live=live,
        database=database,
        recordings=board.recordings,
    )
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(
            uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1)
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join()


def ring(page, address):
    page.goto(address)
    page.get_by_label("Plomberie Moreau").check()
    page.get_by_label("Votre numéro").fill("06 12 34 56 78")
    page.get_by_role("button", name="Appeler").click()


def test_a_call_from_ringing_to_its_record(page, address):
    ring(page, address)

    expect(page.get_by_role("status")).to_have_text("En communication")
    log = page.get_by_role("log")
    expect(log).to_contain_text("Plomberie Moreau, bonjour.")
    expect(log).to_contain_text("de l'eau")  # it came once the microphone was heard
    expect(log).to_contain_text("L'astreinte est prévenue.")
    known = page.get_by_role("region", name="Ce qui est retenu")
    expect(known).to_contain_text("Hélène Noël")
    expect(known).to_contain_text("Règle moreau.fuite")

    page.get_by_role("button", name="5", exact=True).click()
    expect(log).to_contain_text("Touche 5")
    page.get_by_role("button", name="Raccrocher").focus()
    page.keyboard.press("*")
    expect(log).to_contain_text("Touche *")

    page.get_by_role("button", name="Raccrocher").click()
    expect(page.get_by_role("status")).to_have_text("Appel terminé")
    expect(log).to_contain_text("L'appelant a raccroché.")
    page.get_by_role("link", name="Voir la fiche de l'appel").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Plomberie Moreau")
    assert_record(page)


def assert_record(page):
    """The call's page: what was said and decided, and a recording that can be heard."""
    expect(page.get_by_text("06 12 34 56 78").first).to_be_visible()
    expect(page.get_by_role("region", name="Décision")).to_contain_text("moreau.fuite")
    expect(page.get_by_role("region", name="Message")).to_contain_text("Hélène Noël")
    turn = page.locator(".turn--caller", has_text="de l'eau")
    turn.get_by_role("button").click()
    expect(page.locator(".player__now")).to_have_text(re.compile("0:0[5-9]"))
    expect(turn).to_have_attribute("aria-current", "true")
    assert page.evaluate("document.querySelector('audio').duration") == pytest.approx(65)
    assert float(page.locator(".wave__head").get_attribute("x1")) > 30


def test_the_bot_hangs_up(page, address):
    ring(page, address)
    expect(page.get_by_role("log")).to_contain_text("L'astreinte est prévenue.")
    page.keyboard.press("#")

    expect(page.get_by_role("status")).to_have_text("Appel terminé")
    expect(page.get_by_role("log")).to_contain_text("L'assistant a pris congé.")
    page.get_by_role("button", name="Nouvel appel").click()
    expect(page.get_by_role("button", name="Appeler")).to_be_focused()


def test_a_caller_who_hangs_up_while_it_rings(page, address, board):
    board.delay_s = 1
    ring(page, address)
    expect(page.get_by_role("status")).to_have_text("Appel en cours…")
    page.get_by_role("button", name="Raccrocher").click()

    expect(page.get_by_role("button", name="Appeler")).to_be_focused()
    with page.expect_response("**/api/offer"):
        pass
    expect(page.get_by_role("button", name="Appeler")).to_be_visible()
    expect(page.get_by_role("alert")).to_be_hidden()


def test_a_company_that_is_gone_meanwhile(browser, address, clients):
    page = browser.new_page()  # a refusal is an error on its console
    page.goto(address)
    clients.clear()
    page.get_by_role("button", name="Appeler").click()

    alert = page.get_by_role("alert")
    expect(alert).to_have_text("Cette entreprise n'est plus configurée. Rechargez la page.")
    expect(page.get_by_role("button", name="Appeler")).to_be_visible()
    page.close()


def test_the_list_by_keyboard(page, address, urgent_call):
    page.goto(f"{address}/calls")
    page.get_by_label("Mots ou nom").fill("helene")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("words=helene"))
    page.get_by_role("link", name="Plomberie Moreau").press("Enter")

    assert_record(page)


@pytest.mark.parametrize("width", [1400, 390])
@pytest.mark.parametrize("path", ["/", "/calls", "/calls/c1"])
def test_no_page_is_wider_than_its_window(page, address, urgent_call, path, width):
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(address + path)

    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/calls", "/calls/c1"])
def test_text_stands_out_from_its_ground(page, address, urgent_call, path, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(address + path)

    assert page.evaluate(FAINT) == []


FAINT = """() => {
  const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => {
    const [r, g, b] = colour.map((part) => part / 255).map(
      (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (node) => {
    for (; node; node = node.parentElement) {
      const colour = parse(getComputedStyle(node).backgroundColor);
      if ((colour[3] ?? 1) === 1) return colour;
    }
    return [255, 255, 255];
  };
  const faint = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !node.checkVisibility()) continue;
    const [a, b] = [light(parse(getComputedStyle(node).color)), light(ground(node))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) faint.add(`${node.className}: ${ratio.toFixed(2)}`);
  }
  return [...faint];
}"""
"""Every piece of text with a contrast below what WCAG AA asks for."""
