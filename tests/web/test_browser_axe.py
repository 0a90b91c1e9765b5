"""Every page, looked at by axe in a real browser: what WCAG 2.2 AA asks, as far as a machine sees.

A page that is not named here fails the first test.
"""

import contextlib
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.web.accounts import signed_in
from tests.web.chromium import chromium, voice
from tests.web.conftest import PaperSwitchboard, recording, urgent
from tests.web.served import served
from voicebot.accounts import totp
from voicebot.accounts.account import Place
from voicebot.accounts.keyring import by_chance
from voicebot.accounts.role import Role
from voicebot.calls.live import Live
from voicebot.clients.loader import load_clients
from voicebot.store import invitations, links, sessions, users
from voicebot.store.database import Database
from voicebot.store.entry import CallStart, Entry
from voicebot.store.journal import StoredJournal
from voicebot.store.schema import migrate
from voicebot.store.sealing import about
from voicebot.web.app import create_app
from voicebot.web.language import COOKIE

axe = pytest.importorskip(
    "axe_playwright_python.sync_playwright",
    reason="axe is missing: pip install -r requirements/test.txt",
)

pytestmark = pytest.mark.browser
MOREAU = "plomberie-moreau"
ASKED = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}
VIEWS = {
    "desk": ({"width": 1400, "height": 900}, "light", "fr"),
    "phone at night": ({"width": 390, "height": 844}, "dark", "fr"),
    "phone in English": ({"width": 390, "height": 844}, "light", "en"),
}
PAGES = {
    "/": "/",
    "/calls": "/calls",
    "/calls?": "/calls?words=personne",
    "/calls/{call_id}": "/calls/c1",
    "/flows": "/flows",
    "/flows/{name}": f"/flows/{MOREAU}?call=c1",
    "/console": "/console",
    "/console/calls/{call_id}": "/console?call=now",
    "/alerts": "/alerts",
    "/alerts?": "/alerts?all=true",
    "/alerts/{alert_id}": "/alerts/1",
    "/oncall": "/oncall",
    "/rota/{name}": f"/rota/{MOREAU}",
    "/rota/{name}/feeds": f"/rota/{MOREAU}/feeds",
    "/statements/{name}": f"/statements/{MOREAU}",
    "/account": "/account",
    "/account/second": "/account/second",
    "/users": "/users",
    "/users/{user_id}": "/users/{user}",
    "/audit": "/audit",
    "/404": "/nowhere",
    "/mine": "/mine",
    "/login": "/login",
    "/login/second": "/login/second",
    "/welcome/{token}": "/welcome/{invitation}",
    "/welcome/over": "/welcome/nothing",
    "/l/{token}": "/l/{link}",
}
"""Each page's route, with an address of it."""
NO_PAGES = re.compile(
    r"/api/|/recordings/|/calendar/|/receipts/|/healthz|.*\.csv$|/account/home$|.*/notes$"
)
"""What programs read, what leads elsewhere, and what is a part of a page."""
WHO = {"/mine": "technician", "/login/second": "halfway"}
NOBODY = ("/login", "/welcome/{token}", "/welcome/over", "/l/{token}")


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A server with a call behind it and one that goes on, an alert, a team, and accounts."""
    folder = tmp_path_factory.mktemp("axe")
    database = Database(f"sqlite:///{folder / 'voicebot.db'}")
    migrate(database)
    now = datetime.now(UTC)
    _calls(StoredJournal(database), now)
    recording(folder / "recordings" / "c1.wav", 65, voices=3)
    clients = load_clients(Path("flows"))
    technician = next(iter(clients[MOREAU].on_call.technicians))
    place = Place(Role.TECHNICIAN, frozenset({MOREAU}), technician)
    people = {
        "administrator": signed_in(database, now),
        "technician": signed_in(database, now, "karim", "Karim Haddad", place),
        "halfway": signed_in(database, now, "claire", "Claire Petit"),
    }
    keyring = by_chance()
    with database.write() as connection:
        user = people["technician"].id
        filled = {
            "user": user,
            "invitation": invitations.make(connection, user, now),
            "link": links.make(connection, MOREAU, technician, 1, now),
        }
        for who in ("administrator", "halfway"):
            id = people[who].id
            users.keep_secret(connection, id, keyring.seal(totp.new_secret(), about(id)))
        users.confirm_secret(connection, people["halfway"].id, 0, now)
        halfway = sessions.begin(connection, people["halfway"].id, now, halfway=True)
    app = create_app(
        clients=clients,
        switchboard=PaperSwitchboard(),
        live=Live(),
        database=database,
        recordings=folder / "recordings",
        keyring=keyring,
    )
    with served(app) as address:
        yield SimpleNamespace(
            address=address,
            app=app,
            people={**people, "halfway": replace(people["halfway"], token=halfway)},
            filled=filled,
        )
    database.close()


def _calls(journal, now):
    journal.open(CallStart("c1", MOREAU, "+33612345678", None, now), urgent(now)[:-1])
    leg = {"number": 0, "target": "on_call", "person": "karim", "name": "Karim Haddad"}
    steps = ("action_utter_greeting", "listen")
    entries = [
        *(Entry("moved", now, {"flow": "answer", "step": step}) for step in steps),
        Entry("transfer", now, {"reason": "urgent"}),
        Entry("leg", now, {**leg, "state": "ringing"}),
        Entry("leg", now, {**leg, "state": "ended", "outcome": "accepted"}),
        Entry("joined", now, {"number": 0, "name": "Karim Haddad"}),
        Entry("overheard", now, {"who": "person", "text": "J'arrive dans vingt minutes."}),
        Entry("transferred", now, {"result": "spoken", "person": "Karim Haddad"}),
    ]
    journal.write("c1", [*entries, urgent(now)[-1]])
    journal.open(CallStart("now", MOREAU, None, None, now), urgent(now)[:4])


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with chromium(voice(tmp_path_factory.mktemp("microphone") / "silence.wav", "Oui.")) as opened:
        yield opened


def routes(router):
    """Every route, through the routers that hold others."""
    for route in router.routes:
        inside = getattr(route, "original_router", None)
        if inside is not None:
            yield from routes(inside)
        elif "GET" in (getattr(route, "methods", None) or ()):
            yield route.path


def test_no_page_is_forgotten(world):
    found = {path for path in routes(world.app) if not NO_PAGES.match(path)}

    assert found - set(PAGES) == set()
    assert {path for path in PAGES if "{" in path} - found == set()


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(world, browser, path, view):
    size, scheme, language = VIEWS[view]
    # Not a `tab`: for the browser's console a page that tells that there is none is an error.
    with contextlib.closing(browser.new_context(viewport=size, color_scheme=scheme)) as context:
        page = context.new_page()
        page.emulate_media(reduced_motion="reduce")
        _signed_in(world, page, path)
        page.context.add_cookies([{"name": COOKIE, "value": language, "url": world.address}])
        answer = page.goto(world.address + PAGES[path].format(**world.filled))
        assert answer.status in (200, 404, 410)
        assert page.url.rstrip("/").endswith(PAGES[path].format(**world.filled).rstrip("/"))
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        found = axe.Axe().run(page, options=ASKED).response["violations"]
        wide = page.evaluate("document.documentElement.scrollWidth")

    assert [_told(trouble) for trouble in found] == []
    assert wide == size["width"]


def _signed_in(world, page, path):
    if path not in NOBODY:
        world.people[WHO.get(path, "administrator")].on(page, world.address)


def _told(trouble):
    """A violation as one reads it: the rule, and where."""
    where = [f"{node['target']}: {node['html'][:120]}" for node in trouble["nodes"][:4]]
    return trouble["id"], trouble["help"], len(trouble["nodes"]), where
