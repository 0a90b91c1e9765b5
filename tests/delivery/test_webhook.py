import base64
import json
from datetime import timedelta

import pytest

from tests.delivery.conftest import NOW, letter
from voicebot.delivery.letter import Channel
from voicebot.delivery.outcome import Refused, Sent, Trouble
from voicebot.delivery.signature import BadSignature, client_secret, verify, webhook_signature
from voicebot.delivery.webhook import Webhook
from voicebot.errors import BadInput

OURS = "whsec_" + base64.b64encode(bytes(range(32))).decode()
SECRET = client_secret(OURS, "plomberie-moreau")
BODY = json.dumps({"type": "alert.triggered", "data": {"rule": "moreau.fuite"}})


def hook(server, **changes):
    values = {"text": BODY, "subject": "alert.triggered", **changes}
    return letter(Channel.WEBHOOK, server.url + "/hook", **values)


@pytest.fixture
async def webhook(clock):
    made = Webhook(OURS, clock)
    yield made
    await made.close()


async def test_it_arrives_and_can_be_verified(server, webhook):
    server.will(204)
    assert await webhook.send(hook(server)) == Sent(delivered=True)

    (request,) = server.requests
    assert request.body.decode() == BODY
    assert verify(SECRET, request.headers, request.body, NOW) == "alert-7-karim-1"


@pytest.mark.parametrize("change", ["body", "id", "stamp", "signature", "secret", "headers"])
async def test_anything_changed_on_the_way_is_noticed(server, webhook, change):
    server.will(200)
    await webhook.send(hook(server))
    request, secret = server.requests[0], SECRET
    headers, body = dict(request.headers), request.body
    match change:
        case "body":
            body += b" "
        case "id":
            headers["webhook-id"] = "another"
        case "stamp":
            headers["webhook-timestamp"] = str(int(headers["webhook-timestamp"]) + 1)
        case "signature":
            headers["webhook-signature"] = "v1,é v2,x"
        case "secret":
            secret = "whsec_" + base64.b64encode(bytes(32)).decode()
        case "headers":
            del headers["webhook-signature"]
    with pytest.raises(BadSignature):
        verify(secret, headers, body, NOW)


@pytest.mark.parametrize("minutes", [-6, 6, 60 * 24])
async def test_a_replay_is_too_old(server, webhook, minutes):
    server.will(200)
    await webhook.send(hook(server))
    request = server.requests[0]
    with pytest.raises(BadSignature, match="too old"):
        verify(SECRET, request.headers, request.body, NOW + timedelta(minutes=minutes))


@pytest.mark.parametrize("stamp", ["", "now", "9" * 30, "-1"])
def test_a_time_that_is_none(stamp):
    headers = {"webhook-id": "a", "webhook-timestamp": stamp, "webhook-signature": "v1,x"}
    with pytest.raises(BadSignature):
        verify(SECRET, headers, b"{}", NOW)


def test_the_example_of_the_specification():
    """From the reference implementation's own tests."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    body = b'{"test": 2432232314}'
    signature = webhook_signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


async def test_two_signatures_while_secrets_change(server, webhook):
    server.will(200)
    await webhook.send(hook(server))
    request = server.requests[0]
    old = webhook_signature("whsec_" + base64.b64encode(bytes(32)).decode(), "a", 1, b"")
    both = f"{old} {request.headers['webhook-signature']}"
    headers = {**request.headers, "webhook-signature": both}
    assert verify(SECRET, headers, request.body, NOW)


async def test_who_says_gone_gets_nothing_more(server, webhook):
    server.will(410)
    assert isinstance(await webhook.send(hook(server)), Refused)


async def test_a_program_that_is_down(server, webhook):
    server.will(502, "bad gateway")
    assert await webhook.send(hook(server)) == Trouble("http 502", "bad gateway")


async def test_a_text_that_is_no_json_never_leaves(server, webhook):
    assert await webhook.send(hook(server, text="bonjour")) == Refused(
        "no json", "the letter's text is not JSON"
    )
    assert server.requests == []


@pytest.mark.parametrize("secret", ["short", "whsec_AAAA", "whsec_!!", ""])
def test_a_secret_that_keeps_nobody_out(clock, secret):
    with pytest.raises(BadInput):
        Webhook(secret, clock)
