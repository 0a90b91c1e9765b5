"""The pages in a real browser, whose microphone is a WAV file with a caller's voice."""

import re
import shutil
import socket
import subprocess
import threading
import time

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is missing: make browser")

import uvicorn  # noqa: E402

from tests.web.wire import WireSwitchboard  # noqa: E402
from voicebot.web.app import create_app  # noqa: E402

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ESPEAK = shutil.which("espeak-ng")
WORDS = "Bonjour, j'ai de l'eau qui coule du plafond. C'est vraiment urgent, venez vite."

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is missing: make browser"),
]


@pytest.fixture(scope="module")
def microphone(tmp_path_factory):
    """A caller's voice, as Chromium takes it for a microphone; it is repeated without end."""
    if ESPEAK is None:
        pytest.skip("espeak-ng is missing: make browser")
    file = tmp_path_factory.mktemp("microphone") / "caller.wav"
    subprocess.run([ESPEAK, "-v", "fr", "-w", str(file), WORDS], check=True)
    return file


@pytest.fixture(scope="module")
def chromium(microphone):
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox",
                "--use-fake-ui-for-media-stream",
                "--use-fake-device-for-media-stream",
                f"--use-file-for-fake-audio-capture={microphone}",
                "--disable-background-networking",
                "--autoplay-policy=no-user-gesture-required",
            ],
        )
        yield browser
        browser.close()


@pytest.fixture
def tab(chromium):
    """A new tab; a script's error or a broken policy fails the test."""
    context = chromium.new_context(viewport={"width": 1400, "height": 900})
    tab = context.new_page()
    troubles = []
    tab.on("pageerror", lambda error: troubles.append(str(error)))
    tab.on("console", lambda said: said.type == "error" and troubles.append(said.text))
    yield tab
    context.close()
    assert troubles == []


@pytest.fixture
def address(clients, live, database, journal, tmp_path):
    """Where the application listens, with a real line and a script for an ear."""
    recordings = tmp_path / "recordings"
    app = create_app(
        clients=clients,
        switchboard=WireSwitchboard(journal, live, recordings),
        live=live,
        database=database,
        recordings=recordings,
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


def ring(tab, address):
    tab.goto(address)
    tab.get_by_label("Plomberie Moreau").check()
    tab.get_by_label("Votre numéro").fill("06 12 34 56 78")
    tab.get_by_role("button", name="Appeler").click()


def test_a_call_from_ringing_to_its_record(tab, address):
    expect = sync_api.expect
    ring(tab, address)

    expect(tab.get_by_role("status")).to_have_text("En communication")
    log = tab.get_by_role("log")
    expect(log).to_contain_text("Plomberie Moreau, bonjour.")
    expect(log).to_contain_text("de l'eau")  # it came once the microphone was heard
    expect(log).to_contain_text("L'astreinte est prévenue.")
    known = tab.get_by_role("region", name="Ce qui est retenu")
    expect(known).to_contain_text("Hélène Noël")
    expect(known).to_contain_text("Règle moreau.fuite")

    tab.get_by_role("button", name="5", exact=True).click()
    expect(log).to_contain_text("Touche 5")
    tab.get_by_role("button", name="Raccrocher").focus()
    tab.keyboard.press("*")
    expect(log).to_contain_text("Touche *")

    tab.get_by_role("button", name="Raccrocher").click()
    expect(tab.get_by_role("status")).to_have_text("Appel terminé")
    expect(log).to_contain_text("L'appelant a raccroché.")
    tab.get_by_role("link", name="Voir la fiche de l'appel").click()

    expect(tab.get_by_role("heading", level=1)).to_have_text("Plomberie Moreau")
    assert_record(tab)


def assert_record(tab):
    """The call's page: what was said and decided, and a recording that can be heard."""
    expect = sync_api.expect
    expect(tab.get_by_text("06 12 34 56 78").first).to_be_visible()
    expect(tab.get_by_role("region", name="Décision")).to_contain_text("moreau.fuite")
    expect(tab.get_by_role("region", name="Message")).to_contain_text("Hélène Noël")
    turn = tab.locator(".turn--caller", has_text="de l'eau")
    turn.get_by_role("button").click()
    sound = "document.querySelector('audio')"
    tab.wait_for_function(f"{sound}.currentTime > 5.3 && {sound}.readyState >= 2")
    expect(turn).to_have_attribute("aria-current", "true")
    assert tab.evaluate(f"{sound}.duration") == pytest.approx(65)
    assert float(tab.locator(".wave__head").get_attribute("x1")) > 30


def test_the_bot_hangs_up(tab, address):
    expect = sync_api.expect
    ring(tab, address)
    expect(tab.get_by_role("log")).to_contain_text("L'astreinte est prévenue.")
    tab.keyboard.press("#")

    expect(tab.get_by_role("status")).to_have_text("Appel terminé")
    expect(tab.get_by_role("log")).to_contain_text("L'assistant a pris congé.")
    tab.get_by_role("button", name="Nouvel appel").click()
    expect(tab.get_by_role("button", name="Appeler")).to_be_focused()


def test_a_company_that_is_gone_meanwhile(chromium, address, clients):
    context = chromium.new_context()
    tab = context.new_page()
    tab.goto(address)
    clients.clear()
    tab.get_by_role("button", name="Appeler").click()

    alert = tab.get_by_role("alert")
    sync_api.expect(alert).to_have_text(
        "Cette entreprise n'est plus configurée. Rechargez la page."
    )
    sync_api.expect(tab.get_by_role("button", name="Appeler")).to_be_visible()
    context.close()


def test_the_list_by_keyboard(tab, address, urgent_call):
    tab.goto(f"{address}/calls")
    tab.get_by_role("searchbox").fill("helene")
    tab.keyboard.press("Enter")
    tab.wait_for_url(re.compile("words=helene"))
    tab.get_by_role("link", name="Plomberie Moreau").press("Enter")

    assert_record(tab)


@pytest.mark.parametrize("width", [1400, 390])
@pytest.mark.parametrize("path", ["/", "/calls", "/calls/c1"])
def test_no_page_is_wider_than_its_window(tab, address, urgent_call, path, width):
    tab.set_viewport_size({"width": width, "height": 844})
    tab.goto(address + path)

    assert tab.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/calls", "/calls/c1"])
def test_text_stands_out_from_its_ground(tab, address, urgent_call, path, scheme):
    tab.emulate_media(color_scheme=scheme)
    tab.goto(address + path)

    assert tab.evaluate(FAINT) == []


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
