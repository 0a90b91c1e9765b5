"""What an operator's hands find at the console: each thing by Tab, and in her own language."""

import pytest

from tests.web.test_browser_console import (  # noqa: F401
    PATIENT_MS,
    WIDER,
    available,
    browser,
    desk,
    expect,
    first_call,
    page,
)
from tests.web.test_console_deeds import SHOWN
from voicebot.handoff.presence import Presence
from voicebot.store import users

pytestmark = pytest.mark.browser
FOCUSED = """() => {
    const one = document.activeElement;
    if (one === document.body || one.closest("[inert]")) return null;
    const named = one.labels?.length ? one.labels[0] : one;
    const name = one.getAttribute("aria-label") ?? named.innerText;
    // Where the thing itself is laid over its line, or is a button of a list, the line shows it.
    const places = [one, one.closest("li"), one.nextElementSibling, one.closest("label")];
    const seen = places.filter(Boolean).some((place) => {
        const { boxShadow, outlineStyle } = getComputedStyle(place);
        return boxShadow !== "none" || outlineStyle !== "none";
    });
    return [name.trim().replace(/\\s+/g, " "), seen];
}"""


def by_tab(page):  # noqa: F811
    """What Tab comes to from the page's top to its end: each name, and whether one sees it."""
    page.locator(".skip").focus()
    found = {}
    for _ in range(100):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None:  # behind the last
            return found
        found.setdefault(*focused)
    raise AssertionError(f"Tab comes to no end: {list(found)}")


def test_all_that_can_be_done_is_come_to_by_tab_and_seen(page, desk):  # noqa: F811
    desk.call()
    available(page)
    ring = desk.begin(lambda: desk.operators.ring(desk.me, SHOWN, 60))
    expect(page.get_by_role("log")).to_contain_text("Plomberie Moreau, bonjour.")
    ringing = by_tab(page)
    ring.cancel()
    with desk.talking():
        expect(page.get_by_role("button", name="Raccrocher")).to_be_visible()
        talking = by_tab(page)
    expect(page.locator(".after-call")).to_be_visible()
    after = by_tab(page)

    both = (
        "Disponible",
        "En pause",
        "Après-appel",
        "Débrancher",
        "Raccourcis ?",
        "Nouvelle note N",
    )
    for name in (*both, "Prendre l'appel A", "Réécouter le résumé E", "Décliner D"):
        assert name in ringing
    mine = ("Couper le micro M", "Mettre en garde G", "Rendre à l'assistant R", "Raccrocher X")
    for name in (*both, *mine):
        assert name in talking
    for name in (*both, "Réglé", "Note", "Enregistrer et redevenir disponible"):
        assert name in after
    assert not [name for name, seen in {**ringing, **talking, **after}.items() if not seen]


def test_presence_by_its_keys(page, desk):  # noqa: F811
    desk.call()
    expect(page.locator("#calls").get_by_role("link")).to_be_visible()
    for key, name, presence in (
        ("3", "Après-appel", Presence.AFTER_CALL),
        ("2", "En pause", Presence.BREAK),
    ):
        page.keyboard.press(key)
        pressed = page.get_by_role("button", name=name)
        expect(pressed).to_have_attribute("aria-pressed", "true", timeout=PATIENT_MS)
        assert desk.operators.seat(desk.me).presence is presence


def test_of_two_calls_each_has_its_own_buttons(page, desk):  # noqa: F811
    for call in ("first", "second"):
        desk.call(call)
    available(page)
    first, second = (page.locator(f"#talking-{call}") for call in ("first", "second"))

    def expect_held(bar, held):
        button = bar.get_by_role("button", name="Reprendre l'appel" if held else "Mettre en garde")
        expect(button).to_have_attribute("aria-pressed", "true" if held else "false")

    with desk.talking("first"):
        expect_held(first, False)
        with desk.talking("second"):
            expect_held(first, True)  # whoever is joined puts the one before on hold
            expect_held(second, False)
            assert not page.evaluate(WIDER)

            first.get_by_role("button", name="Reprendre l'appel").click()
            expect_held(first, False)
            expect_held(second, True)
            expect(page).to_have_url(f"{desk.address}/console?call=first")
            page.keyboard.press("g")  # a key is about the call that she hears
            expect_held(first, True)
            second.get_by_role("button", name="Raccrocher").click()
        expect(second).to_be_hidden()
        expect_held(first, True)
        page.keyboard.press("r")
    expect(first).to_be_hidden()
    assert desk.switchboard.told == [
        {"type": "hold", "on": False, "call": "first"},
        {"type": "hold", "on": True, "call": "first"},
        {"type": "leave", "call": "second"},
        {"type": "give_back", "call": "first"},
    ]


def test_half_a_note_waits_while_another_call_is_looked_at(page, desk):  # noqa: F811
    desk.call("other", said=2)
    first_call(page)
    page.keyboard.press("n")
    page.keyboard.type("Digicode 12")
    desk.call("now")
    available(page)
    ring = desk.begin(lambda: desk.operators.ring(desk.me, SHOWN, 60))
    expect(page).to_have_url(f"{desk.address}/console?call=now")
    expect(page.get_by_label("Nouvelle note")).to_have_value("")
    ring.cancel()

    page.locator("#ongoing-other").get_by_role("link").click()
    expect(page.get_by_label("Nouvelle note")).to_have_value("Digicode 12")


def test_the_console_in_english(page, desk, database):  # noqa: F811
    with database.write() as connection:
        users.set_language(connection, desk.me, "en")
    page.reload()
    expect(page.get_by_text("No call in progress.")).to_be_visible()
    desk.call()
    page.get_by_role("button", name="Available").click()
    expect(page.get_by_text("Headset ready")).to_be_visible(timeout=PATIENT_MS)
    desk.happens("transfer", reason="asked")
    expect(page.locator("#calls")).to_contain_text("Looking for a person")
    page.keyboard.press("j")
    for said in (".ongoing__why", ".known__urgency p", ".turn--caller .turn__text"):
        expect(page.locator(said).first).to_have_attribute("lang", "fr", timeout=PATIENT_MS)
    ring = desk.begin(lambda: desk.operators.ring(desk.me, SHOWN, 60))
    expect(page).to_have_title("Call: Plomberie Moreau", timeout=PATIENT_MS)
    page.keyboard.press("d")
    page.get_by_role("button", name="I am already on a call").click()
    assert ring.result(20).reason == "Je suis déjà en ligne", "the journal is French"
