"""What carriers tell of letters, and what others try to."""

import base64
import json

import httpx
import pytest

from tests.delivery.conftest import letter
from tests.web.conftest import NOW
from voicebot.delivery.outcome import Sent
from voicebot.delivery.receipts import ReceiptSecrets
from voicebot.delivery.signature import twilio_signature, webhook_signature
from voicebot.delivery.twilio import callback
from voicebot.store import dead_letters, outbox
from voicebot.web.app import create_app

PUBLIC = "https://astreinte.exemple.fr"
TOKEN = "12345"
SECRET = "whsec_" + base64.b64encode(bytes(range(24))).decode()


@pytest.fixture
def app(clients, switchboard, live, database, tmp_path, clock):
    return create_app(
        clients=clients,
        switchboard=switchboard,
        live=live,
        database=database,
        recordings=tmp_path,
        clock=clock,
        hosts=["astreinte.exemple.fr"],
        receipt_secrets=ReceiptSecrets(PUBLIC, TOKEN, SECRET),
    )


@pytest.fixture
async def carrier(app):
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=PUBLIC) as asking:
        yield asking


@pytest.fixture
def posted(database):
    """Sends a letter by a gateway, and tells how it stands."""

    def state():
        with database.read() as connection:
            (found,) = dead_letters.listed(connection)
        return found.standing.state.value, found.standing.code

    def send(gateway):
        with database.write() as connection:
            id = outbox.post(connection, letter(key="alert 7/é"))
            outbox.claim(connection, ["sms"], "us", NOW)
            outbox.settle(connection, id, "us", Sent("R1"), gateway, NOW, 0.0)
        return state

    return send


def told(state, **more):
    return [
        ("MessageSid", "R1"),
        ("MessageStatus", state),
        ("To", "+33612345678"),
        ("AccountSid", "AC1"),
        *more.items(),
    ]


async def twilio(carrier, fields, key="alert 7/é", token=TOKEN, **changes):
    url = callback(PUBLIC, key)
    headers = {"X-Twilio-Signature": twilio_signature(token, url, fields), **changes}
    return (await carrier.post(url, data=dict(fields), headers=headers)).status_code


def test_the_signature_is_the_one_of_twilios_documents():
    """https://www.twilio.com/docs/usage/security#validating-requests, its own example."""
    fields = [
        ("CallSid", "CA1234567890ABCDE"),
        ("Caller", "+14158675309"),
        ("Digits", "1234"),
        ("From", "+14158675309"),
        ("To", "+18005551212"),
    ]
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"
    assert twilio_signature("12345", url, fields) == "RSOYDt4T1cUTdK1PDd93/VVr8B8="


async def test_twilio_tells_that_it_arrived(carrier, posted):
    state = posted("twilio")
    for known, after in (("queued", "sent"), ("sent", "sent"), ("delivered", "delivered")):
        assert await twilio(carrier, told(known)) == 204
        assert state() == (after, None)


async def test_twilio_tells_that_it_did_not(carrier, posted):
    state = posted("twilio")
    assert await twilio(carrier, told("undelivered", ErrorCode="30005")) == 204
    assert state() == ("failed", "twilio 30005")


async def test_who_is_not_twilio_is_not_believed(carrier, posted, caplog):
    state = posted("twilio")
    assert await twilio(carrier, told("failed"), token="guess") == 403
    assert await twilio(carrier, told("failed"), **{"X-Twilio-Signature": ""}) == 403
    assert await twilio(carrier, told("failed"), **{"X-Twilio-Signature": "x" * 28}) == 403
    assert state() == ("sent", None)
    assert "336" not in caplog.text


async def test_a_receipt_of_twilios_for_another_letter(carrier, posted):
    """Twilio's signature holds for the address that it was given."""
    posted("twilio")
    fields = told("delivered")
    signature = twilio_signature(TOKEN, callback(PUBLIC, "another"), fields)
    assert await twilio(carrier, fields, **{"X-Twilio-Signature": signature}) == 403
    assert await twilio(carrier, fields, key="another") == 404


@pytest.mark.parametrize(
    ("query", "state"),
    [
        ({"ptt": "1", "description": "4"}, ("sent", None)),
        ({"ptt": "3", "description": "0"}, ("sent", None)),
        ({"ptt": "4", "description": "1"}, ("delivered", None)),
        ({"ptt": "0", "description": "1"}, ("delivered", None)),
        ({"ptt": "12", "description": "2"}, ("failed", "ovh 12")),
        ({"ptt": "25", "description": "16", "descriptionDlr": "blacklisted"}, ("failed", "ovh 25")),
        ({}, ("sent", None)),
    ],
)
async def test_ovh_tells_how_it_fared(carrier, posted, query, state):
    stands = posted("ovh")
    answer = await carrier.get(f"/receipts/ovh/{SECRET}", params={"id": "R1", **query})
    assert answer.status_code == 204
    assert stands() == state


async def test_who_is_not_ovh_is_not_believed(carrier, posted):
    stands = posted("ovh")
    answer = await carrier.get("/receipts/ovh/guess", params={"id": "R1", "ptt": "4"})
    assert answer.status_code == 403
    assert stands() == ("sent", None)


async def test_an_sms_that_ovh_knows_and_we_do_not(carrier, posted):
    posted("ovh")
    answer = await carrier.get(f"/receipts/ovh/{SECRET}", params={"id": "R2", "ptt": "4"})
    assert answer.status_code == 404


async def own(carrier, clock, said, secret=SECRET):
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    stamp = int(clock.now().timestamp())
    headers = {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(stamp),
        "webhook-signature": webhook_signature(secret, "msg_1", stamp, body),
    }
    answer = await carrier.post("/receipts/http", content=body, headers=headers)
    return answer.status_code


async def test_a_gateway_of_ones_own(carrier, clock, posted):
    state = posted("http")
    assert await own(carrier, clock, {"reference": "R1", "state": "sent"}) == 204
    assert state() == ("sent", None)
    assert await own(carrier, clock, {"key": "alert 7/é", "state": "delivered"}) == 204
    assert state() == ("delivered", None)


@pytest.mark.parametrize(
    "said", [b"", b"{", b"[]", b"null", {"state": "delivered"}, {"key": "a", "state": "lost"}]
)
async def test_a_receipt_that_says_nothing(carrier, clock, said):
    assert await own(carrier, clock, said) == 400


async def test_a_receipt_that_nobody_signed(carrier, clock, posted):
    state = posted("http")
    other = "whsec_" + base64.b64encode(bytes(24)).decode()
    assert await own(carrier, clock, {"key": "alert 7/é", "state": "failed"}, other) == 403
    assert (await carrier.post("/receipts/http", content=b"{}")).status_code == 403
    assert state() == ("sent", None)


@pytest.fixture
async def closed(clients, switchboard, live, database, tmp_path, clock):
    """A server that was given no secret."""
    app = create_app(
        clients=clients,
        switchboard=switchboard,
        live=live,
        database=database,
        recordings=tmp_path,
        clock=clock,
    )
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as asking:
        yield asking


async def test_without_secrets_nothing_is_believed(closed):
    empty = twilio_signature("", "/receipts/twilio", told("delivered"))
    answers = [
        await closed.post(
            "/receipts/twilio",
            data=dict(told("delivered")),
            headers={"X-Twilio-Signature": empty},
        ),
        await closed.get("/receipts/ovh/x", params={"id": "R1", "ptt": "4"}),
        await closed.post("/receipts/http", content=b"{}"),
    ]
    assert [answer.status_code for answer in answers] == [403, 403, 403]
