import re

import pytest
from icalendar import Calendar

from tests.web.team import at, with_team
from voicebot.errors import BadInput
from voicebot.oncall.override import Override, OverrideKind
from voicebot.store import overrides
from voicebot.web.feed_token import KEY_BYTES, opens, read_key, token

MOREAU = "plomberie-moreau"
NIGHT = at("2026-01-15 18:00"), at("2026-01-16 08:00")


@pytest.fixture
def clients(clients):
    return {**clients, MOREAU: with_team(clients[MOREAU])}


@pytest.fixture
async def addresses(browser):
    """The feeds' addresses, as their page gives them: the whole team, then each technician."""
    text = (await browser.get(f"/rota/{MOREAU}/feeds")).text
    return re.findall(r'value="http://127\.0\.0\.1:8080(/calendar/[^"]+)"', text)


def shifts(answer):
    return {
        (str(event["summary"]), event.start): event
        for event in Calendar.from_ical(answer.text).walk("VEVENT")
    }


async def test_the_page_gives_everybody_an_address_of_his_own(addresses):
    assert len(addresses) == len(set(addresses)) == 4
    assert f"/calendar/{MOREAU}/karim/" in addresses[1]


async def test_a_calendar_reads_the_whole_team(browser, addresses):
    answer = await browser.get(addresses[0])

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert ("Karim Haddad – Nuits", NIGHT[0]) in shifts(answer)


async def test_a_calendar_reads_one_technician_s_shifts_alone(browser, addresses):
    karim, lea = [shifts(await browser.get(one)) for one in addresses[1:3]]

    assert NIGHT[0] in {start for _, start in karim}
    assert not {start for _, start in karim} & {start for _, start in lea}
    assert {name for name, _ in karim} == {"Astreinte – Plomberie Moreau – Nuits"}


async def test_what_has_not_changed_is_not_sent_again(browser, addresses, clock, database):
    first = await browser.get(addresses[1])
    tag = first.headers["etag"]
    clock.advance(60)

    same = await browser.get(addresses[1], headers={"If-None-Match": f'"other", W/{tag}'})
    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", tag)

    change = Override("nuit", OverrideKind.REPLACE, *NIGHT, "lea", "karim")
    with database.write() as connection:
        overrides.add(connection, MOREAU, change, by="Nadia", at=clock.now())
    changed = await browser.get(addresses[1], headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert NIGHT[0] not in {start for _, start in shifts(changed)}


async def test_a_calendar_may_ask_for_the_head_alone(browser, addresses):
    answer = await browser.head(addresses[0])

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["etag"]


async def test_an_address_opens_what_it_was_given_for(browser, addresses):
    whole, karim, lea = (one.rpartition("/")[2] for one in addresses[:3])

    for wrong in (
        f"/calendar/{MOREAU}/{karim}",
        f"/calendar/{MOREAU}/karim/{whole}",
        f"/calendar/{MOREAU}/karim/{lea}",
        f"/calendar/cabinet-durand/{whole}",
        f"/calendar/{MOREAU}/x.ics",
        f"/calendar/{MOREAU}/é.ics",
        f"/calendar/nobody/{whole}",
        f"/calendar/{MOREAU}/nobody/{karim}",
    ):
        assert (await browser.get(wrong)).status_code == 404, wrong


async def test_who_has_left_the_team_reads_it_no_more(browser, addresses, clients):
    clients.pop(MOREAU)

    assert (await browser.get(addresses[1])).status_code == 404


def test_the_key_is_made_once_and_is_its_owner_s_alone(tmp_path):
    file = tmp_path / "feeds.key"
    key = read_key(file)

    assert read_key(file) == key
    assert file.stat().st_mode & 0o777 == 0o600
    file.write_bytes(b"short")
    with pytest.raises(BadInput, match="not a key"):
        read_key(file)


def test_tokens_of_two_keys_and_two_names_differ():
    keys = bytes(KEY_BYTES), bytes([1] * KEY_BYTES)
    names = ("a", ""), ("a", "b"), ("ab", ""), ("", "ab")
    tokens = {token(key, *name) for key in keys for name in names}

    assert len(tokens) == len(keys) * len(names)
    assert opens(keys[0], token(keys[0], "a", "b"), "a", "b")
    assert not opens(keys[1], token(keys[0], "a", "b"), "a", "b")
