import html
import re

import pytest

from tests.web.accounts import browsing, signed_in
from voicebot.accounts.account import Place
from voicebot.accounts.role import Role
from voicebot.store import audit, invitations, sessions, users
from voicebot.store.audit import Wanted

MOREAU = "plomberie-moreau"
CLAIRE = {"login": "claire", "name": "Claire Martin", "role": "operator"}


@pytest.fixture
def find(database):
    def by_login(login):
        with database.read() as connection:
            return users.by_login(connection, login)

    return by_login


@pytest.fixture
def noted(database):
    """What the log says, the latest last: kind, about what, detail."""

    def lines():
        with database.read() as connection:
            found = audit.page(connection, Wanted()).lines
        return [(str(line.kind), line.about, line.detail) for line in reversed(found)]

    return lines


def link(text):
    return re.search(r'value="http://127\.0\.0\.1:8080(/welcome/[^"]+)"', text)[1]


async def test_an_account_is_made_and_its_link_shown_once(browser, find, noted, database):
    answer = await browser.post("/users", data={**CLAIRE, "clients": [MOREAU, "cabinet-durand"]})

    made = find("claire")
    assert made.clients == frozenset({MOREAU, "cabinet-durand"})
    assert not made.has_password
    with database.read() as connection:
        token = link(answer.text).rpartition("/")[2]
        assert invitations.find(connection, token).user_id == made.id
    assert noted() == [("account_added", "account claire", "operator")]
    assert token not in (await browser.get(f"/users/{made.id}")).text


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"login": "a b"}, "Cet identifiant ne convient pas"),
        ({"login": "nadia"}, "déjà pris"),
        ({"name": " "}, "Indiquez le nom"),
        ({"role": "client"}, "Choisissez au moins une entreprise"),
        ({"role": "technician", "clients": MOREAU}, "de quel technicien du planning"),
        ({"role": "technician", "clients": MOREAU, "technician": "x"}, "de quel technicien"),
        ({"clients": "nobody"}, "nobody"),
    ],
)
async def test_what_cannot_be_an_account(browser, database, wrong, told):
    answer = await browser.post("/users", data={**CLAIRE, **wrong})

    assert answer.status_code == 400
    assert told in html.unescape(answer.text)
    with database.read() as connection:
        assert [one.login for one in users.listed(connection)] == ["nadia"]


async def test_another_role_counts_at_once_because_he_signs_in_again(
    browser, app, find, database, clock
):
    claire = signed_in(database, clock.now(), "claire", "Claire", Place(Role.OPERATOR))
    form = {"name": "Claire Martin", "role": "client", "clients": MOREAU}
    answer = await browser.post(f"/users/{claire.id}", data=form)

    assert answer.headers["location"] == f"/users/{claire.id}?done=changed"
    changed = find("claire")
    assert (changed.name, changed.role, changed.clients) == (
        "Claire Martin",
        Role.CLIENT,
        frozenset({MOREAU}),
    )
    async with browsing(app, claire) as hers:
        assert (await hers.get("/calls")).headers["location"].startswith("/login")


@pytest.mark.parametrize("deed", ["disable", "sign_out", "forget"])
async def test_she_is_signed_out_at_once(browser, app, database, clock, deed):
    claire = signed_in(database, clock.now(), "claire", "Claire", Place(Role.OPERATOR))
    await browser.post(f"/users/{claire.id}/{deed}")

    async with browsing(app, claire) as hers:
        assert (await hers.get("/calls")).status_code == 303
    with database.read() as connection:
        assert sessions.of(connection, claire.id, clock.now()) == ()


async def test_closed_and_opened_again(browser, find, database, clock, noted):
    claire = signed_in(database, clock.now(), "claire", "Claire", Place(Role.OPERATOR))
    await browser.post(f"/users/{claire.id}/disable")
    assert find("claire").disabled_at == clock.now()
    assert "Fermé" in (await browser.get("/users")).text
    await browser.post(f"/users/{claire.id}/enable")
    assert find("claire").disabled_at is None
    assert [detail for _, _, detail in noted()] == ["disable", "enable"]


async def test_the_last_administrator_stays(browser, find):
    await browser.get("/users")
    mine = find("nadia")
    answer = await browser.post(f"/users/{mine.id}/disable")
    assert (answer.status_code, find("nadia").disabled_at) == (400, None)
    assert "dernier compte administrateur" in answer.text
    form = {"name": "Nadia", "role": "operator"}
    assert (await browser.post(f"/users/{mine.id}", data=form)).status_code == 400
    assert find("nadia").role is Role.ADMINISTRATOR


async def test_what_cannot_be_done(browser):
    assert (await browser.get("/users/99")).status_code == 404
    assert (await browser.post("/users/1/explode")).status_code == 400
    assert (await browser.post("/users/99/disable")).status_code == 404


async def test_names_are_only_text(browser, database, clock):
    signed_in(database, clock.now(), "eve", "<b>Eve</b>", Place(Role.OPERATOR))
    text = (await browser.get("/users")).text
    assert "&lt;b&gt;Eve&lt;/b&gt;" in text
    assert "<b>" not in text
