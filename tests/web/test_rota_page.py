import re
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.web.team import NIGHT, at, on_call, two_levels, with_team
from voicebot.oncall.swap import Swap
from voicebot.store import overrides, swaps

NOT_THURSDAY = replace(NIGHT, days=NIGHT.days - {3})
MOREAU = "plomberie-moreau"
# Wednesday 14 January 2026, 23:30 in Paris: it is Léa's night, Karim has Thursday's.
ROTA = f"/rota/{MOREAU}"


@pytest.fixture
def clients(clients):
    return {**clients, MOREAU: with_team(clients[MOREAU])}


async def page(browser, path, status=200):
    answer = await browser.get(path)
    assert answer.status_code == status, answer.text
    return answer.text


def bars(text):
    """The address and the words of each shift that is drawn."""
    found = re.findall(r'<a href="([^"]+)" aria-label="([^"]+)" class="bar', text)
    return [(href.replace("&amp;", "&"), label) for href, label in found]


def bar(text, words):
    return next(href for href, label in bars(text) if words in label)


def fields(text, **more):
    """The hidden and the shown fields of the form that replaces somebody."""
    form = text[text.index('id="change"') :]
    form = form[: form.index("</form>")]
    found = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    return {**found, "back_start": "", "back_end": "", **more}


async def replaced(browser, **more):
    """Thursday's night given to Léa, by Nadia; gives the page that says so."""
    text = await page(browser, bar(await page(browser, ROTA), "du jeudi 15 janvier"))
    form = fields(text, add="lea", **more)
    answer = await browser.post(f"{ROTA}/overrides", data=form, follow_redirects=True)
    assert answer.status_code == 200, answer.text
    return answer.text


async def test_the_week_is_drawn_shift_by_shift(browser):
    text = await page(browser, ROTA)

    assert "Semaine du 12 au 18 janvier 2026" in text
    assert len(bars(text)) == 8  # seven nights, and the rest of Sunday's before
    assert bars(text)[4][1].replace("\xa0", " ") == (
        "Karim Haddad, niveau 1, du jeudi 15 janvier à 18 h 00 au vendredi 16 janvier à 8 h 00"
    )
    assert "Aucun changement" in text


async def test_weeks_before_and_after(browser):
    text = await page(browser, f"{ROTA}?week=2026-03-29")

    assert "Semaine du 23 au 29 mars 2026" in text
    assert "week=2026-03-16" in text
    assert "week=2026-03-30" in text
    assert "23 heures" in text


async def test_a_shift_is_given_to_somebody_else_and_who_did_it_is_kept(browser, database, clock):
    text = await replaced(browser)

    sentence = "Léa Fontaine remplace Karim Haddad du jeudi 15 janvier à 18\xa0h\xa000 au vendredi"
    assert sentence in text[text.index('id="done"') :]
    assert "par Nadia, aujourd&#39;hui à 23\xa0h\xa030" in text
    assert "remplace Karim Haddad" in bars(text)[4][1]
    with database.read() as connection:
        (kept,) = overrides.kept(connection, MOREAU)
    assert (kept.by, kept.at) == ("Nadia", clock.now())
    assert (kept.change.start, kept.change.end) == (at("2026-01-15 18:00"), at("2026-01-16 08:00"))


async def test_it_is_undone_and_both_stay_written_down(browser, database):
    text = await replaced(browser)
    undo = re.search(r'action="(/rota/[^"]+/undo)"', text).group(1)

    answer = await browser.post(undo, data={"week": "2026-01-12"}, follow_redirects=True)

    assert "remplace" not in bars(answer.text)[4][1]
    assert "annulé par Nadia" in answer.text  # the browser remembers her name
    with database.read() as connection:
        assert overrides.kept(connection, MOREAU) == ()


async def test_a_shift_that_has_begun_is_given_away_from_now_on(browser):
    text = await page(browser, bar(await page(browser, ROTA), "du mercredi 14 janvier"))

    assert fields(text)["start"] == "2026-01-14T23:30"
    assert fields(text)["end"] == "2026-01-15T08:00"


async def test_whoever_is_on_call_already_stands_last_and_is_told(browser, clients):
    clients[MOREAU] = with_team(clients[MOREAU], two_levels("lea", "karim"))
    text = await page(browser, bar(await page(browser, ROTA), "niveau 2, du jeudi 15 janvier"))

    people = re.findall(r'name="add" value="(\w+)"', text)
    assert people == ["thomas", "lea"]
    assert "déjà d&#39;astreinte, niveau 1" in text


async def test_one_day_of_a_long_shift(browser, clients):
    team = on_call("karim", "lea", every="week", slots=())
    clients[MOREAU] = with_team(clients[MOREAU], team)
    text = await page(browser, f"{ROTA}?week=2026-01-19")
    text = await page(browser, bar(text, "Karim") if "Karim" in text else bars(text)[0][0])

    day = re.search(r'href="([^"]+day=2026-01-20[^"]*)"', text).group(1).replace("&amp;", "&")
    form = fields(await page(browser, day))
    assert (form["start"], form["end"]) == ("2026-01-20T18:00", "2026-01-21T18:00")


