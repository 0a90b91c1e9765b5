import asyncio
import html
import json
import re
from datetime import timedelta

import pytest

from tests.web.accounts import browsing, signed_in, who
from tests.web.conftest import NOW, urgent
from tests.web.team import with_team
from voicebot.accounts.account import Place
from voicebot.accounts.role import Role
from voicebot.delivery.letter import Letter
from voicebot.handoff.ongoing import Ongoing
from voicebot.handoff.pool import Operators
from voicebot.oncall.alert import AlertChange, AlertState, By, Happening
from voicebot.store import alert_changes, alerts, dead_letters, outbox
from voicebot.store.archive import Archive
from voicebot.store.entry import CallStart, Entry
from voicebot.store.outbox_tables import outbox as outbox_table
from voicebot.web.alerts_view import List, Whole
from voicebot.web.parts import Parts
from voicebot.web.watching import regions

MOREAU = "plomberie-moreau"


@pytest.fixture
def clients(clients):
    return {**clients, MOREAU: with_team(clients[MOREAU])}


@pytest.fixture
def alert(journal):
    """The number of an alert of which nobody has been told yet; it was 22:30 in Paris."""
    journal.open(CallStart("c1", MOREAU, "+33612345678", None, NOW), [])
    entries = [
        Entry("alert", e.at, {**e.data, "joins_within_s": 1800}) if e.kind == "alert" else e
        for e in urgent(NOW)
    ]
    journal.write("c1", entries)
    return 1


@pytest.fixture
def parts(clients, switchboard, live, database, tmp_path, clock):
    board = Operators(live, clock), Ongoing()
    return Parts(clients, switchboard, live, Archive(database), tmp_path, clock, database, *board)


@pytest.fixture
def note(database, alert):
    def noted(kind, seconds, who="", by=By.WORKER, **data):
        change = AlertChange(kind, NOW + timedelta(seconds=seconds), by, who, data)
        with database.write() as connection:
            alert_changes.note(connection, alert, change)

    return noted


@pytest.fixture
def failed(database, alert):
    """The number of an SMS that could not be sent."""
    letter = Letter("sms", "+33639981001", "texte", "k", MOREAU, NOW, alert_id=alert,
                    technician="karim")  # fmt: skip
    with database.write() as connection:
        number = outbox.post(connection, letter)
        dead = {"state": "failed", "failed_at": NOW, "attempts": 4, "code": "http 503"}
        connection.execute(outbox_table.update().values(dead))
    return number


async def page(browser, path, status=200):
    answer = await browser.get(path)
    assert answer.status_code == status, answer.text
    return html.unescape(answer.text)


def lines(text):
    """The time line: what is written, without its tags."""
    items = re.findall(r'<li class="line.*?</li>', text, re.S)
    return [
        " ".join(html.unescape(re.sub("<[^>]+>", " ", item)).replace("\xa0", " ").split())
        for item in items
    ]


def state(database, number):
    with database.read() as connection:
        return alerts.find(connection, number)


async def test_nobody_has_taken_it_and_somebody_is_rung(browser, note, alert):
    note(Happening.RUNG, 11, "karim", name="Karim Haddad", key="k1")
    note(Happening.RING_ENDED, 36, "karim", name="Karim Haddad", key="k1", outcome="no_answer")
    note(Happening.RUNG, 131, "lea", name="Léa Fontaine", key="k2")
    text = await page(browser, f"/alerts/{alert}")

    assert "Personne ne l'a encore prise en charge" in text
    assert lines(text) == [
        "22:30:09 Alerte déclenchée Urgent · règle moreau.fuite l'appel",
        "22:30:11 Appel à Karim Haddad : sans réponse (25 s)",
        "22:32:11 Appel à Léa Fontaine : ça sonne…",
    ]
    for seen in ('href="/calls/c1"', "Hélène Noël", 'href="tel:+33612345678"'):
        assert seen in text


