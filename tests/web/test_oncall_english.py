"""The pages of the people on call, in English: by account, by cookie, by a technician's contact."""

import asyncio
import html
import json
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.web.accounts import browsing, signed_in
from tests.web.conftest import NOW
from tests.web.team import PARIS, TECHNICIANS, at, on_call, with_team
from voicebot.accounts.account import Place
from voicebot.accounts.role import Role
from voicebot.delivery.letter import Letter
from voicebot.oncall.alert import AlertChange, By, Happening
from voicebot.oncall.holiday import holiday_name
from voicebot.oncall.override import Override, OverrideKind
from voicebot.store import alert_changes, alerts, links, outbox, overrides, users
from voicebot.store.outbox_tables import outbox as outbox_table
from voicebot.web import oncall_times, tongue
from voicebot.web.session import NAME

MOREAU = "plomberie-moreau"
TONIGHT = at("2026-01-14 18:00"), at("2026-01-15 08:00")


@pytest.fixture
def clients(clients):
    people = {**TECHNICIANS, "lea": replace(TECHNICIANS["lea"], language="en")}
    return {**clients, MOREAU: with_team(clients[MOREAU], replace(on_call(), technicians=people))}


@pytest.fixture
def english(browser, nadia, database):
    """Nadia's browser; her account speaks English."""
    with database.write() as connection:
        users.set_language(connection, nadia.id, "en")
    return browser


@pytest.fixture
def spoken():
    """The language of this test itself, for what is asked without a request."""
    tongue.speak("en")
    yield
    tongue.speak(tongue.SOURCE)


@pytest.fixture
def change(database):
    """Somebody's override of tonight."""

    def made(kind, add=None, remove="lea", span=TONIGHT):
        override = Override("nuit", OverrideKind(kind), *span, add, remove)
        with database.write() as connection:
            overrides.add(connection, MOREAU, override, by="Nadia", at=NOW)

    return made


async def words(browser, path):
    """What a page says, without its tags."""
    answer = await browser.get(path)
    assert answer.status_code == 200, answer.text
    assert '<html lang="en">' in answer.text
    main = re.sub("<[^>]+>", " ", re.split("</?main[^>]*>", answer.text)[1])
    return " ".join(html.unescape(main).replace("\xa0", " ").split())


async def test_who_is_on_call(english, change):
    text = await words(english, "/oncall")
    assert "Who is on call now" in text
    assert "Level 1 Léa Fontaine 06 39 98 10 02 until 08:00 tomorrow , then Karim Haddad" in text
    assert "number not verified" in text
    assert "No on-call rota: Cabinet de Maître Durand, Hôtel du Lagon." in text

    change("remove")
    text = await words(english, "/oncall")
    assert "Nobody is on call, and the company is closed. Next shift: 18:00 tomorrow." in text


async def test_a_week_and_a_change_of_it(english, change):
    change("replace", "karim")
    text = await words(english, f"/rota/{MOREAU}")
    for told in (
        "Week of 12 to 18 January 2026, Paris time",
        "Karim Haddad stands in for Léa Fontaine from Wednesday 14 January at 18:00 to Thursday "
        "15 January at 08:00 by Nadia, 22:30 today",
        "Wednesday 14 January Karim Haddad level 1 18:00 → Thu 08:00 ⇄ standing in for Léa",
    ):
        assert told in text
    key = f"1_{int(TONIGHT[0].timestamp())}_{int(TONIGHT[1].timestamp())}_karim"
    text = await words(english, f"/rota/{MOREAU}?week=2026-01-12&rota=nuit&shift={key}")
    assert "Who stands in for Karim Haddad?" in text
    text = await words(english, f"/rota/{MOREAU}?refused=hours")
    assert "Those hours will not do: the end must come after the start." in text


async def test_what_the_linter_finds(english, change):
    start = at("2026-01-16 18:00")
    change("remove", span=(start, start + timedelta(hours=2)))
    text = await words(english, f"/rota/{MOREAU}")
    assert "Hours with nobody on call, from Friday 16 January at 18:00" in text
    assert (
        "Rota ‘Nuits’: nobody is on call on Friday 16 January from 18:00 to 20:00. Add a stand-in "
        "or a slot, or say under ‘covers’"
    ) in text
    assert "Karim Haddad has no verified number. Send a code with: voicebot rota verify" in text


