"""A call from a real browser to the real server: its ear, its voice, its flows."""

import re

import pytest

from tests.web.chromium import chromium, tab, voice
from voicebot.caller.account import sign_in
from voicebot.caller.serving import serving
from voicebot.errors import MissingPart, NotFound
from voicebot.settings import Settings
from voicebot.speech.ears import open_ear

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is missing: make browser")
expect = sync_api.expect

WORDS = "Bonjour, il y a de l'eau qui coule du plafond."
LEAK = re.compile("eau|coule|plafond")
"""One of these is enough for the client's rule, and for a person who reads the message."""
GREETING_S = 9
"""The caller lets the assistant greet him before he speaks."""
PAUSE_S = 10
"""Then he waits, and says it again: whoever is not understood does."""
PATIENCE_MS = 60_000

pytestmark = [pytest.mark.browser, pytest.mark.audio]


@pytest.fixture
def server(tmp_path):
    settings = Settings()
    try:
        open_ear("lite-fr", settings.models, 1)
    except (MissingPart, NotFound) as missing:
        pytest.skip(f"the shipped ear is missing: {missing}")
    with serving({"ear": "lite-fr", "voice": "espeak"}, tmp_path / "data") as running:
        yield running.url


@pytest.fixture
def page(tmp_path, server):
    microphone = voice(tmp_path / "caller.wav", WORDS, GREETING_S, PAUSE_S)
    with chromium(microphone) as browser, tab(browser) as opened:
        some = sign_in(tmp_path / "data")
        opened.context.add_cookies([{"name": "voicebot", "value": some.token, "url": server}])
        yield opened


def test_an_urgent_call_spoken_into_a_browser(server, page):
    page.goto(f"{server}/?client=plomberie-moreau")
    page.get_by_label("Votre numéro").fill("06 12 34 56 78")
    page.get_by_role("button", name="Appeler").click()

    log = page.get_by_role("log")
    expect(log).to_contain_text("Plomberie Moreau, bonjour.", timeout=PATIENCE_MS)
    heard = page.locator(".turn--heard", has_text=LEAK)
    expect(heard).to_be_visible(timeout=PATIENCE_MS)
    known = page.get_by_role("region", name="Ce qui est retenu")
    expect(known).to_contain_text("leak_uncontrolled", timeout=PATIENCE_MS)
    expect(known).to_contain_text(LEAK)

    page.get_by_role("button", name="1", exact=True).click()
    expect(log).to_contain_text("Touche 1")
    page.get_by_role("button", name="Raccrocher").click()
    expect(page.get_by_role("status")).to_have_text("Appel terminé")
    expect(log).to_contain_text("L'appelant a raccroché.", timeout=PATIENCE_MS)
    page.get_by_role("link", name="Voir la fiche de l'appel").click()

    expect(page.get_by_role("region", name="Décision")).to_contain_text("leak_uncontrolled")
    expect(page.locator(".alert")).to_contain_text("leak_uncontrolled")
    expect(page.get_by_role("region", name="Message")).to_contain_text(LEAK)
    expect(page.get_by_text("06 12 34 56 78").first).to_be_visible()
    page.locator(".turn--heard", has_text=LEAK).get_by_role("button").click()
    expect(page.locator(".player__now")).to_have_text(re.compile(r"0:(0[5-9]|[1-9]\d)"))
    assert page.evaluate("document.querySelector('audio').duration") > GREETING_S
    expect(page.locator(".wave__drawing")).to_be_visible()
