import csv
import io
import re
from datetime import timedelta

import pytest

from tests.web.team import with_team
from voicebot.oncall.alert import AlertChange, By, Happening
from voicebot.store import alert_changes
from voicebot.store.entry import CallStart, Entry

MOREAU = "plomberie-moreau"
MARCH = timedelta(days=60)


@pytest.fixture
def clients(clients):
    return {**clients, MOREAU: with_team(clients[MOREAU])}


@pytest.fixture
def worked(journal, database, clock):
    """An alert that Léa took and worked on for an hour, 14 January at night."""
    now = clock.now()
    data = {"urgency": "urgent", "rule": "fuite", "because": "", "fields": {}}
    journal.open(CallStart("c1", MOREAU, None, None, now), [Entry("alert", now, data)])
    with database.write() as connection:
        for minutes, kind, more in (
            (1, Happening.RING_ENDED, {"outcome": "accepted"}),
            (20, Happening.STARTED, {}),
            (80, Happening.ENDED, {}),
        ):
            at = now + timedelta(minutes=minutes)
            alert_changes.note(connection, 1, AlertChange(kind, at, By.LINK, "lea", more))


async def words(browser, path):
    answer = await browser.get(path)
    assert answer.status_code == 200, answer.text
    text = re.sub("<[^>]+>", " ", answer.text.partition("<main")[2])
    return " ".join(text.replace("\xa0", " ").replace("&#39;", "'").split())


async def rows(browser, path):
    answer = await browser.get(path)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["content-disposition"]
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


async def test_the_month_that_is_over_is_shown_first(browser, clock):
    clock.advance(MARCH.total_seconds())
    text = await words(browser, f"/statements/{MOREAU}")

    assert "Relevés d'astreinte · Février 2026" in text
    assert "mois en cours" not in text


async def test_hours_rings_and_interventions(browser, clock, worked):
    clock.advance(MARCH.total_seconds())
    text = await words(browser, f"/statements/{MOREAU}?month=2026-01")

    lea = text[text.index("Léa Fontaine") :]
    assert "Astreinte 182 h 00" in lea  # the even nights from the 6th to the 30th: 13 of 14 h
    assert "Interventions 1 h 00" in lea
    assert "Appels reçus 1, dont 1 accepté" in lea
    assert "Du mercredi 14 janvier à 23 h 50 au jeudi 15 janvier à 0 h 50" in lea
    assert "Mercredi 14 janvier à 23 h 31 : par téléphone, a accepté" in lea


async def test_a_month_that_goes_on_says_so(browser):
    text = await words(browser, f"/statements/{MOREAU}?month=2026-01")

    assert "mois en cours, compté jusqu'au mercredi 14 janvier à 23 h 30" in text


async def test_the_csv_of_the_days(browser, clock, worked):
    clock.advance(MARCH.total_seconds())
    found = await rows(browser, f"/statements/{MOREAU}/2026-01.csv")

    total = next(r for r in found if r["jour"] == "total" and r["technicien"] == "Léa Fontaine")
    assert (total["heures_astreinte"], total["heures_intervention"]) == ("182,00", "1,00")


async def test_the_csv_of_the_facts(browser, clock, worked):
    clock.advance(MARCH.total_seconds())
    found = await rows(browser, f"/statements/{MOREAU}/2026-01-faits.csv")

    kinds = [row["quoi"] for row in found if row["technicien"] == "Léa Fontaine"]
    assert kinds.count("sollicitation") == kinds.count("intervention") == 1
    (work,) = [row for row in found if row["quoi"] == "intervention"]
    assert work["debut"] == "2026-01-14T23:50:00+01:00"


async def test_a_month_of_nobody(browser):
    assert "Personne n'a été d'astreinte" in await words(browser, "/statements/cabinet-durand")


@pytest.mark.parametrize("month", ["2026-13", "janvier", "0001-01", "2026-1", "٢٠٢٦-٠١"])
async def test_a_month_that_cannot_be(browser, month):
    assert (await browser.get(f"/statements/{MOREAU}?month={month}")).status_code == 400
    assert (await browser.get(f"/statements/{MOREAU}/{month}.csv")).status_code == 400
