"""A caller and operators, each in a real browser with a voice of her own for its microphone."""

import contextlib
import re

import pytest

from tests.e2e import ears
from tests.web import accounts
from tests.web.chromium import CHROMIUM
from voicebot.accounts.account import Place
from voicebot.accounts.role import Role
from voicebot.clock import SystemClock

PATIENCE_MS = 150_000
OPERATOR = Place(Role.OPERATOR)


@contextlib.contextmanager
def browsers(*microphones):
    """A Chromium for each file, which is what its microphone plays again and again."""
    sync_api = pytest.importorskip(
        "playwright.sync_api", reason="playwright is missing: make browser"
    )
    if CHROMIUM is None:
        pytest.skip("Chromium is missing: make browser")
    with contextlib.ExitStack() as stack:
        playwright = stack.enter_context(sync_api.sync_playwright())
        opened = []
        for microphone in microphones:
            browser = playwright.chromium.launch(
                executable_path=CHROMIUM,
                args=[
                    "--no-sandbox",
                    "--use-fake-ui-for-media-stream",
                    "--use-fake-device-for-media-stream",
                    f"--use-file-for-fake-audio-capture={microphone}",
                    "--autoplay-policy=no-user-gesture-required",
                    "--disable-background-networking",
                ],
            )
            stack.callback(closed, browser)
            opened.append(browser)
        yield tuple(opened)


def closed(browser):
    """Closes a browser, unless it died in the test."""
    if browser.is_connected():
        browser.close()


class Browser:
    """One person's page."""

    def __init__(self, browser, url):
        self.browser, self.url = browser, url
        self.context = browser.new_context(viewport={"width": 1400, "height": 900})
        ears.listening(self.context)
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE_MS)

    def sees(self, words, where="body"):
        """Waits until the page shows the words."""
        self.page.locator(where).filter(has_text=words).first.wait_for(timeout=PATIENCE_MS)

    def received(self, line=-1):
        """What its line received so far: 16 kHz, floats."""
        return ears.received(self.page, line)

    def recognised(self, ear, line=-1):
        """The words in what it received."""
        return ears.recognised(ear, self.received(line))

    def dies(self):
        """The page is gone from one moment to the next: nobody hangs up."""
        with contextlib.suppress(Exception):
            self.page.goto("chrome://crash", timeout=5000)


class Caller(Browser):
    """Rings from the public page."""

    def rings(self, client, number="06 12 34 56 78"):
        """Calls a client."""
        self.page.goto(f"{self.url}/?client={client}")
        self.page.get_by_label("Votre numéro").fill(number)
        self.page.get_by_role("button", name="Appeler").click()

    @property
    def transcript(self):
        """What stands in the transcript of her call."""
        return self.page.get_by_role("log").inner_text()

    def presses(self, key):
        """Presses a key of the telephone."""
        self.page.get_by_role("button", name=key, exact=True).click()

    def hangs_up(self):
        """Ends the call."""
        self.page.get_by_role("button", name="Raccrocher").click()


class Operator(Browser):
    """Sits at the console."""

    def __init__(self, browser, url, database, name="Claire Petit"):
        """Signs her in, by a session in the server's own store."""
        super().__init__(browser, url)
        login = name.split()[0].lower()
        some = accounts.signed_in(database, SystemClock().now(), login, name, OPERATOR)
        self.id = some.id
        some.on(self.page, url)
        self.page.goto(f"{url}/console")
        self.rings = self.page.get_by_role("region", name="Appels qui sonnent chez vous")
        self.bar = self.page.get_by_role("region", name="Appel en ligne")

    def is_available(self):
        """Says so; her headset connects."""
        self.page.get_by_role("button", name="Disponible", exact=True).click()
        self.sees("Casque prêt", ".desk__headset")

    def is_rung(self):
        """Waits until a call rings; gives the briefing that is shown."""
        briefing = self.rings.locator(".incoming__briefing")
        briefing.first.wait_for(timeout=PATIENCE_MS)
        return briefing.first.inner_text()

    def is_rung_no_more(self):
        """Waits until nothing rings."""
        self.rings.locator(".incoming").first.wait_for(state="detached", timeout=PATIENCE_MS)

    def accepts(self):
        """By the key of the keyboard."""
        self.page.keyboard.press("a")

    def declines(self, reason="Je dois m'absenter"):
        """With a reason."""
        self.page.keyboard.press("d")
        self.page.get_by_role("button", name=reason).click()

    def talks(self):
        """Waits until she and the caller hear each other."""
        self.bar.get_by_text(re.compile("En ligne")).wait_for(timeout=PATIENCE_MS)

    def talks_no_more(self):
        """Waits until the call is not hers any more."""
        self.bar.wait_for(state="hidden", timeout=PATIENCE_MS)

    def gives_back(self):
        """The assistant gets the caller back."""
        self.page.keyboard.press("r")

    def hangs_up(self):
        """Ends the talk."""
        self.page.keyboard.press("x")

    def takes_over(self):
        """Takes the first call in progress."""
        self.page.locator("#calls").get_by_role("link").first.click()
        self.page.locator("#pane").get_by_role("button", name="Prendre l'appel").click()
