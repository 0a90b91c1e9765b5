"""The technician's page: what it shows, what it does, and what opens nothing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert

from tests.web.conftest import NOW
from voicebot.oncall.alert import By
from voicebot.oncall.on_call import OnCall
from voicebot.oncall.technician import Technician
from voicebot.store import alert_changes, alerts, confirmations, links
from voicebot.store.rota_tables import confirmations as shifts
from voicebot.web.link import arrives

NBSP = "\N{NO-BREAK SPACE}"
MOREAU = "plomberie-moreau"
PARIS = ZoneInfo("Europe/Paris")
PEOPLE = {
    "karim": Technician("karim", "Karim Benali"),
    "lucie": Technician("lucie", "Lucie Petit"),
    "john": Technician("john", "John Smith", language="en"),
}


@pytest.fixture
def clients(clients):
    clients[MOREAU] = replace(clients[MOREAU], on_call=OnCall(PEOPLE, {}))
    return clients


@pytest.fixture
def phone(browser, database, clock, urgent_call):
    return Phone(browser, database, clock)


class Phone:
    """A technician's telephone."""

    def __init__(self, browser, database, clock):
        self.browser, self.database, self.clock = browser, database, clock

    def link(self, who="karim", alert_id=1):
        with self.database.write() as connection:
            return "/l/" + links.make(connection, MOREAU, who, alert_id, self.clock.now())

    async def open(self, link, status=200, **options):
        answer = await self.browser.get(link, **options)
        assert answer.status_code == status
        return answer.text

    async def press(self, link, do, expect="", **fields):
        """Presses a button; gives the page that comes then."""
        answer = await self.browser.post(link, data={"do": do, **fields})
        assert (answer.status_code, answer.headers["location"]) == (303, link + expect)
        return await self.open(answer.headers["location"])

    def alert(self):
        with self.database.read() as connection:
            return alerts.find(connection, 1)

    def lines(self):
        with self.database.read() as connection:
            found = alert_changes.read(connection, 1)
        return [(line.kind, line.who, line.by) for line in found if line.who]


async def test_the_page_says_what_it_is_about(phone):
    page = await phone.open(phone.link())
    for words in (
        "Bonjour Karim Benali",
        "Plomberie Moreau",
        "De l&#39;eau coule et ne s&#39;arrête pas.",
        f"Appel reçu à{NBSP}22{NBSP}h{NBSP}30",
        "Hélène Noël",
        'href="tel:+33612345678"',
        "Rappeler le 06 12 34 56 78".replace(" ", NBSP).replace(NBSP, " ", 2),
        f"valable jusqu'à demain à{NBSP}23",
    ):
        assert words in page
    assert "<b>de l'eau</b>" not in page


async def test_it_needs_no_script_and_leads_nowhere_else(phone):
    page = await phone.open(phone.link())
    assert "<script" not in page
    assert "style=" not in page
    assert 'href="/calls' not in page
    assert "noindex" in page


async def test_opening_it_changes_nothing(phone):
    link = phone.link()
    for _ in range(3):
        await phone.open(link)
        await phone.open(link + "?do=take")
    assert phone.alert().state == "triggered"
    assert phone.lines() == []


async def test_a_night(phone):
    """Taken, announced, begun, ended, closed: each dated, by him and by his link."""
    link = phone.link()
    page = await phone.press(link, "take")
    assert "L'intervention est à vous." in page
    alert = phone.alert()
    assert (alert.state, alert.acknowledged_by) == ("acknowledged", "karim")

    page = await phone.press(link, "arrive", minutes=30)
    assert f"Arrivée annoncée : demain à{NBSP}0{NBSP}h{NBSP}00." in page
    phone.clock.advance(1800)
    page = await phone.press(link, "start")
    assert "Intervention commencée" in page
    assert "clore" not in page
    phone.clock.advance(3600)
    page = await phone.press(link, "end")
    assert "Intervention terminée" in page
    page = await phone.press(link, "close")
    assert "L'affaire est close. Merci." in page
    assert phone.alert().state == "closed"
    assert phone.lines() == [
        (kind, "karim", By.LINK)
        for kind in ("acknowledged", "arriving", "started", "ended", "closed")
    ]