@pytest.mark.parametrize(
    ("kind", "by", "who", "data", "line"),
    [
        (Happening.JOINED, By.CALL, "", {"call_id": "c2"}, "Un autre appel pour la même affaire"),
        (Happening.WORSENED, By.CALL, "", {"urgency": "vital"}, "L'affaire s'aggrave Danger vital"),
        (Happening.NOBODY, By.WORKER, "", {"step": 1}, "Personne à joindre à cette étape étape 2"),
        (Happening.PROCEDURE, By.WORKER, "", {}, "la procédure d'urgence du client commence"),
        (Happening.EXHAUSTED, By.WORKER, "", {}, "quelqu'un doit s'en occuper maintenant"),
        (Happening.DECLINED, By.LINK, "lea", {}, "Léa Fontaine ne peut pas venir par le lien reçu"),
        (Happening.ARRIVING, By.LINK, "lea", {"at": "2026-01-14T22:10:00+00:00"}, "vers 23 h 10"),
        (Happening.ARRIVING, By.LINK, "lea", {"at": "bientôt"}, "Léa Fontaine annonce son arrivée"),
        (Happening.ACKNOWLEDGED, By.RING, "lea", {}, "par Léa Fontaine par téléphone"),
        (Happening.CLOSED, By.PAGE, "Nadia", {}, "Close par Nadia depuis cette console"),
        (Happening.RING_ENDED, By.WORKER, "lea", {"outcome": "declined"}, "Fontaine : a refusé"),
    ],
)
async def test_every_kind_of_line(browser, note, alert, kind, by, who, data, line):
    note(kind, 60, who, by, **data)

    assert line in lines(await page(browser, f"/alerts/{alert}"))[1]


async def test_a_ring_that_the_exchange_refused_is_one_line(browser, note, alert):
    for seconds in (11, 12):
        note(Happening.RUNG, seconds, "karim", name="Karim", key="k1")
    note(Happening.RING_ENDED, 30, "karim", name="Karim", key="k1", outcome="busy")

    assert lines(await page(browser, f"/alerts/{alert}"))[1:] == [
        "22:30:11 Appel à Karim : occupé (19 s)"
    ]


async def test_letters_stand_in_the_time_line_with_their_state(browser, alert, failed):
    text = await page(browser, f"/alerts/{alert}")

    assert "SMS à Karim Haddad échec de l'envoi (http 503), 4 essais" in lines(text)[0]


async def test_an_operator_takes_it_and_closes_it(browser, database, alert, clock):
    answer = await browser.post(f"/alerts/{alert}/acknowledge", follow_redirects=True)
    assert "Prise en charge par Nadia" in answer.text
    taken = state(database, alert)
    assert (taken.state, taken.acknowledged_by) == (AlertState.ACKNOWLEDGED, "Nadia")

    answer = await browser.post(f"/alerts/{alert}/close", follow_redirects=True)
    assert state(database, alert).state == AlertState.CLOSED
    assert "Clore l'alerte" not in html.unescape(answer.text)


async def test_two_take_it_and_one_is_told_that_it_was_taken(browser, app, database, alert, clock):
    await browser.post(f"/alerts/{alert}/acknowledge")
    omar = signed_in(database, clock.now(), "omar", "Omar", Place(Role.OPERATOR))
    async with browsing(app, omar) as other:
        answer = await other.post(f"/alerts/{alert}/acknowledge", follow_redirects=True)

    assert "déjà prise en charge" in answer.text
    assert state(database, alert).acknowledged_by == "Nadia"


async def test_what_the_caller_said_is_only_text(browser, alert):
    raw = (await browser.get(f"/alerts/{alert}")).text

    assert "&lt;b&gt;de l&#39;eau" in raw
    assert "<b>" not in raw


@pytest.mark.parametrize("what", ["acknowledge", "close"])
async def test_a_form_without_its_token_and_no_such_alert(browser, database, alert, what):
    no_token = {"X-CSRF-Token": ""}
    browser.auth.headers = no_token
    assert (await browser.post(f"/alerts/{alert}/{what}")).status_code == 403
    browser.auth.headers = {}
    assert (await browser.post(f"/alerts/9/{what}")).status_code == 404
    assert state(database, alert).state == AlertState.TRIGGERED


async def test_an_intervention_is_written_down(browser, alert, database):
    form = {"technician": "lea", "what": "started", "at": "2026-01-14T22:50"}
    await browser.post(f"/alerts/{alert}/intervention", data=form)
    form |= {"what": "ended", "at": "2026-01-14T23:20"}
    text = (
        await browser.post(f"/alerts/{alert}/intervention", data=form, follow_redirects=True)
    ).text

    assert lines(text)[1:] == [
        "22:50:00 Début de l'intervention de Léa Fontaine noté par Nadia",
        "23:20:00 Fin de l'intervention de Léa Fontaine noté par Nadia",
    ]


