"""Against a server that checks what Twilio checks."""

from base64 import b64encode

import pytest

from tests.delivery.conftest import TEXT, letter
from voicebot.delivery.outcome import Refused, Sent, Trouble
from voicebot.delivery.twilio import Twilio

ACCOUNT, TOKEN = "AC0123456789abcdef0123456789abcdef", "12345"


@pytest.fixture
async def twilio(server, clock):
    made = Twilio(
        ACCOUNT, TOKEN, "+33939000001", clock, "https://astreinte.exemple.fr", url=server.url
    )
    yield made
    await made.close()


async def test_a_message_is_made(server, twilio):
    server.will(201, {"sid": "SM1", "status": "queued", "error_code": None})
    assert await twilio.send(letter(key="alert 7/é")) == Sent("SM1")

    (request,) = server.requests
    assert request.method == "POST"
    assert request.target == f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    basic = b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
    assert request.headers["authorization"] == f"Basic {basic}"
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"
    assert request.form == {
        "To": "+33612345678",
        "From": "+33939000001",
        "Body": TEXT,
        "StatusCallback": "https://astreinte.exemple.fr/receipts/twilio?key=alert%207%2F%C3%A9",
    }


async def test_by_a_messaging_service_and_without_receipts(server, clock):
    server.will(201, {"sid": "SM1", "status": "accepted"})
    twilio = Twilio(ACCOUNT, TOKEN, "MG0123", clock, url=server.url)
    assert await twilio.send(letter()) == Sent("SM1")
    await twilio.close()
    assert server.requests[0].form == {
        "To": "+33612345678",
        "MessagingServiceSid": "MG0123",
        "Body": TEXT,
    }


async def test_a_number_that_is_none(server, twilio):
    said = {"code": 21211, "message": "Invalid 'To' Phone Number: +3361234XXXX", "status": 400}
    server.will(400, said)
    assert await twilio.send(letter()) == Refused("twilio 21211", said["message"])


async def test_a_wrong_token_keeps_the_letter(server, twilio):
    server.will(401, {"code": 20003, "message": "Authenticate", "status": 401})
    assert await twilio.send(letter()) == Trouble("twilio 20003", "Authenticate")


async def test_too_many(server, twilio):
    server.will(429, {"code": 20429, "message": "Too Many Requests"}, Retry_After="8")
    assert await twilio.send(letter()) == Trouble("twilio 20429", "Too Many Requests", 8.0)


async def test_a_message_that_is_made_and_has_failed(server, twilio):
    server.will(
        201, {"sid": "SM1", "status": "failed", "error_code": 30034, "error_message": "Blocked"}
    )
    assert await twilio.send(letter()) == Refused("twilio 30034", "Blocked")


@pytest.mark.parametrize("body", ["", "<html>", "{}", "[]"])
async def test_an_answer_without_a_message(server, twilio, body):
    server.will(200, body)
    assert (await twilio.send(letter())).code == "error in answer"


def test_its_token_does_not_show(twilio):
    assert TOKEN not in repr(twilio).replace(ACCOUNT, "")


def message(sid="SM1", body=TEXT, at="Wed, 14 Jan 2026 21:30:05 +0000", **changes):
    said = {"sid": sid, "body": body, "date_created": at, "direction": "outbound-api"}
    return {**said, "status": "sent", "error_code": None, **changes}


async def test_a_letter_in_doubt_is_looked_for(server, twilio):
    other_link = TEXT.replace("/l/abc", "/l/xyz")
    server.will(200, {"messages": [message(body="Autre chose"), message("SM2", other_link)]})
    assert await twilio.became(letter(), ()) == Sent("SM2")

    (request,) = server.requests
    assert request.method == "GET"
    path = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    assert request.target == f"{path}?To=%2B33612345678&PageSize=20"


@pytest.mark.parametrize(
    "said",
    [
        message(body="Autre chose"),
        message(at="Wed, 14 Jan 2026 21:20:00 +0000"),  # before the letter was written
        message(direction="inbound"),
        message("SM9"),  # another letter of ours, with the same words
        message(at="demain"),
        "nonsense",
    ],
)
async def test_what_is_not_the_letter_is_not_taken_for_it(server, twilio, said):
    server.will(200, {"messages": [said]})
    assert await twilio.became(letter(), {"SM9"}) is None


async def test_a_letter_in_doubt_that_was_made_and_has_failed(server, twilio):
    server.will(200, {"messages": [message(status="undelivered", error_code=30005)]})
    assert await twilio.became(letter(), ()) == Refused("twilio 30005", "undelivered")


async def test_a_letter_in_doubt_waits_while_nobody_can_be_asked(server, twilio):
    server.will(503, "")
    assert isinstance(await twilio.became(letter(), ()), Trouble)
