"""Against a server that checks OVH's signature by its own clock, as OVH does."""

import hashlib
import json
from datetime import timedelta

import pytest

from tests.delivery.conftest import NOW, letter
from voicebot.delivery.outcome import Refused, Sent, Trouble
from voicebot.delivery.ovh import Ovh

AK, AS, CK = (
    "7kbG7Bk7S9Nt7ZSV",
    "EXEgWIz07P0HYwtQDs7cNIqCiQaWSuHF",
    "MtSwSrPpNjqfVSmJhLbPyr2i45lSwPU1",
)
TAKEN = {"ids": [440011], "invalidReceivers": [], "validReceivers": ["+33612345678"]}


class Carrier:
    """OVH's side of it; its clock is `ahead` of ours."""

    def __init__(self, server, ahead=0):
        self.server, self.ahead = server, ahead
        self.now = int(NOW.timestamp()) + ahead
        self.said = TAKEN

    def answer(self, request):
        if request.target == "/1.0/auth/time":
            return str(self.now)
        return json.dumps(self.said)

    def check(self, request):
        stamp = request.headers["x-ovh-timestamp"]
        url = f"{self.server.url}{request.target}"
        signed = "+".join((AS, CK, request.method, url, request.body.decode(), stamp))
        assert request.headers["x-ovh-signature"] == (
            "$1$" + hashlib.sha1(signed.encode()).hexdigest()
        )
        assert request.headers["x-ovh-application"] == AK
        assert request.headers["x-ovh-consumer"] == CK
        assert abs(int(stamp) - self.now) <= 30


@pytest.fixture
async def ovh(server, clock):
    made = Ovh("sms-ab12345-1", AK, AS, CK, "Astreinte", clock, url=server.url + "/1.0")
    yield made
    await made.close()


@pytest.mark.parametrize("ahead", [0, 4000, -4000])
async def test_an_sms_is_signed_by_the_carriers_clock(server, ovh, ahead):
    carrier = Carrier(server, ahead)
    server.will(200, carrier.answer)
    assert await ovh.send(letter(text="Fuite d'été")) == Sent("440011")

    time, job = server.requests
    assert (time.method, time.target) == ("GET", "/1.0/auth/time")
    assert (job.method, job.target) == ("POST", "/1.0/sms/sms-ab12345-1/jobs")
    carrier.check(job)
    tag = job.json.pop("tag")
    assert len(tag) == 20
    assert {name: value for name, value in job.json.items() if name != "tag"} == {
        "receivers": ["+33612345678"],
        "message": "Fuite d'été",
        "sender": "Astreinte",
        "charset": "UTF-8",
        "coding": "7bit",
        "class": "phoneDisplay",
        "priority": "high",
        "noStopClause": True,
    }


async def test_the_time_is_asked_once_an_hour(server, ovh, clock):
    server.will(200, Carrier(server).answer)
    await ovh.send(letter())
    clock.advance(timedelta(minutes=59).total_seconds())
    await ovh.send(letter())
    clock.advance(61)
    await ovh.send(letter())
    assert [request.method for request in server.requests] == ["GET", "POST", "POST", "GET", "POST"]


async def test_a_clock_that_jumped_is_noticed_and_the_sms_sent_all_the_same(server, ovh):
    carrier = Carrier(server)
    server.will(200, carrier.answer)
    await ovh.send(letter())
    carrier.now += 600
    server.answers.clear()
    late = {"class": "Client::BadRequest", "message": "This query is out of time"}
    server.will(400, late)
    server.will(200, carrier.answer)
    assert await ovh.send(letter()) == Sent("440011")
    carrier.check(server.requests[-1])


async def test_wrong_keys_keep_the_letter(server, ovh):
    server.will(200, str(int(NOW.timestamp())))
    server.will(400, {"errorCode": "INVALID_SIGNATURE", "message": "Invalid signature"})
    server.will(200, str(int(NOW.timestamp())))
    server.will(400, {"errorCode": "INVALID_SIGNATURE", "message": "Invalid signature"})
    assert await ovh.send(letter()) == Trouble("ovh signature", "Invalid signature")
    assert len(server.requests) == 4


