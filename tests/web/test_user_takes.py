"""Which calls an operator is rung for, as the administrator sets it and as she sees it."""

import html
from dataclasses import replace

import pytest

from tests.web.accounts import browsing, signed_in
from voicebot.accounts.account import Place
from voicebot.accounts.role import Role
from voicebot.clients.transfer import Instructions, Kind, Target
from voicebot.handoff.pool import Operators
from voicebot.handoff.presence import Operator, Presence, Wish
from voicebot.store import audit, presence
from voicebot.store.audit import Wanted
from voicebot.web.app import create_app

MOREAU = "plomberie-moreau"
GAZ = Instructions((Target(Kind.OPERATORS, skills=frozenset({"gaz"})),))
SET = {"languages": ["fr", "en"], "skills": ["gaz"], "more": "eau,  pompe à chaleur", "at_once": 2}


@pytest.fixture
def operators(live, clock):
    return Operators(live, clock)


@pytest.fixture
def app(clients, switchboard, live, database, tmp_path, clock, operators):
    return create_app(
        clients={**clients, MOREAU: replace(clients[MOREAU], transfer=GAZ)},
        switchboard=switchboard,
        live=live,
        database=database,
        recordings=tmp_path,
        clock=clock,
        operators=operators,
    )


@pytest.fixture
def claire(database, clock):
    return signed_in(database, clock.now(), "claire", "Claire Martin", Place(Role.OPERATOR))


@pytest.fixture
def kept(database, claire):
    def profile():
        with database.read() as connection:
            return presence.read(connection, claire.id)

    return profile


async def test_what_she_takes_is_kept_and_noted(browser, claire, kept, database):
    answer = await browser.post(f"/users/{claire.id}/takes", data=SET)

    assert answer.headers["location"] == f"/users/{claire.id}?done=takes"
    assert kept().takes.skills == {"gaz", "eau", "pompe à chaleur"}
    assert (kept().languages, kept().at_once) == ({"fr", "en"}, 2)
    with database.read() as connection:
        line = audit.page(connection, Wanted()).lines[0]
    assert (str(line.kind), line.about) == ("account_changed", "account claire")
    assert line.detail == "takes en, fr; 2 at once; skills: eau, gaz, pompe à chaleur"


async def test_it_counts_from_the_next_call_without_signing_in_again(browser, claire, operators):
    wish = Wish(MOREAU, "en", frozenset({"gaz"}))
    with operators.console(Operator(claire.id, "Claire Martin"), Presence.AVAILABLE):
        assert operators.free(wish) == ()
        await browser.post(f"/users/{claire.id}/takes", data=SET)
        assert [seat.operator.id for seat in operators.free(wish)] == [claire.id]
        assert operators.free(wish)[0].presence is Presence.AVAILABLE


async def test_the_form_offers_what_clients_ask_for(browser, claire):
    text = html.unescape((await browser.get(f"/users/{claire.id}")).text)
    assert 'name="skills" value="gaz"' in text
    assert "demandée par Plomberie Moreau" in text
    assert 'value="fr" checked' in text and 'value="en" checked' not in text

    await browser.post(f"/users/{claire.id}/takes", data=SET)
    text = html.unescape((await browser.get(f"/users/{claire.id}?done=takes")).text)
    assert 'value="pompe à chaleur" checked' in text
    assert "aucune entreprise ne la demande" in text
    assert "cela compte dès le prochain appel" in text


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"languages": []}, "Choisissez au moins une langue"),
        ({"at_once": 9}, "de 1 à 5 appels"),
        ({"more": ",".join(map(str, range(40)))}, "30 compétences"),
    ],
)
async def test_what_nobody_can_take(browser, claire, kept, wrong, told):
    answer = await browser.post(f"/users/{claire.id}/takes", data={**SET, **wrong})
    assert (answer.status_code, kept()) == (400, None)
    assert told in html.unescape(answer.text)


async def test_who_takes_no_calls_has_none_to_set(browser, database, clock):
    place = Place(Role.CLIENT, frozenset({MOREAU}))
    durand = signed_in(database, clock.now(), "durand", "Durand", place)
    assert "Appels à lui passer" not in (await browser.get(f"/users/{durand.id}")).text
    assert (await browser.post(f"/users/{durand.id}/takes", data=SET)).status_code == 400
    with database.read() as connection:
        assert presence.read(connection, durand.id) is None


async def test_she_sees_hers_and_changes_nothing(browser, app, claire, kept):
    await browser.post(f"/users/{claire.id}/takes", data=SET)
    async with browsing(app, claire) as hers:
        text = html.unescape((await hers.get("/account")).text)
        assert "français, anglais" in text and "eau, gaz, pompe à chaleur" in text
        assert "2 appels" in text
        more = {**SET, "at_once": 5}
        assert (await hers.post(f"/users/{claire.id}/takes", data=more)).status_code == 403
    assert kept().at_once == 2