async def test_a_button_pressed_twice_does_it_once(phone):
    link = phone.link()
    for do in ("take", "start", "end"):
        await phone.press(link, do)
        await phone.press(link, do)
    assert [kind for kind, _, _ in phone.lines()] == ["acknowledged", "started", "ended"]


async def test_he_declines_and_may_think_again(phone):
    link = phone.link()
    page = await phone.press(link, "decline")
    assert "vous ne pouvez pas" in page
    await phone.press(link, "decline")
    assert phone.lines() == [("declined", "karim", By.LINK)]
    page = await phone.press(link, "take")
    assert "L'intervention est à vous." in page


async def test_two_technicians_press_at_once(phone):
    karim, lucie = phone.link("karim"), phone.link("lucie")
    await phone.press(karim, "take")
    page = await phone.press(lucie, "take", expect="?refused=late")
    assert "Entre-temps, la situation a changé." in page
    assert "Karim Benali s'en occupe. Vous n'avez rien à faire." in page
    for do in ("close", "start", "arrive"):
        await phone.press(lucie, do, expect="?refused=late", minutes=15)
    assert phone.alert().acknowledged_by == "karim"
    assert {who for _, who, _ in phone.lines()} == {"karim"}


async def test_nothing_can_be_done_to_what_is_closed(phone):
    link = phone.link()
    with phone.database.write() as connection:
        alerts.close(connection, 1, who="Anne", by=By.PAGE, at=phone.clock.now())
    assert "L'affaire est close." in await phone.press(link, "take", expect="?refused=late")


@pytest.mark.parametrize(
    ("at", "fields"), [("23:59", {"at": "25:61"}), ("x", {"at": "x"}), ("", {}), ("", {"at": ""})]
)
async def test_a_time_that_is_none(phone, at, fields):
    link = phone.link()
    await phone.press(link, "take")
    page = await phone.press(link, "arrive", expect="?refused=time", **fields)
    assert "Cette heure n&#39;a pas été comprise." in page
    assert len(phone.lines()) == 1


@pytest.mark.parametrize(
    ("now", "minutes", "at", "there"),
    [
        ("2026-01-14T21:30", 45, "", "2026-01-14T22:15"),
        ("2026-01-14T21:30", None, "23:15", "2026-01-14T22:15"),
        ("2026-01-14T22:30", None, "00:10", "2026-01-14T23:10"),
        ("2026-01-14T21:30", None, "22:30", None),  # that is now: tomorrow is too far
        ("2026-01-14T21:30", None, "14:00", None),
        # The night of 25 October has the hour from two to three twice.
        ("2026-10-25T00:40", None, "02:50", "2026-10-25T00:50"),
        ("2026-10-25T01:40", None, "02:50", "2026-10-25T01:50"),
        ("2026-10-25T00:40", None, "03:10", "2026-10-25T02:10"),
        ("2026-03-29T00:40", None, "03:10", "2026-03-29T01:10"),
    ],
)
def test_when_he_will_be_there(now, minutes, at, there):
    wanted = datetime.fromisoformat(there).replace(tzinfo=UTC) if there else None
    assert arrives(datetime.fromisoformat(now).replace(tzinfo=UTC), PARIS, minutes, at) == wanted


async def test_a_link_that_expired(phone):
    link = phone.link()
    phone.clock.advance(24 * 3600)
    page = await phone.open(link, 410)
    assert "Ce lien n&#39;est plus valable." in page
    assert "Plomberie" not in page
    answer = await phone.browser.post(link, data={"do": "take"})
    assert answer.status_code == 410
    assert phone.alert().state == "triggered"


@pytest.mark.parametrize("token", ["x", "A" * 22, "é", "%00", "x" * 5000, "'--"])
async def test_a_link_that_never_was(phone, token):
    assert "Ce lien n&#39;existe pas." in await phone.open(f"/l/{token}", 404)
    assert (await phone.browser.post(f"/l/{token}", data={"do": "take"})).status_code == 404


