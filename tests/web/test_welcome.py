import re

import pytest

from tests.web.accounts import browsing
from voicebot.accounts import password
from voicebot.accounts.account import Place
from voicebot.accounts.role import Role
from voicebot.store import invitations, sessions, users
from voicebot.store.invitations import FIRST_LIFE, LIFE

PASSWORD = "cheval agrafe pile correcte"
FIRST = {"login": "Nadia", "name": "Nadia Roche", "password": PASSWORD, "again": PASSWORD}
NEW = {"password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def first(database, clock):
    """The link of a store without accounts."""
    with database.write() as connection:
        return "/welcome/" + invitations.make(connection, None, clock.now())


@pytest.fixture
def claire(database, clock):
    with database.write() as connection:
        return users.add(connection, "claire", "Claire", Place(Role.OPERATOR), clock.now())


@pytest.fixture
def link(database, clock, claire):
    with database.write() as connection:
        return "/welcome/" + invitations.make(connection, claire.id, clock.now())


async def choose(browser, link, form):
    page = await browser.get(link)
    token = re.search(r'name="csrf" value="([^"]+)"', page.text)
    return await browser.post(link, data={**form, "csrf": token[1] if token else ""})


async def test_the_first_administrator_is_made_and_let_in(stranger, first, database):
    answer = await choose(stranger, first, FIRST)

    assert answer.headers["location"] == "/account/home"
    assert (await stranger.get("/account/home")).headers["location"] == "/console"
    assert (await stranger.get("/users")).status_code == 200
    with database.read() as connection:
        (made,) = users.listed(connection)
        assert password.matches(users.proof(connection, made.id).password, PASSWORD)
    assert (made.login, made.role) == ("nadia", Role.ADMINISTRATOR)


async def test_the_link_opens_once(stranger, app, first):
    await choose(stranger, first, FIRST)
    async with browsing(app) as other:
        assert (await other.get(first)).status_code == 410
        token = {"form": "x"}
        other.cookies.update(token)
        answer = await other.post(first, data={**FIRST, "login": "eve", "csrf": "x"})
        assert answer.status_code == 410


async def test_looking_at_it_uses_nothing_up(stranger, first):
    for _ in range(3):
        assert (await stranger.get(first)).status_code == 200
    assert (await choose(stranger, first, FIRST)).status_code == 303


async def test_it_closes_when_there_is_an_account_by_then(stranger, first, claire):
    assert (await stranger.get(first)).status_code == 410


async def test_it_does_not_last(stranger, first, link, clock):
    clock.advance(FIRST_LIFE.total_seconds())
    assert (await stranger.get(first)).status_code == 410
    assert (await stranger.get(link)).status_code == 200
    clock.advance((LIFE - FIRST_LIFE).total_seconds())
    assert (await stranger.get(link)).status_code == 410


async def test_a_link_that_never_was(stranger):
    assert (await stranger.get("/welcome/guessed")).status_code == 410


async def test_a_new_password_ends_what_was_open_with_the_old_one(
    stranger, link, claire, database, clock
):
    with database.write() as connection:
        old = sessions.begin(connection, claire.id, clock.now())
    assert (await choose(stranger, link, NEW)).status_code == 303
    with database.read() as connection:
        assert sessions.find(connection, old, clock.now()) is None
    assert (await stranger.get("/calls")).status_code == 200
    assert (await stranger.get(link)).status_code == 410


async def test_a_link_does_not_stand_in_for_the_second_factor(
    stranger, link, claire, database, clock
):
    with database.write() as connection:
        users.keep_secret(connection, claire.id, "S")
        users.confirm_secret(connection, claire.id, 1, clock.now())
    await choose(stranger, link, NEW)
    assert (await stranger.get("/calls")).status_code == 303
    assert (await stranger.get("/login/second")).status_code == 200


async def test_an_account_that_was_closed_gets_in_by_no_link(
    stranger, link, claire, database, clock
):
    with database.write() as connection:
        users.disable(connection, claire.id, clock.now())
    assert (await stranger.get(link)).status_code == 410


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"again": "other"}, "ne sont pas les mêmes"),
        ({"password": "court", "again": "court"}, "au moins 12 caractères"),
        ({"password": "nadia.roche.2026", "again": "nadia.roche.2026"}, "se devine"),
        ({"login": "n"}, "Cet identifiant ne convient pas"),
    ],
)
async def test_what_cannot_be_chosen(stranger, first, database, wrong, told):
    answer = await choose(stranger, first, {**FIRST, **wrong})

    assert (answer.status_code, told in answer.text) == (400, True)
    assert PASSWORD not in answer.text
    with database.read() as connection:
        assert users.none_yet(connection)
    assert (await choose(stranger, first, FIRST)).status_code == 303
