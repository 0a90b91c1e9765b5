"""Signing in, the second factor and the administrator's pages, in a real browser."""

import re
from datetime import UTC, datetime

import pytest

from tests.web.accounts import signed_in
from tests.web.chromium import chromium, tab, voice
from tests.web.conftest import PaperSwitchboard
from tests.web.served import served
from tests.web.team import with_team
from voicebot.accounts import totp
from voicebot.accounts.account import Place
from voicebot.accounts.role import Role
from voicebot.store import invitations, presence, users
from voicebot.web.app import create_app

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is missing: make browser")
expect = sync_api.expect

pytestmark = pytest.mark.browser
MOREAU = "plomberie-moreau"
PASSWORD = "cheval agrafe pile correcte"
SIZES = {"desk": {"width": 1400, "height": 900}, "phone": {"width": 390, "height": 844}}


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with chromium(voice(tmp_path_factory.mktemp("microphone") / "silence.wav", "Oui.")) as opened:
        yield opened


@pytest.fixture
def page(browser, address):  # the server outlives the page
    with tab(browser) as opened:
        yield opened


@pytest.fixture
def address(clients, live, database, tmp_path):
    app = create_app(
        clients={**clients, MOREAU: with_team(clients[MOREAU])},
        switchboard=PaperSwitchboard(),
        live=live,
        database=database,
        recordings=tmp_path,
    )
    with served(app) as address:
        yield address


def now():
    return datetime.now(UTC)


def invited(database, login=None, place=None):
    """The token of a link: for the first administrator, or for somebody who has an account."""
    with database.write() as connection:
        made = users.add(connection, login, "Claire Martin", place, now()) if login else None
        return invitations.make(connection, made.id if made else None, now())


def choose(page):
    page.get_by_label("Nouveau mot de passe").fill(PASSWORD)
    page.get_by_label("Le même, encore une fois").fill(PASSWORD)


def test_the_first_administrator_from_the_link_to_the_second_factor(page, address, database):
    page.goto(f"{address}/welcome/{invited(database)}")
    page.get_by_label("Votre nom").fill("Nadia Roche")
    page.get_by_label("Identifiant").fill("Nadia")
    choose(page)
    page.get_by_role("button", name="Créer le compte").click()

    page.get_by_role("link", name="Mon compte : Nadia Roche").click()
    second = page.get_by_role("region", name="Double authentification")
    second.get_by_label("Mot de passe actuel").fill(PASSWORD)
    second.get_by_role("button", name="Mettre en place").click()
    drawn = page.get_by_role("img", name="Code QR")
    expect(drawn).to_be_visible()
    secret = page.locator(".qr__secret").inner_text().replace(" ", "")
    page.get_by_label("Code", exact=True).fill(totp.code(secret, now()))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Vos codes de secours")).to_be_visible()
    code = page.locator(".codes code").first.inner_text()

    page.get_by_role("link", name="C'est noté").click()
    page.get_by_role("button", name="Se déconnecter").click()
    page.goto(f"{address}/audit")
    page.get_by_label("Identifiant").fill("nadia")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("textbox", name="Code").fill(code)
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("/audit$"))  # where she wanted to go
    for line in ("Compte créé", "Double authentification activée", "Code de secours utilisé"):
        expect(page.locator("tbody")).to_contain_text(line)


def test_what_an_operator_is_rung_for_is_set_on_her_page(page, address, database):
    signed_in(database, now(), name="Nadia Roche").on(page, address)
    with database.write() as connection:
        claire = users.add(connection, "claire", "Claire Martin", Place(Role.OPERATOR), now())
    page.goto(f"{address}/users/{claire.id}")
    takes = page.get_by_role("region", name="Appels à lui passer")
    takes.get_by_label("anglais").check()
    takes.get_by_label("Compétences").fill("gaz, pompe à chaleur")
    takes.get_by_label("Appels à la fois").select_option("2")
    takes.get_by_role("button", name="Enregistrer").click()

    expect(page.get_by_role("status")).to_contain_text("dès le prochain appel")
    expect(takes.get_by_label("pompe à chaleur")).to_be_checked()
    with database.read() as connection:
        kept = presence.read(connection, claire.id).takes
    assert (kept.skills, kept.at_once) == ({"gaz", "pompe à chaleur"}, 2)
    assert kept.languages == {"fr", "en"}


def test_the_administrator_makes_an_account_and_closes_it(page, address, database):
    signed_in(database, now(), name="Nadia Roche").on(page, address)
    page.goto(f"{address}/users")
    page.get_by_label("Nom", exact=True).fill("Claire Martin")
    page.get_by_label("Identifiant").fill("claire")
    page.get_by_label("Plomberie Moreau").check()
    page.get_by_role("button", name="Ajouter").click()
    link = page.get_by_role("textbox", name="Lien").input_value()
    assert link.startswith(f"{address}/welcome/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copier le lien").click()
    expect(page.get_by_role("status")).to_have_text("Copié.")
    assert page.evaluate("navigator.clipboard.readText()") == link

    other = page.context.browser.new_context()
    claire = other.new_page()
    claire.goto(link)
    choose(claire)
    claire.get_by_role("button", name="Enregistrer et entrer").click()
    expect(claire).to_have_url(re.compile("/console$"))
    expect(claire.get_by_role("link", name="Comptes")).to_be_hidden()

    page.goto(f"{address}/users")
    page.get_by_role("link", name="Claire Martin").click()
    page.get_by_role("button", name="Fermer le compte").click()
    expect(page.get_by_role("status")).to_contain_text("fermé")
    claire.goto(f"{address}/calls")
    expect(claire).to_have_url(re.compile("/login"))
    other.close()


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize(
    "path", ["/login", "/welcome", "/account", "/users", "/users/1", "/audit", "/mine"]
)
def test_no_page_is_wider_than_its_window(page, address, database, path, size, shots):
    page.set_viewport_size(size)
    if path == "/mine":
        place = Place(Role.TECHNICIAN, frozenset({MOREAU}), "karim")
        signed_in(database, now(), "karim", "Karim Haddad", place).on(page, address)
    elif path == "/welcome":
        path = f"/welcome/{invited(database, 'claire', Place(Role.OPERATOR))}"
    elif path != "/login":
        signed_in(database, now(), name="Nadia Roche").on(page, address)
        for login, name, place in PEOPLE:
            with database.write() as connection:
                users.add(connection, login, name, place, now())
    page.goto(address + path)
    shots(page, path)

    assert page.evaluate("document.documentElement.scrollWidth") == size["width"]


PEOPLE = (
    ("claire.martin", "Claire Martin", Place(Role.OPERATOR)),
    ("durand", "Maître Durand", Place(Role.CLIENT, frozenset({"cabinet-durand"}))),
    ("karim", "Karim Haddad", Place(Role.TECHNICIAN, frozenset({MOREAU}), "karim")),
)


@pytest.fixture
def shots(request):
    """Keeps a picture of each page where VOICEBOT_SHOTS names a folder, for people to look at."""
    import os
    from pathlib import Path

    folder = os.environ.get("VOICEBOT_SHOTS")

    def keep(page, path):
        if folder:
            name = path.strip("/").replace("/", "-")[:20] or "root"
            width = page.viewport_size["width"]
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)

    return keep