async def test_who_was_told_too_late(english, change):
    start = at("2026-01-16 18:00")
    change("replace", "karim", span=(start, start + timedelta(hours=2)))
    text = await words(english, f"/rota/{MOREAU}")
    assert (
        "Karim Haddad was told on Wednesday 14 January 2026 about Friday 16 January 2026, less "
        "than 15 days before (change no. 1)."
    ) in text


async def test_the_statements(english):
    text = await words(english, f"/statements/{MOREAU}?month=2026-01")
    assert "On-call statements · January 2026" in text
    assert "month in progress, counted up to Wednesday 14 January at 23:30" in text
    assert "December 2025" in text


async def test_holidays_of_a_month_and_of_a_week(english, clock):
    clock.advance(timedelta(days=120).total_seconds())
    assert "Monday 6 April Easter Monday" in await words(
        english, f"/statements/{MOREAU}?month=2026-04"
    )
    assert "Thursday 14 May Ascension Day" in await words(english, f"/rota/{MOREAU}")


async def test_the_calendars(english):
    text = await words(english, f"/rota/{MOREAU}/feeds")
    assert "The whole team at Plomberie Moreau" in text
    assert "Add to my calendar : Karim Haddad" in text


@pytest.fixture
def told(database, urgent_call):
    """An alert with all that may happen to it."""
    letter = Letter("sms", "+33639981001", "texte", "k", MOREAU, NOW, alert_id=1,
                    technician="karim")  # fmt: skip
    rung = {"name": "Karim Haddad", "key": "k1", "step": 0}
    with database.write() as connection:
        for seconds, kind, data in (
            (11, Happening.RUNG, rung),
            (36, Happening.RING_ENDED, {**rung, "outcome": "no_answer"}),
            (40, Happening.PROCEDURE, {}),
            (50, Happening.DECLINED, {}),
        ):
            line = AlertChange(kind, NOW + timedelta(seconds=seconds), By.LINK, "karim", data)
            alert_changes.note(connection, 1, line)
        outbox.post(connection, letter)
        dead = {"state": "failed", "failed_at": NOW, "attempts": 4, "code": "http 503"}
        connection.execute(outbox_table.update().values(dead))


async def test_an_alert(english, told):
    text = await words(english, "/alerts/1")
    for line in (
        "Alert 1, Wednesday 14 January at 22:30",
        "Nobody has taken it yet",
        "22:30:09 Alert raised Urgent · rule moreau.fuite",
        "22:30:11 Call to Karim Haddad: no answer (25 s) step 1",
        "Nobody answered: the client's emergency procedure begins",
        "Karim Haddad cannot come through the link in the message",
        "Text message to Karim Haddad could not be sent (http 503), 4 attempts",
    ):
        assert line in text


async def test_the_alerts_that_are_open_and_the_letters_that_did_not_arrive(english, told):
    text = await words(english, "/alerts")
    assert "1 open, 1 waiting for somebody" in text
    assert "1 message could not be delivered" in text
    assert "22:30 today" in text


@pytest.mark.parametrize(
    ("path", "region", "said"),
    [
        ("/api/alerts/1/events", "state", "Nobody has taken it yet"),
        ("/api/alerts/events", "title", "(1) Alerts · voicebot"),
    ],
)
async def test_what_is_sent_again_speaks_the_same_language(english, app, nadia, told, path, region,
                                                           said):  # fmt: skip
    assert said in (await first_event(app, path, nadia))[region]


async def first_event(app, path, some):
    """The first thing that a stream sends; it is left then."""
    sent = asyncio.Queue()
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": b"",
        "headers": [(b"host", b"localhost"), (b"cookie", f"{NAME}={some.token}".encode())],
        "client": ("127.0.0.1", 123),
        "scheme": "http",
    }
    answering = asyncio.create_task(app(scope, asyncio.Event().wait, sent.put))
    while not (body := (await asyncio.wait_for(sent.get(), 60)).get("body", b"")):
        pass
    answering.cancel()
    return json.loads(body.removeprefix(b"data: "))


async def test_the_page_that_rings_by_the_cookie_alone(stranger):
    stranger.cookies.set("language", "en")
    answer = await stranger.get("/")
    assert "Who would you like to call?" in answer.text
    assert 'aria-label="hash"' in answer.text
    script_words = json.loads(re.search(r'id="words">(.*?)</script>', answer.text).group(1))
    assert script_words["Appel terminé"] == "Call ended"


