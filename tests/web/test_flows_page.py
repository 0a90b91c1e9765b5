from dataclasses import replace
from pathlib import Path

import pytest

from tests.web.accounts import browsing, signed_in
from tests.web.conftest import NOW
from voicebot.accounts.account import Place
from voicebot.accounts.role import Role
from voicebot.clients.loader import load_clients
from voicebot.store.entry import CallStart, Entry

MOREAU = "plomberie-moreau"


@pytest.fixture
def clients(clients):
    flows = load_clients(Path("flows"))[MOREAU].flows
    return {**clients, MOREAU: replace(clients[MOREAU], flows=flows)}


@pytest.fixture
def moved_call(journal):
    points = ("answer", "action_utter_greeting"), ("answer", "listen"), ("old_flow", "x")
    moves = [Entry("moved", NOW, {"flow": flow, "step": step}) for flow, step in points]
    journal.open(CallStart("c1", MOREAU, "+33612345678", None, NOW), moves)
    return "c1"


async def page(browser, path, status=200):
    answer = await browser.get(path)
    assert answer.status_code == status
    return answer.text


async def test_the_clients(browser):
    text = await page(browser, "/flows")

    assert "Plomberie Moreau" in text
    assert "propre à ce client" in text
    assert f'href="/flows/{MOREAU}"' in text


async def test_the_flows_of_a_client(browser):
    text = await page(browser, f"/flows/{MOREAU}")

    for seen in ("Vue d'ensemble", "Couper l&#39;eau", "Prendre un message", "Lire en texte"):
        assert seen in text
    assert 'id="flow-urgent"' in text
    assert "chart--marked" not in text
    assert 'style="' not in text  # the security policy would drop it


async def test_the_path_of_a_call(browser, moved_call):
    text = await page(browser, f"/flows/{MOREAU}?call={moved_call}")

    assert "Chemin de l'appel du mercredi 14 janvier 2026" in text
    assert "chart--marked" in text
    assert "box--visited" in text
    assert "qui n'est plus dans le scénario" in text  # of the step that is gone since


async def test_the_page_of_the_call_leads_there(browser, moved_call):
    assert f'href="/flows/{MOREAU}?call=c1"' in await page(browser, "/calls/c1")


async def test_another_client_s_call_is_not_drawn(browser, moved_call):
    await page(browser, "/flows/cabinet-durand?call=c1", 404)
    await page(browser, f"/flows/{MOREAU}?call=nope", 404)
    await page(browser, "/flows/nobody", 404)


async def test_a_client_without_flows(browser):
    assert "Cabinet de Maître Durand" in await page(browser, "/flows/cabinet-durand")


async def test_who_sees_one_client_sees_nothing_of_another(app, database, clock, moved_call):
    place = Place(Role.CLIENT, frozenset({"cabinet-durand"}))
    some = signed_in(database, clock.now(), "durand", "Maître Durand", place)
    async with browsing(app, some) as durand:
        listed = await page(durand, "/flows")
        assert "Cabinet de Maître Durand" in listed
        assert "Plomberie Moreau" not in listed
        for path in (f"/flows/{MOREAU}", "/flows/cabinet-durand?call=c1", "/calls/c1"):
            await page(durand, path, 404)
        assert "0 appel" in await page(durand, "/calls")
        assert "/calls/c1" not in await page(durand, f"/calls?client={MOREAU}")