@pytest.mark.parametrize(
    "wrong",
    [{"at": "2026-01-15T22:50"}, {"at": "hier"}, {"technician": "nobody"}, {"technician": ""}],
)
async def test_an_intervention_that_cannot_be(browser, alert, wrong, database):
    form = {"technician": "lea", "what": "started", "at": "2026-01-14T22:50", **wrong}
    answer = await browser.post(f"/alerts/{alert}/intervention", data=form, follow_redirects=True)

    assert 'role="alert"' in answer.text
    assert len(lines(answer.text)) == 1


async def test_the_list_of_open_alerts(browser, alert):
    text = await page(browser, "/alerts")
    assert "1 ouverte, dont 1 en attente de quelqu'un" in text
    assert "<title>(1) Alertes" in text
    assert f'href="/alerts/{alert}"' in text

    await browser.post(f"/alerts/{alert}/close")
    assert "Aucune alerte ouverte" in await page(browser, "/alerts")
    assert f'href="/alerts/{alert}"' in await page(browser, "/alerts?all=true")
    assert "Aucune alerte" in await page(browser, "/alerts?all=true&client=cabinet-durand")


async def test_a_letter_that_nobody_needs_any_more_did_not_fail(browser, alert, database):
    letter = Letter(
        "sms", "+33639981001", "texte", "k", MOREAU, NOW, alert_id=alert, technician="karim",
        asks=True,
    )  # fmt: skip
    with database.write() as connection:
        outbox.post(connection, letter)
        alerts.acknowledge(connection, alert, who="lea", by=By.RING, at=NOW)
        outbox.claim(connection, ["sms"], "us", NOW)
    page = (await browser.get(f"/alerts/{alert}")).text

    assert "retiré : quelqu&#39;un s&#39;en était déjà chargé" in page
    assert "échec de l&#39;envoi" not in page


async def test_letters_that_did_not_arrive_alarm_until_somebody_knows(browser, failed, database):
    assert "1 message n'a pas pu être remis" in await page(browser, "/alerts")

    await browser.post(f"/letters/{failed}/dismiss")
    assert "pas pu être remis" not in await page(browser, "/alerts")


async def test_a_letter_is_tried_again(browser, failed, database):
    await browser.post(f"/letters/{failed}/retry")

    with database.read() as connection:
        (posted,) = dead_letters.listed(connection)
    assert posted.standing.state == "pending"
    assert (await browser.post("/letters/99/retry")).status_code == 404


async def test_the_page_is_sent_what_changes_and_only_that(parts, alert, note, database, clock):
    told = regions(Whole(parts, alert, who(database, clock.now())).regions, every_s=0.01)
    first = json.loads((await asyncio.wait_for(anext(told), 10))[6:])
    note(Happening.RUNG, 11, "karim", name="Karim Haddad", key="k1")
    second = json.loads((await asyncio.wait_for(anext(told), 10))[6:])
    await told.aclose()

    assert set(first) == {"state", "actions", "lines"}
    assert set(second) == {"lines"}
    assert "Appel à Karim Haddad" in second["lines"]


async def test_the_list_is_sent_a_new_alert(parts, alert, database, clock):
    told = regions(List(parts, who(database, clock.now()), "", False).regions, every_s=0.01)
    first = json.loads((await asyncio.wait_for(anext(told), 10))[6:])
    with database.write() as connection:
        alerts.acknowledge(connection, alert, who="Nadia", by=By.PAGE, at=NOW)
    second = json.loads((await asyncio.wait_for(anext(told), 10))[6:])
    await told.aclose()

    assert first["title"] == "(1) Alertes · voicebot"
    assert second["title"] == "Alertes · voicebot"
    assert "Prise en charge par Nadia" in second["alerts"]


async def test_what_is_watched_beats_when_nothing_happens(monkeypatch):
    monkeypatch.setattr("voicebot.web.watching.BEAT_S", 0.02)
    told = regions(lambda: {"title": "x"}, every_s=0.01)

    assert json.loads((await anext(told))[6:]) == {"title": "x"}
    assert await anext(told) == ": beat\n\n"
    await told.aclose()


async def test_an_alert_that_nobody_raised(browser):
    await page(browser, "/alerts/7", 404)
    assert (await browser.get("/api/alerts/7/events")).status_code == 404
    await page(browser, "/alerts/x", 404)


async def test_the_call_leads_to_its_alert(browser, alert):
    assert f'href="/alerts/{alert}"' in await page(browser, "/calls/c1")