async def test_a_number_that_ovh_does_not_take(server, ovh):
    carrier = Carrier(server)
    carrier.said = {"ids": [], "invalidReceivers": ["+33612345678"], "validReceivers": []}
    server.will(200, carrier.answer)
    assert await ovh.send(letter()) == Refused("ovh invalid receiver")


@pytest.mark.parametrize("said", [{}, {"ids": []}, {"message": "maintenance"}, "maintenance"])
async def test_a_good_status_without_an_id(server, ovh, said):
    carrier = Carrier(server)
    carrier.said = said
    server.will(200, carrier.answer)
    assert (await ovh.send(letter())).code == "error in answer"


async def test_no_credit_left_and_no_right(server, ovh):
    server.will(200, Carrier(server).answer)
    await ovh.send(letter())
    server.answers.clear()
    server.will(402, {"class": "Client::PaymentRequired", "message": "Not enough credits"})
    outcome = await ovh.send(letter())
    assert outcome == Trouble("ovh Client::PaymentRequired", "Not enough credits")
    server.answers.clear()
    server.will(403, {"errorCode": "NOT_GRANTED_CALL", "message": "This call has not been granted"})
    assert (await ovh.send(letter())).code == "ovh NOT_GRANTED_CALL"


async def test_a_time_that_is_none(server, ovh):
    server.will(200, "maintenance")
    assert await ovh.send(letter()) == Trouble("ovh time", "maintenance")


async def test_without_a_sender_a_number_that_can_be_answered(server, clock):
    server.will(200, Carrier(server).answer)
    ovh = Ovh("sms-ab12345-1", AK, AS, CK, "", clock, url=server.url + "/1.0")
    await ovh.send(letter(text="Ça fuit"))
    await ovh.close()
    job = server.requests[-1].json
    assert job["senderForResponse"] is True
    assert "sender" not in job


async def test_another_alphabet(server, ovh):
    server.will(200, Carrier(server).answer)
    await ovh.send(letter(text="Διαρροή νερού"))
    assert server.requests[-1].json["coding"] == "8bit"


class Ledger(Carrier):
    """What OVH has: SMS that left, by tag, and jobs that wait."""

    def __init__(self, server, left=(), jobs=()):
        super().__init__(server)
        self.left, self.jobs = left, jobs

    def answer(self, request):
        path = request.target.removeprefix("/1.0/sms/sms-ab12345-1/")
        if path.startswith("outgoing?tag="):
            return json.dumps(self.left)
        if path == "jobs" and request.method == "GET":
            return json.dumps([n for n, _ in enumerate(self.jobs, 500)])
        if path.startswith("jobs/"):
            return json.dumps({"receiver": self.jobs[int(path[5:]) - 500]})
        return super().answer(request)


async def test_a_letter_in_doubt_is_found_by_its_tag(server, ovh):
    carrier = Ledger(server)
    server.will(200, carrier.answer)
    await ovh.send(letter())
    sent = server.requests[-1].json["tag"]
    carrier.left = [440011]
    assert await ovh.became(letter(), ()) == Sent("440011")

    asked = server.requests[-1]
    assert asked.target == f"/1.0/sms/sms-ab12345-1/outgoing?tag={sent}"
    carrier.check(asked)


async def test_a_letter_in_doubt_that_ovh_does_not_have(server, ovh):
    server.will(200, Ledger(server, jobs=["+33699999999"]).answer)
    assert await ovh.became(letter(), ()) is None


async def test_a_letter_that_waits_at_ovh_is_waited_for(server, ovh):
    server.will(200, Ledger(server, jobs=["+33699999999", "+33612345678"]).answer)
    assert await ovh.became(letter(), ()) == Trouble("ovh job")


async def test_keys_that_may_not_look_let_the_letter_go(server, ovh, caplog):
    server.will(200, str(int(NOW.timestamp())))
    server.will(403, {"message": "This call has not been granted"})
    assert await ovh.became(letter(), ()) is None
    assert "GET /sms/*" in caplog.text


async def test_a_letter_in_doubt_waits_while_ovh_cannot_be_asked(server, ovh):
    server.will(200, str(int(NOW.timestamp())))
    server.will(500, "")
    assert (await ovh.became(letter(), ())).code == "ovh list"
