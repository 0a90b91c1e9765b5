import pytest

from tests.delivery.conftest import TEXT, letter
from voicebot.delivery.answers import seconds
from voicebot.delivery.http_sms import HttpSms
from voicebot.delivery.outcome import Refused, Sent, Trouble
from voicebot.errors import BadInput


@pytest.fixture
async def gateway(server, clock):
    made = HttpSms(server.url + "/send", "Astreinte", clock, {"Authorization": "Bearer secret"})
    yield made
    await made.close()


async def test_a_request_holds_what_the_gateway_needs(server, gateway):
    server.will(200, {"id": 991})
    assert await gateway.send(letter()) == Sent("991")

    (request,) = server.requests
    assert (request.method, request.target) == ("POST", "/send")
    assert request.json == {
        "to": "+33612345678",
        "from": "Astreinte",
        "text": TEXT,
        "key": "alert-7-karim-1",
    }
    assert request.headers["authorization"] == "Bearer secret"
    assert request.headers["idempotency-key"] == "alert-7-karim-1"


async def test_its_body_is_a_setting(server, clock):
    body = {"messages": [{"dest": ["{to}"], "body": "{text}", "flash": False}], "ref": "vb-{key}"}
    server.will(202)
    gateway = HttpSms(server.url, "", clock, body=body)
    assert await gateway.send(letter(text='Il dit "{key}" \\ fin')) == Sent()
    await gateway.close()

    assert server.requests[0].json == {
        "messages": [{"dest": ["+33612345678"], "body": 'Il dit "{key}" \\ fin', "flash": False}],
        "ref": "vb-alert-7-karim-1",
    }


async def test_or_a_form(server, clock):
    server.will(200, "OK 12345")
    gateway = HttpSms(
        server.url, "", clock, body={"n": "{to}", "m": "{text}"}, form=True, expect="OK"
    )
    assert await gateway.send(letter(text="été & hiver=2€")) == Sent()
    await gateway.close()

    assert server.requests[0].form == {"n": "+33612345678", "m": "été & hiver=2€"}


@pytest.mark.parametrize(
    "said",
    [
        {"error": "no credit"},
        {"status": "error", "id": 3},
        {"success": False},
        {"errors": [{"code": 7}]},
    ],
)
async def test_a_good_status_with_an_error_in_its_body_is_no_success(server, gateway, said):
    server.will(200, said)
    outcome = await gateway.send(letter())
    assert (type(outcome), outcome.code) == (Trouble, "error in answer")
    assert outcome.why


async def test_nor_is_one_without_the_words_that_were_expected(server, clock):
    server.will(200, "ERR 305")
    gateway = HttpSms(server.url, "", clock, expect="OK")
    assert await gateway.send(letter()) == Trouble("error in answer", "ERR 305")
    await gateway.close()


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, Refused),
        (413, Refused),
        (422, Refused),
        (401, Trouble),
        (402, Trouble),
        (403, Trouble),
        (404, Trouble),
        (429, Trouble),
        (500, Trouble),
        (503, Trouble),
    ],
)
async def test_what_speaks_of_the_letter_is_final_and_what_speaks_of_us_is_not(
    server, gateway, status, kind
):
    server.will(status, "words\nof  the gateway")
    outcome = await gateway.send(letter())
    assert (type(outcome), outcome.code) == (kind, f"http {status}")
    assert outcome.why == "words of the gateway"


@pytest.mark.parametrize(
    ("header", "waits"),
    [
        ("17", 17.0),
        ("Wed, 14 Jan 2026 21:31:00 GMT", 60.0),
        ("Wed, 14 Jan 2026 20:00:00 GMT", 0.0),
        ("soon", None),
        ("-3", None),
        ("²", None),
    ],
)
async def test_too_many_letters(server, gateway, clock, header, waits):
    assert seconds(header, clock.now()) == waits
    if header.isascii():
        server.will(429, "slow down", Retry_After=header)
        assert (await gateway.send(letter())).wait == waits


async def test_a_redirect_is_not_followed(server, gateway):
    server.will(302, "", Location=server.url + "/elsewhere")
    outcome = await gateway.send(letter())
    assert (type(outcome), outcome.code) == (Trouble, "http 302")
    assert [request.target for request in server.requests] == ["/send"]


async def test_a_gateway_that_says_nothing(server, gateway):
    gateway.client.timeout = 0.2
    server.will("silence")
    assert await gateway.send(letter()) == Trouble("timeout")


@pytest.mark.parametrize("answer", ["garbage", "hang up"])
async def test_a_gateway_that_speaks_no_http(server, gateway, answer):
    server.will(answer)
    outcome = await gateway.send(letter())
    assert (type(outcome), outcome.code) == (Trouble, "no answer")


async def test_an_answer_without_end_is_cut(server, gateway):
    server.will(200, "x" * 5_000_000)
    assert await gateway.send(letter()) == Sent()


async def test_garbage_in_a_body(server, gateway):
    server.will(200, "[1, 2")
    assert await gateway.send(letter()) == Sent()
    server.answers.clear()
    server.will(200, "[[1], 2]")
    assert await gateway.send(letter()) == Sent()


async def test_a_gateway_that_is_not_there(clock):
    gateway = HttpSms("http://127.0.0.1:1/send", "", clock)
    outcome = await gateway.send(letter())
    await gateway.close()
    assert (type(outcome), outcome.code) == (Trouble, "unreachable")


@pytest.mark.parametrize("body", [{"text": "{text}"}, {"t": "{to}{text}{who}"}])
def test_a_body_that_says_not_what_goes_where(clock, body):
    with pytest.raises(BadInput, match="sms_body"):
        HttpSms("http://127.0.0.1:1", "", clock, body=body)


def test_secrets_do_not_show(clock):
    gateway = HttpSms("http://127.0.0.1:1", "", clock, {"Authorization": "Bearer secret"})
    assert "secret" not in repr(gateway)