def link(database, who="lea"):
    with database.write() as connection:
        return "/l/" + links.make(connection, MOREAU, who, 1, NOW + timedelta(hours=1))


async def test_a_link_speaks_the_language_of_its_technician_whatever_the_browser_s(
    stranger, database, told
):
    assert "Hello Léa Fontaine" in await words(stranger, link(database))
    assert "Call received at 22:30" in await words(stranger, link(database))
    stranger.cookies.set("language", "en")
    page = await stranger.get(link(database, "karim"))
    assert '<html lang="fr">' in page.text
    assert "Bonjour Karim Haddad" in page.text


async def test_a_night_of_a_technician_who_reads_english(stranger, database, told):
    path = link(database)
    for deed, said in (
        ({"do": "take"}, "The job is yours."),
        ({"do": "arrive", "minutes": 45}, "You said you would be there tomorrow at 00:15."),
        ({"do": "start"}, "Work began at 23:30."),
        ({"do": "end"}, "Work ended at 23:30."),
        ({"do": "close"}, "The matter is closed. Thank you."),
    ):
        await stranger.post(path, data=deed)
        assert said in await words(stranger, path)
    with database.read() as connection:
        assert alerts.find(connection, 1).state == "closed"
    late = await stranger.get(path + "?refused=late")
    assert "Things have changed in the meantime." in late.text


async def test_a_link_that_opens_nothing_speaks_as_was_chosen_or_as_the_browser_does(stranger):
    english = {"Accept-Language": "en-GB,fr"}
    gone = await stranger.get("/l/nothing", headers=english)
    assert "This link does not exist." in gone.text
    stranger.cookies.set("language", "fr")
    gone = await stranger.get("/l/nothing", headers=english)
    assert "Ce lien n&#39;existe pas." in gone.text


async def test_a_technician_s_own_page_speaks_as_his_contact_says(app, database, clock, told):
    place = Place(Role.TECHNICIAN, frozenset({MOREAU}), "lea")
    lea = signed_in(database, clock.now(), "lea", "Léa Fontaine", place)
    async with browsing(app, lea) as browser:
        text = await words(browser, "/mine")
        assert "You are on call until 08:00 tomorrow." in text
        assert "From Friday 16 January at 18:00 to Saturday 17 January at 08:00" in text

        browser.cookies.set("language", "fr")
        assert "Mes astreintes" in (await browser.get("/mine")).text


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        (lambda: oncall_times.short_day(date(2026, 9, 1)), "Tue 1 Sept"),
        (lambda: oncall_times.long_day(date(2026, 3, 1)), "Sunday 1 March"),
        (lambda: oncall_times.brief_day(date(2026, 3, 1)), "1 Mar"),
        (lambda: oncall_times.month_name(date(2026, 8, 1)), "August 2026"),
        (lambda: oncall_times.hours(timedelta(hours=14, minutes=5)), "14 h 05 min"),
        (lambda: oncall_times.hours(timedelta(hours=70)), "70 h"),
        (lambda: oncall_times.hours(timedelta()), "–"),
        (lambda: oncall_times.span_of_days(date(2026, 11, 30)), "30 November to 6 December 2026"),
        (lambda: oncall_times.period(*TONIGHT, PARIS), "from Wednesday 14 January at 18:00 to "
         "Thursday 15 January at 08:00"),
        (lambda: oncall_times.bar_hours(TONIGHT[0], TONIGHT[1] + timedelta(days=2), PARIS),
         "Wed 18:00 → Sat 08:00"),
    ],
)  # fmt: skip
def test_days_and_times(spoken, told, shown):
    assert told().replace("\xa0", " ") == shown


@pytest.mark.parametrize(
    ("country", "day", "french", "english"),
    [
        ("FR", date(2026, 7, 14), "Fête nationale", "National Day"),
        ("FR", date(2026, 5, 1), "Fête du Travail", "Labour Day"),
        ("DE", date(2026, 5, 1), "Labour Day", "Labour Day"),
        ("FR", date(2026, 7, 15), None, None),
    ],
)
def test_holidays(country, day, french, english):
    assert holiday_name(country, None, day) == french
    assert holiday_name(country, None, day, "en") == english
