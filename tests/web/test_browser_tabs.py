"""Several tabs of one operator in one browser: one stream, one bell, one headset."""

import contextlib

import pytest

from tests.web.test_browser_console import (  # noqa: F401
    PATIENT_MS,
    available,
    browser,
    desk,
    expect,
    page,
    sync_api,
)
from tests.web.test_console_deeds import SHOWN
from voicebot.handoff.leg import Outcome
from voicebot.web import console_feed

pytestmark = pytest.mark.browser
COUNTS_NOTES = """
window.notes = 0;
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (when) { window.notes += 1; start.call(this, when); };
"""
BELLS = """async () => {
    const { held, pending } = await navigator.locks.query();
    const bells = (locks) => locks.filter(({ name }) => name.endsWith("-bell")).length;
    return [bells(held), bells(pending)];
}"""


@pytest.fixture
def tabs(page, desk):  # noqa: F811
    """Opens more tabs beside her first one; gives them all."""

    def opened(count):
        return [page, *(another(page, f"{desk.address}/console") for _ in range(count - 1))]

    return opened


def another(page, address):  # noqa: F811
    """A page more in the same browser."""
    found = page.context.new_page()
    found.set_default_timeout(PATIENT_MS)
    found.goto(address)
    return found


def seats(desk):  # noqa: F811
    return [(seat.operator.id, seat.consoles) for seat in desk.operators.seats()]


def test_five_tabs_follow_a_call_and_a_sixth_page_still_loads(page, desk, tabs):  # noqa: F811
    """A browser has six connections to a server: a stream for each tab would use them up."""
    five = tabs(5)
    desk.call(said=2)
    for one in five:
        expect(one.get_by_role("link", name="Plomberie Moreau")).to_be_visible(timeout=PATIENT_MS)
        one.keyboard.press("j")
        expect(one.get_by_role("log")).to_contain_text("Plomberie Moreau, bonjour.")

    desk.happens("hearing", text="il y a de l'eau")
    for one in five:
        expect(one.locator(".hearing")).to_have_text("il y a de l'eau", timeout=PATIENT_MS)
    desk.happens("heard", text="Il y a de l'eau.", confidence=0.9, speech_ms=900)
    for one in five:
        expect(one.get_by_role("log")).to_contain_text("Il y a de l'eau.", timeout=PATIENT_MS)
        expect(one.locator(".hearing")).to_be_hidden()

    assert seats(desk) == [(desk.me, 1)], "five tabs are one operator with one stream"
    sixth = another(page, f"{desk.address}/calls")
    expect(sixth.get_by_role("heading", level=1)).to_be_visible()


def test_her_tabs_ring_as_one(page, desk, tabs):  # noqa: F811
    page.context.add_init_script(COUNTS_NOTES)
    page.reload()
    three = tabs(3)
    for one in three:
        one.keyboard.press("Shift")  # a browser lets a page ring that was typed in
        one.mouse.click(5, 400)
    desk.call()
    available(page)
    ring = desk.begin(lambda: desk.operators.ring(desk.me, SHOWN, 60))
    for one in three:
        expect(one).to_have_title("Appel : Plomberie Moreau", timeout=PATIENT_MS)
    page.wait_for_function(f"({BELLS})().then(([held, waiting]) => held + waiting === 3)")

    assert page.evaluate(BELLS) == [1, 2]
    assert sum(one.evaluate("window.notes > 0") for one in three) == 1
    ring.cancel()
    for one in three:
        expect(one).to_have_title("Console · voicebot", timeout=PATIENT_MS)
    page.wait_for_function(f"({BELLS})().then(([held, waiting]) => held + waiting === 0)")


def crash(one):
    with contextlib.suppress(sync_api.Error):
        one.goto("chrome://crash", timeout=5000)


@pytest.mark.parametrize("leave", [lambda one: one.close(), crash], ids=["closed", "crashed"])
def test_when_a_tab_goes_another_takes_over(page, desk, tabs, leave):  # noqa: F811
    first, second, third = tabs(3)
    desk.call()
    available(second)
    expect(second.locator(".desk__headset-state")).to_have_text("Casque prêt")
    for one in (first, third):
        elsewhere = one.locator(".desk__headset-state")
        expect(elsewhere).to_have_text("Casque prêt, dans un autre onglet")
    line = desk.operators.seat(desk.me).line
    ring = desk.begin(lambda: desk.operators.ring(desk.me, SHOWN, 60))
    expect(third).to_have_title("Appel : Plomberie Moreau")

    leave(second)
    desk.happens("heard", text="Vous êtes là ?", confidence=0.9, speech_ms=900)
    for one in (first, third):
        expect(one.locator("#calls")).to_contain_text("Vous êtes là ?", timeout=PATIENT_MS)
        expect(one).to_have_title("Appel : Plomberie Moreau")
    assert seats(desk) == [(desk.me, 1)]

    while desk.operators.seat(desk.me).line in (None, line):
        third.wait_for_timeout(50)
    for one in (first, third):
        expect(one.locator(".desk__headset")).to_have_attribute("data-state", "ready")
    third.keyboard.press("a")
    answered = ring.result(20)
    assert answered.outcome is Outcome.ACCEPTED
    assert answered.party is not line, "the headset is connected by another tab"


def test_what_is_pressed_in_one_tab_is_done_by_the_one_with_the_headset(page, desk, tabs):  # noqa: F811
    first, second = tabs(2)
    desk.call()
    available(first)
    expect(second.locator(".desk__headset")).to_have_attribute("data-state", "ready")
    with desk.talking():
        bars = [one.get_by_role("region", name="Appel en ligne") for one in (first, second)]
        expect(bars[1]).to_contain_text("Hélène Noël")
        for key, button in (("m", "Micro coupé"), ("g", "Reprendre l'appel")):
            second.keyboard.press(key)
            for bar in bars:
                pressed = bar.get_by_role("button", name=button)
                expect(pressed).to_have_attribute("aria-pressed", "true")
        late = another(page, f"{desk.address}/console")
        muted = late.get_by_role("button", name="Micro coupé")
        expect(muted).to_have_attribute("aria-pressed", "true")
        expect(bars[0].get_by_role("button", name="Micro coupé")).to_be_visible()
    assert desk.switchboard.told == [{"type": "hold", "on": True, "call": "now"}]


def test_a_stream_that_says_nothing_any_more_is_asked_for_again(page, desk):  # noqa: F811
    page.clock.install()
    page.reload()
    desk.call()
    expect(page.get_by_role("link", name="Plomberie Moreau")).to_be_visible(timeout=PATIENT_MS)
    with page.expect_request("**/api/console/events", timeout=PATIENT_MS):
        page.clock.fast_forward(41_000)


def test_a_beat_is_heard_by_the_page(page, monkeypatch):  # noqa: F811
    monkeypatch.setattr(console_feed, "BEAT_S", 0.2)
    beats = """() => new Promise((done) => {
        const source = new EventSource("/api/console/events");
        source.addEventListener("beat", () => done(true));
        source.addEventListener("error", () => done(false));
    })"""
    assert page.evaluate(beats)
