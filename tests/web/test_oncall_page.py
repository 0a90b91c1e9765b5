import re
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.web.conftest import NOW
from tests.web.team import TECHNICIANS, at, on_call, rota, technician, two_levels, with_team
from voicebot.oncall.alert import By
from voicebot.oncall.confirmation import Due, Task
from voicebot.oncall.override import Override, OverrideKind
from voicebot.oncall.shift import Shift
from voicebot.oncall.trouble import Trouble
from voicebot.store import confirmations, contacts, overrides
from voicebot.web.rota_warnings import SENTENCES

MOREAU = "plomberie-moreau"
TONIGHT = Shift("lea", at("2026-01-14 18:00"), at("2026-01-15 08:00"))


@pytest.fixture
def clients(clients):
    return {**clients, MOREAU: with_team(clients[MOREAU])}


async def words(browser, path="/oncall"):
    answer = await browser.get(path)
    assert answer.status_code == 200, answer.text
    text = re.sub("<[^>]+>", " ", answer.text.partition("<main")[2])
    return " ".join(text.replace("\xa0", " ").replace("&#39;", "'").split())


async def test_who_is_on_call_until_when_and_who_comes_next(browser):
    text = await words(browser)

    assert "Niveau 1 Léa Fontaine 06 39 98 10 02 jusqu'à demain à 8 h 00 , puis Karim" in text
    assert "Sans planning d'astreinte : Cabinet de Maître Durand, Hôtel du Lagon." in text


async def test_levels_in_their_order(browser, clients):
    clients[MOREAU] = with_team(clients[MOREAU], two_levels("karim", "lea"))
    text = await words(browser)

    assert text.index("Niveau 1 Karim") < text.index("Niveau 2 Léa")
    assert "puis" not in text  # the same two every night


async def test_an_override_holds_here_too(browser, database):
    change = Override("nuit", OverrideKind.REPLACE, TONIGHT.start, TONIGHT.end, "karim", "lea")
    with database.write() as connection:
        overrides.add(connection, MOREAU, change, by="Nadia", at=NOW)

    assert "Niveau 1 Karim Haddad" in await words(browser)


async def test_a_number_is_verified_or_not(browser, database):
    assert "numéro non vérifié" in await words(browser)

    with database.write() as connection:
        contacts.vouch(connection, MOREAU, ("lea", "+33639981002"), NOW, by="Nadia")
    assert "numéro non vérifié" not in await words(browser)


async def test_whoever_has_no_number_is_told(browser, clients):
    mute = replace(technician("lea", "Léa", "+33639981002"), contacts=())
    team = replace(on_call(), technicians={**TECHNICIANS, "lea": mute})
    clients[MOREAU] = with_team(clients[MOREAU], team)

    assert "sans numéro" in await words(browser)


async def test_the_shift_s_start_is_asked_missed_and_confirmed(browser, database):
    task = Task(Due.ASK, "nuit", TONIGHT)
    assert "confirm" not in await words(browser)

    with database.write() as connection:
        confirmations.ask(connection, MOREAU, task, NOW)
    assert "confirmation demandée" in await words(browser)
    with database.write() as connection:
        confirmations.miss(connection, MOREAU, task, NOW)
    assert "prise de poste non confirmée" in await words(browser)
    with database.write() as connection:
        confirmations.confirm(connection, MOREAU, "lea", by=By.LINK, at=NOW)
    assert "en poste" in await words(browser)


async def test_nobody_is_on_call_while_the_company_is_closed(browser, database):
    hours = TONIGHT.start, TONIGHT.end
    change = Override("nuit", OverrideKind.REMOVE, *hours, remove="lea")
    with database.write() as connection:
        overrides.add(connection, MOREAU, change, by="Nadia", at=NOW)
    text = await words(browser)

    assert "Personne n'est d'astreinte, et l'entreprise est fermée." in text
    assert "Prochaine prise de poste : demain à 18 h 00." in text


async def test_nobody_need_be_on_call_while_it_is_open(browser, clock):
    clock.advance(timedelta(hours=12).total_seconds())

    assert "Pas d'astreinte à cette heure-ci. Prochaine prise de poste" in await words(browser)


async def test_a_turn_without_end_has_no_hour(browser, clients):
    always = rota("lea", every="month", slots=())
    clients[MOREAU] = with_team(clients[MOREAU], replace(on_call(), rotas={"nuit": always}))

    assert "sans relève prévue" in await words(browser)


async def test_who_is_always_there_has_no_hour_whatever_the_others_do(browser, clients):
    changing = rota("karim", "lea", every="day", slots=()).levels
    always = rota("thomas", every="week", slots=()).levels
    both = replace(rota("karim"), levels=(*changing, *always))
    clients[MOREAU] = with_team(clients[MOREAU], replace(on_call(), rotas={"nuit": both}))
    text = await words(browser)

    assert "06 39 98 10 03 sans relève prévue" in text
    assert text.count("sans relève prévue") == 1


async def test_what_the_linter_finds_is_told_before_the_night(browser, database):
    start = at("2026-01-16 18:00")
    change = Override("nuit", OverrideKind.REMOVE, start, start + timedelta(hours=2), remove="lea")
    with database.write() as connection:
        overrides.add(connection, MOREAU, change, by="Nadia", at=NOW)

    told = "Des heures sans personne d'astreinte"
    assert f"{told} (vendredi 16 janvier à 18 h 00)" in await words(browser)
    text = await words(browser, f"/rota/{MOREAU}")
    assert f"{told}, vendredi 16 janvier à 18 h 00" in text
    assert (
        "Planning « Nuits » : personne n'est d'astreinte le vendredi 16 janvier de 18 h 00 à "
        "20 h 00. Ajoutez un remplacement"
    ) in text


def test_every_trouble_has_its_sentence():
    assert set(SENTENCES) == set(Trouble)


@pytest.mark.parametrize(
    "path",
    [
        "/oncall",
        "/alerts",
        f"/rota/{MOREAU}",
        f"/rota/{MOREAU}/feeds",
        f"/statements/{MOREAU}?month=2026-01",
    ],
)
async def test_no_page_needs_what_the_policy_forbids(browser, path):
    page = (await browser.get(path)).text

    assert "<style" not in page
    assert " style=" not in page
    assert not re.search(r"\son\w+=", page)
    assert all('src="/static/' in tag for tag in page.split("<script")[1:])
    assert "<b>" not in page  # in somebody's name