async def test_nobody_is_on_call_and_somebody_takes_it(browser, clients):
    clients[MOREAU] = with_team(clients[MOREAU], on_call("karim", slots=(NOT_THURSDAY,)))
    text = await page(browser, ROTA)
    hole = bar(text, "Personne, niveau 1, du jeudi 15 janvier à 18")

    form = fields(await page(browser, hole), add="thomas")
    answer = await browser.post(f"{ROTA}/overrides", data=form, follow_redirects=True)

    assert "Thomas &lt;b&gt;Girard&lt;/b&gt; s&#39;ajoute au niveau 1" in answer.text
    assert not [label for _, label in bars(answer.text) if "Personne, niveau 1, du jeudi" in label]


@pytest.mark.parametrize(
    "wrong",
    [
        {"end": "2026-01-15T10:00"},
        {"start": "demain"},
        {"start": "0001-01-01T00:00"},
        {"end": "9999-12-31T23:59"},
    ],
)
async def test_hours_that_cannot_be(browser, database, wrong):
    text = await replaced(browser, **wrong)
    with database.read() as connection:
        kept = overrides.kept(connection, MOREAU)

    assert ("Rien n&#39;a été changé" in text) == (not kept)


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"add": "nobody"}, 404),
        ({"rota": "jour"}, 404),
        ({"level": "0"}, 422),
    ],
)
async def test_forms_that_no_page_of_ours_sends(browser, database, wrong, status):
    form = {
        "week": "2026-01-12",
        "rota": "nuit",
        "start": "2026-01-15T18:00",
        "end": "2026-01-16T08:00",
        "remove": "karim",
        "add": "lea",
        **wrong,
    }
    answer = await browser.post(f"{ROTA}/overrides", data=form)

    assert answer.status_code == status
    with database.read() as connection:
        assert overrides.kept(connection, MOREAU) == ()


@pytest.mark.parametrize("week", ["demain", "9999-12-31", "0001-01-01"])
async def test_a_week_that_cannot_be(browser, week):
    await page(browser, f"{ROTA}?week={week}", 400)


async def test_a_shift_that_is_not_there_any_more(browser):
    text = await page(browser, f"{ROTA}?rota=nuit&shift=1_0_0_karim")

    assert 'id="change"' not in text


async def test_a_client_without_a_rota_says_where_to_write_it(browser):
    assert "oncall.yml" in await page(browser, "/rota/cabinet-durand")
    await page(browser, "/rota/nobody", 404)


async def test_somebody_who_left_is_shown_by_what_is_kept(browser, clients):
    await replaced(browser)
    team = clients[MOREAU].on_call
    left = {id: person for id, person in team.technicians.items() if id != "lea"}
    clients[MOREAU] = replace(clients[MOREAU], on_call=replace(team, technicians=left))

    assert "lea remplace Karim Haddad" in await page(browser, ROTA)


@pytest.fixture
def swap(database, clients, clock):
    asked = Swap("nuit", "karim", "lea", at("2026-01-15 18:00"), at("2026-01-16 08:00"))
    rota = clients[MOREAU].on_call.rotas["nuit"]
    with database.write() as connection:
        return swaps.ask(connection, MOREAU, asked, rota, clock.now())


async def test_a_swap_that_is_accepted_changes_the_rota(browser, swap):
    text = await page(browser, ROTA)
    assert "Karim Haddad demande à Léa Fontaine de prendre sa place du jeudi 15 janvier" in text

    form = {"answer": "accepted", "week": "2026-01-12"}
    answer = await browser.post(f"{ROTA}/swaps/{swap}", data=form, follow_redirects=True)

    assert "Échanges demandés" not in answer.text
    assert "Léa Fontaine remplace Karim Haddad" in answer.text
    assert "/undo" not in answer.text  # two people agreed on it: it is not the operator's to undo


async def test_a_swap_that_is_declined_changes_nothing(browser, swap, database):
    form = {"answer": "declined", "week": "2026-01-12"}
    answer = await browser.post(f"{ROTA}/swaps/{swap}", data=form, follow_redirects=True)

    assert "Échanges demandés" not in answer.text
    with database.read() as connection:
        assert overrides.kept(connection, MOREAU) == ()


async def test_a_swap_is_answered_once(browser, swap):
    form = {"answer": "accepted", "week": "2026-01-12"}
    await browser.post(f"{ROTA}/swaps/{swap}", data=form)
    answer = await browser.post(f"{ROTA}/swaps/{swap}", data=form, follow_redirects=True)

    assert "a déjà été traité" in answer.text


async def test_a_swap_is_asked_from_the_chosen_shift(browser, clock):
    text = await page(browser, bar(await page(browser, ROTA), "du jeudi 15 janvier"))
    form = fields(text, asked="lea")
    form |= {"back_start": "2026-01-16T18:00", "back_end": "2026-01-17T08:00"}

    answer = await browser.post(f"{ROTA}/swaps", data=form, follow_redirects=True)

    assert "Karim Haddad demande à Léa Fontaine" in answer.text
    assert "En échange : du vendredi 16 janvier à 18" in answer.text
    clock.advance(timedelta(days=1).total_seconds())
    assert "Échanges demandés" not in await page(browser, ROTA)
