"""Somebody with an account of one client tries to reach what is another client's."""

import re

import pytest

from tests.web.accounts import ADDRESS, browsing, signed_in
from tests.web.test_gate import asked
from voicebot.accounts.account import Place
from voicebot.accounts.role import Role
from voicebot.store import invitations, users

DURAND = frozenset({"cabinet-durand"})
MOREAU = "plomberie-moreau"
HIS = {"call_id": "c1", "alert_id": "1", "letter_id": "1", "name": MOREAU, "client": MOREAU}
"""Something of the other client's, by what an address calls it."""


@pytest.fixture
async def operator(app, database, clock):
    place = Place(Role.OPERATOR, DURAND)
    async with browsing(app, signed_in(database, clock.now(), "olga", "Olga", place)) as asking:
        yield asking


def about_him(app):
    """Every route about something of a client's, with what is the other client's put in."""
    for path, method in asked(app):
        named = set(re.findall(r"{(\w+)}", path))
        if named & HIS.keys() and "secret" not in named:
            yield method, re.sub(r"{(\w+)}", lambda part: HIS.get(part[1], "1"), path)


async def test_no_address_gives_what_is_another_clients(app, operator, urgent_call):
    tried = list(about_him(app))
    assert len(tried) > 25
    for method, address in tried:
        answer = await operator.request(method, address, data={"text": "x"})
        assert answer.status_code == 404, (method, address)


NUMBERS = ["1.0", "+1", "%201", "1%20", "01", "1_0", "0x1", "1e0", "%D9%A1", "1%00", "-1"]


@pytest.mark.parametrize("number", NUMBERS)
async def test_a_number_is_another_clients_however_it_is_written(
    operator, urgent_call, database, number
):
    for method, address in (("GET", "/alerts/{}"), ("POST", "/alerts/{}/close")):
        answer = await operator.request(method, address.format(number))
        assert answer.status_code == 404, (method, address)
    with database.read() as connection:
        state = connection.exec_driver_sql("SELECT state FROM alerts WHERE id = 1").scalar()
    assert state == "triggered"


@pytest.mark.parametrize("name", ["%00", "c1%00", "%0a", "x" * 300, "%F0%9F%98%80"])
async def test_a_name_that_nothing_has(operator, browser, name):
    for asking in (operator, browser):
        for path in (f"/calls/{name}", f"/rota/{name}", f"/recordings/{name}.wav"):
            assert (await asking.get(path)).status_code == 404, path


async def test_lists_and_searches_stay_among_ones_own(operator, urgent_call):
    for path in (f"/calls?client={MOREAU}", "/calls?words=eau", "/calls?number=0612345678"):
        assert "/calls/c1" not in (await operator.get(path)).text
    for path in (f"/alerts?client={MOREAU}&all=1", "/alerts?all=1"):
        assert "/alerts/1" not in (await operator.get(path)).text
    assert (await operator.get(f"/api/calls?client={MOREAU}")).json()["total"] == 0
    assert (await operator.get("/console?call=c1")).status_code == 404
    assert (await operator.get("/flows/cabinet-durand?call=c1")).status_code == 404


ELSEWHERE = [
    "/recordings/..%2f..%2fvoicebot.wav",
    "/recordings/%2e%2e/secret.wav",
    "/recordings/..%5c..%5csecret.wav",
    "/recordings/c1.wav%00.wav",
    "/recordings/%2fetc%2fpasswd.wav",
    "/recordings/secret.wav",
    "/static/..%2f..%2f..%2fsettings.py",
    "/static/%2e%2e/app.py",
]


@pytest.mark.parametrize("path", ELSEWHERE)
async def test_no_name_leads_out_of_the_folder(browser, urgent_call, tmp_path, path):
    (tmp_path / "secret.wav").write_bytes(b"RIFF")
    (tmp_path / "recordings" / "secret.wav").write_bytes(b"RIFF")  # of no call in the store
    assert (await browser.get(path)).status_code == 404


async def test_a_recording_is_for_who_may_hear(app, database, clock, urgent_call, stranger):
    place = Place(Role.TECHNICIAN, frozenset({MOREAU}), "karim")
    async with browsing(app, signed_in(database, clock.now(), "karim", "K", place)) as his:
        assert (await his.get("/recordings/c1.wav")).status_code == 403
    for method in ("GET", "HEAD"):
        answer = await stranger.request(method, "/recordings/c1.wav")
        assert answer.status_code in (303, 405)
        assert b"RIFF" not in answer.content


async def test_what_is_not_a_client_of_ours_opens_no_door(app, database, clock):
    """A form that names a client that one does not answer for."""
    place = Place(Role.OPERATOR, DURAND)
    async with browsing(app, signed_in(database, clock.now(), "olga", "O", place)) as asking:
        form = {"week": "2026-01-12", "rota": "r", "start": "x", "end": "y", "add": "karim"}
        for path in (f"/rota/{MOREAU}/overrides", f"/rota/{MOREAU}/swaps"):
            assert (await asking.post(path, data=form)).status_code == 404


async def test_another_password_closes_the_links_that_were_given(app, stranger, database, clock):
    some = signed_in(database, clock.now(), "claire", "Claire", Place(Role.OPERATOR))
    with database.write() as connection:
        token = invitations.make(connection, some.id, clock.now())
        users.set_password(connection, some.id, "…", clock.now())
    assert (await stranger.get(f"/welcome/{token}")).status_code == 410
    with database.write() as connection:
        token = invitations.make(connection, some.id, clock.now())
        users.add(connection, "nadia", "Nadia", Place(Role.ADMINISTRATOR), clock.now())
        users.disable(connection, some.id, clock.now())
        users.enable(connection, some.id)
    assert (await stranger.get(f"/welcome/{token}")).status_code == 410


async def test_no_header_is_made_of_what_was_typed(browser, stranger):
    line = "%0d%0aSet-Cookie:%20a=b"
    for path in (f"/login?next=/{line}", f"/calls?words={line}", f"/users?done={line}"):
        for asking in (browser, stranger):
            answer = await asking.get(path)
            assert "a=b" not in str(answer.headers.get_list("set-cookie"))
            assert "\n" not in answer.headers.get("location", "")


async def test_a_forged_form_from_elsewhere_is_refused_before_anything(browser):
    for origin in ("https://evil.example", "null", ADDRESS.replace("8080", "8081")):
        answer = await browser.post("/account/sessions/end", headers={"Origin": origin})
        assert answer.status_code == 403, origin