async def test_a_link_one_letter_off(phone):
    link = phone.link()
    await phone.open(link[:-1] + ("A" if link[-1] != "A" else "B"), 404)
    await phone.open(link + "A", 404)


async def test_who_guesses_is_slowed_down_and_who_has_a_link_is_not(phone):
    answers = [(await phone.browser.get(f"/l/{number}")).status_code for number in range(40)]
    assert answers[:30] == [404] * 30
    assert answers[30:] == [429] * 10
    await phone.open(phone.link())


async def test_a_link_does_not_do_things_without_end(phone):
    link = phone.link()
    codes = [
        (await phone.browser.post(link, data={"do": "decline"})).status_code for _ in range(25)
    ]
    assert codes == [303] * 20 + [429] * 5


async def test_a_technician_who_was_removed(phone, clients):
    link = phone.link()
    clients[MOREAU] = replace(clients[MOREAU], on_call=OnCall({"lucie": PEOPLE["lucie"]}, {}))
    assert "Vous ne faites plus partie de cette astreinte." in await phone.open(link, 410)
    assert (await phone.browser.post(link, data={"do": "take"})).status_code == 410


async def test_another_page_cannot_press_its_buttons(phone):
    link = phone.link()
    answer = await phone.browser.post(
        link, data={"do": "take"}, headers={"Origin": "https://evil.example"}
    )
    assert answer.status_code == 403
    assert phone.alert().state == "triggered"


@pytest.mark.parametrize("fields", [{}, {"do": "erase"}, {"do": "arrive", "minutes": "-5"}])
async def test_what_no_button_says(phone, fields):
    assert (await phone.browser.post(phone.link(), data=fields)).status_code == 422


async def test_in_english(phone):
    page = await phone.open(phone.link("john"))
    for words in ("Hello John Smith", "I'll take it", "Call received at 22:30", ">Name<"):
        assert words in page
    gone = await phone.open("/l/nothing", 404, headers={"Accept-Language": "en-GB,fr"})
    assert "This link does not exist." in gone


@pytest.fixture
def shift(database, urgent_call):
    """Karim was asked to say that he is there."""
    begins = NOW + timedelta(hours=2)
    row = {
        "client": MOREAU,
        "rota": "nuit",
        "technician": "karim",
        "shift_start": begins,
        "shift_end": begins + timedelta(hours=10),
        "asked_at": NOW,
    }
    with database.write() as connection:
        connection.execute(insert(shifts), row)
    return begins


async def test_the_start_of_a_shift_is_confirmed(phone, shift):
    link = phone.link(alert_id=None)
    page = await phone.open(link)
    assert f"Votre astreinte commence demain à{NBSP}0{NBSP}h{NBSP}30." in page
    with phone.database.read() as connection:
        (kept,) = confirmations.known(connection, MOREAU, NOW).values()
    assert kept.confirmed_at is None

    page = await phone.press(link, "present")
    assert "Prise de poste confirmée. Bonne astreinte !" in page
    with phone.database.read() as connection:
        (kept,) = confirmations.known(connection, MOREAU, NOW).values()
    assert kept.confirmed_at == phone.clock.now()
    await phone.press(link, "present", expect="?refused=late")


async def test_late_counts_too(phone, shift):
    link = phone.link(alert_id=None)
    phone.clock.advance(3 * 3600)
    assert f"Votre astreinte a commencé à{NBSP}0" in await phone.open(link)
    assert "Prise de poste confirmée." in await phone.press(link, "present")


async def test_a_link_of_a_shift_takes_no_alert(phone, shift):
    await phone.press(phone.link(alert_id=None), "take", expect="?refused=late")
    assert phone.alert().state == "triggered"
    await phone.press(phone.link(), "present", expect="?refused=late")


async def test_nobody_asked(phone):
    page = await phone.open(phone.link("lucie", alert_id=None))
    assert "Aucune prise de poste n'est attendue" in page
