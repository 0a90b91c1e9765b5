import pytest

from voicebot.errors import StoreFull, VoicebotError
from voicebot.web.offer import e164

OFFER = {"sdp": "v=0 offer", "type": "offer", "client": "plomberie-moreau"}


async def test_a_call_is_put_through(browser, switchboard):
    answer = await browser.post("/api/offer", json={**OFFER, "caller_number": "06 12 34 56 78"})

    assert answer.json() == {"sdp": "v=0 answer", "type": "answer", "call_id": "call-1"}
    assert switchboard.offers == [("plomberie-moreau", "+33612345678")]


async def test_without_a_number(browser, switchboard):
    await browser.post("/api/offer", json=OFFER)
    await browser.post("/api/offer", json={**OFFER, "caller_number": None})

    assert [number for _, number in switchboard.offers] == [None, None]


async def test_an_unknown_client_is_one_clear_line(browser, switchboard):
    answer = await browser.post("/api/offer", json={**OFFER, "client": "boulangerie"})

    assert answer.status_code == 404
    [(key, line)] = answer.json().items()
    assert key == "error"
    assert line.startswith("no client 'boulangerie'")
    assert "plomberie-moreau" in line
    assert switchboard.offers == []


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"type": "answer"}, "type"),
        ({"sdp": ""}, "sdp"),
        ({"caller_number": "<script>"}, "caller_number"),
        ({"caller_number": "\ud800".encode("utf-16", "surrogatepass").hex() * 10}, "caller_number"),
        ({"colour": "blue"}, "colour"),
    ],
)
async def test_a_wrong_offer_is_one_clear_line(browser, wrong, place):
    answer = await browser.post("/api/offer", json={**OFFER, **wrong})

    assert answer.status_code == 422
    assert answer.json()["error"].startswith(f"{place}: ")


async def test_what_is_no_json_is_one_clear_line(browser):
    answer = await browser.post(
        "/api/offer", content=b"{", headers={"Content-Type": "application/json"}
    )

    assert answer.status_code == 422
    assert "\n" not in answer.json()["error"]


async def test_an_sdp_that_is_none(browser):
    answer = await browser.post("/api/offer", json={**OFFER, "sdp": "hello"})

    assert (answer.status_code, answer.json()) == (400, {"error": "this is not an SDP offer"})


@pytest.mark.parametrize(
    ("trouble", "status"),
    [(VoicebotError("all lines are busy"), 503), (StoreFull("the disk is full"), 507)],
)
async def test_what_the_switchboard_answers_is_passed_on(browser, switchboard, trouble, status):
    async def refuse(*_):
        raise trouble

    switchboard.offer = refuse
    answer = await browser.post("/api/offer", json=OFFER)

    assert (answer.status_code, answer.json()) == (status, {"error": str(trouble)})


async def test_ringing_without_end_is_slowed_down(browser, clock):
    async def ring():
        return (await browser.post("/api/offer", json=OFFER)).status_code

    assert {await ring() for _ in range(60)} == {200}
    assert await ring() == 429
    clock.advance(1)
    assert [await ring() for _ in range(3)] == [200, 200, 429]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("06 12 34 56 78", "+33612345678"),
        ("+41 22 345 67 89", "+41223456789"),
        ("06.12.34.56.78", "+33612345678"),
        ("1001", "1001"),
    ],
)
def test_numbers(typed, kept):
    assert e164(typed) == kept
