"""Expect a letter at the gateway; fast-forward; expect it again, or never again."""

import asyncio
import json
import os
import re
import signal
import sys
from datetime import timedelta
from email.utils import format_datetime

import pytest

from tests.delivery.conftest import NOW, letter
from tests.store.conftest import alert, answered, start
from voicebot.clock import FakeClock
from voicebot.delivery.http_sms import HttpSms
from voicebot.delivery.letter import Channel
from voicebot.delivery.standing import LEASE
from voicebot.delivery.twilio import Twilio
from voicebot.errors import StoreFull
from voicebot.oncall.verification import Verdict
from voicebot.store import contacts, dead_letters, links, outbox
from voicebot.worker import deliver
from voicebot.worker.deliver import Postman


@pytest.fixture
def clock():
    return FakeClock(NOW)


@pytest.fixture
async def night(database, server, clock):
    made = Night(database, server, clock)
    yield made
    await made.postman.close()


class Night:
    """A postman with a real gateway, and a clock that jumps."""

    def __init__(self, database, server, clock):
        self.database, self.server, self.clock = database, server, clock
        gateway = HttpSms(server.url, "Astreinte", clock)
        self.postman = self.hire({Channel.SMS: gateway})

    def hire(self, gateways):
        return Postman(
            self.database,
            gateways,
            self.clock,
            public_url="https://astreinte.exemple.fr",
            jitter=lambda: 0.0,
            send_s=5,
        )

    def post(self, **changes):
        with self.database.write() as connection:
            return outbox.post(connection, letter(**changes))

    async def forward(self, seconds=0.0):
        """Lets that many seconds pass, and everything be done that is due then."""
        self.clock.advance(seconds)
        started = await self.postman.deliver(self.clock.now())
        await self.postman.idle()
        return started

    def expect_sms(self, *texts):
        got = [request.json["text"] for request in self.server.requests]
        self.server.requests.clear()
        assert got == list(texts)

    def state(self, id):
        with self.database.read() as connection:
            (found,) = [one for one in dead_letters.listed(connection) if one.id == id]
        return found.standing.state.value


async def test_a_letter_leaves_once(night):
    night.server.will(200, {"id": "G1"})
    id = night.post(text="Fuite")
    assert await night.forward() == 1
    night.expect_sms("Fuite")
    assert night.state(id) == "sent"

    assert await night.forward(3600) == 0
    night.expect_sms()


async def test_a_gateway_that_is_down_for_a_while(night):
    night.server.will(503)
    id = night.post(text="Fuite")
    await night.forward()
    night.expect_sms("Fuite")
    await night.forward(4)
    night.expect_sms()
    await night.forward(1)
    night.expect_sms("Fuite")
    night.server.answers.clear()
    night.server.will(200, {"id": "G1"})
    await night.forward(9)
    night.expect_sms()
    await night.forward(1)
    night.expect_sms("Fuite")
    assert night.state(id) == "sent"


async def test_a_gateway_that_never_comes_back_is_given_up_and_alarms(night, caplog):
    night.server.will(500, "sorry, +33612345678")
    id = night.post(until=NOW + timedelta(minutes=1), client="hotel-lagon")
    for _ in range(13):
        await night.forward(5)
    assert len(night.server.requests) == 4  # at 5, 10, 20, 40 seconds; 80 would be too late
    assert night.state(id) == "failed"

    (line,) = [record for record in caplog.records if "given up:" in record.getMessage()]
    assert line.getMessage() == (
        f"letter {id} by sms of client hotel-lagon was given up: http 500 (voicebot outbox list)"
    )
    assert "336" not in caplog.text

    with night.database.write() as connection:
        assert dead_letters.alarm(connection, night.clock.now()).failed == 1
        dead_letters.retry(connection, id, night.clock.now())
    night.server.answers.clear()
    night.server.will(200)
    await night.forward()
    assert night.state(id) == "sent"


async def test_a_slow_gateway_holds_nothing_up(night):
    night.postman.send_s = 0.2
    night.server.will("silence")
    id = night.post()
    assert await night.postman.deliver(NOW) == 1  # comes back at once: the letter is on its way
    assert night.state(id) == "sending"
    assert await night.postman.deliver(NOW + timedelta(hours=2)) == 0  # and is not taken twice
    await night.postman.idle()
    assert night.state(id) == "pending"


async def test_as_many_at_once_as_are_allowed(night):
    night.postman.at_once = 2
    night.server.will(200)
    for number in range(5):
        night.post(key=str(number))
    assert [await night.forward() for _ in range(4)] == [2, 2, 1, 0]


async def test_letters_without_a_gateway_wait_and_the_others_leave(night, caplog):
    night.server.will(200)
    mail = night.post(way=Channel.EMAIL, address="karim@exemple.fr", key="mail")
    sms = night.post()
    await night.forward(300)
    assert (night.state(mail), night.state(sms)) == ("pending", "sent")
    with night.database.read() as connection:
        assert dead_letters.alarm(connection, night.clock.now()).late == 1

    await night.forward(60)
    await night.forward(60)
    (line,) = [record.getMessage() for record in caplog.records]
    assert line == (
        "letters: 0 given up, 2 late (voicebot outbox list); no gateway for: email, webhook"
    )


class Broken:
    """A gateway with a mistake in it."""

    name = "broken"

    async def send(self, letter):
        raise RuntimeError(f"cannot write to {letter.address}")

    async def close(self):
        pass


async def test_a_gateway_with_a_mistake_in_it(night, caplog):
    night.postman = night.hire({Channel.SMS: Broken()})
    id = night.post()
    await night.forward()
    assert night.state(id) == "pending"
    assert "broken raised RuntimeError" in caplog.text
    assert "336" not in caplog.text


async def test_a_store_that_refuses_the_outcome_is_asked_until_it_takes_it(
    night, monkeypatch, caplog
):
    """Otherwise a letter that was sent would be sent again when its lease ends."""
    monkeypatch.setattr(deliver, "SETTLE_WAIT_S", 0.0)
    refusals = iter([True, True, False])
    settle = outbox.settle

    def full(*args):
        if next(refusals):
            raise StoreFull("the disk is full")
        return settle(*args)

    monkeypatch.setattr(outbox, "settle", full)
    night.server.will(200)
    id = night.post()
    await night.forward()
    assert night.state(id) == "sent"
    assert caplog.text.count("its outcome cannot be written") == 2


async def test_a_worker_that_stops_leaves_a_slow_letter_to_the_next(night, monkeypatch):
    monkeypatch.setattr(deliver, "CLOSE_S", 0.1)
    night.server.will("silence")
    id = night.post()
    await night.postman.deliver(NOW)
    await night.postman.close()
    assert night.state(id) == "sending"

    night.server.answers[:] = [(200, "{}", {})]
    night.postman = night.hire({Channel.SMS: HttpSms(night.server.url, "", night.clock)})
    await night.forward(LEASE.total_seconds())
    assert night.state(id) == "sent"


async def test_a_letter_to_a_technician_carries_his_link(night, journal):
    journal.open(start("c1"), [answered(), alert()])
    night.server.will(200)
    night.post(text="Fuite. Répondre : {link}", technician="karim", alert_id=1)
    await night.forward()
    words, _, token = night.server.requests[0].json["text"].rpartition("/l/")
    assert words == "Fuite. Répondre : https://astreinte.exemple.fr"
    with night.database.read() as connection:
        link = links.find(connection, token)
    assert (link.client, link.technician, link.alert_id) == ("plomberie-moreau", "karim", 1)
    assert link.expires_at == NOW + timedelta(hours=24)


async def test_nobody_else_gets_one(night):
    night.server.will(200)
    night.post(text="Fuite. Répondre : {link}")
    await night.forward()
    night.expect_sms("Fuite.")


async def test_nor_anybody_when_telephones_cannot_reach_us(night):
    night.server.will(200)
    night.postman.public_url = ""
    night.post(text="Fuite. Répondre : {link}", technician="karim")
    await night.forward()
    night.expect_sms("Fuite.")


async def test_a_code_is_drawn_as_its_letter_leaves_and_stands_nowhere(night):
    night.server.will(500)
    night.post(text="Votre code est {code}.", technician="karim", address="+33639981001")
    await night.forward()
    night.server.answers[:] = [(200, "{}", {})]
    await night.forward(10)
    first, second = (request.json["text"] for request in night.server.requests)
    code = re.fullmatch(r"Votre code est (\d{3} \d{3})\.", second)[1]
    assert code not in first

    night.database.engine.dispose()  # with the last connection the log goes into the file
    kept = night.database.file.read_bytes()
    assert b"Votre code est {code}" in kept
    assert code.encode() not in kept
    assert code.replace(" ", "").encode() not in kept

    whose = ("karim", "+33639981001")
    with night.database.write() as connection:
        given = contacts.give(
            connection, "plomberie-moreau", whose, code, night.clock.now(), by="karim"
        )
    assert given is Verdict.VERIFIED


@pytest.fixture
async def by_twilio(night):
    """The same night, by a carrier that takes no key, and can be asked."""
    gateway = Twilio("AC1", "token", "+33939000001", night.clock, url=night.server.url)
    await night.postman.close()
    night.postman = night.hire({Channel.SMS: gateway})
    return night


def had(night, *messages):
    """Twilio's messages to that number."""
    listed = [
        {
            "sid": sid,
            "body": body,
            "direction": "outbound-api",
            "status": "sent",
            "date_created": format_datetime(night.clock.now()),
        }
        for sid, body in messages
    ]
    return (200, json.dumps({"messages": listed}), {})


def asked(night):
    found = [request.method for request in night.server.requests]
    night.server.requests.clear()
    return found


async def test_an_answer_that_got_lost_makes_no_second_sms(by_twilio):
    night = by_twilio
    night.server.will("hang up")
    id = night.post(text="Fuite")
    await night.forward()
    assert asked(night) == ["POST"]
    assert night.state(id) == "pending"

    night.server.answers[:] = [had(night, ("SM1", "Fuite"))]
    await night.forward(10)
    assert asked(night) == ["GET"]
    assert night.state(id) == "sent"


async def test_a_request_that_got_lost_is_made_again(by_twilio):
    night = by_twilio
    night.server.will("hang up")
    id = night.post(text="Fuite")
    await night.forward()
    night.server.answers[:] = [had(night), (201, json.dumps({"sid": "SM1"}), {})]
    await night.forward(10)
    assert asked(night) == ["POST", "GET", "POST"]
    assert night.state(id) == "sent"


async def test_nothing_is_sent_while_nobody_can_be_asked_what_was(by_twilio):
    night = by_twilio
    night.server.will("hang up")
    id = night.post(text="Fuite")
    for wait in (0, 10, 20):
        await night.forward(wait)
    night.server.answers[:] = [(503, "", {})]
    await night.forward(40)
    assert asked(night) == ["POST", "GET", "GET", "GET"]
    night.server.answers[:] = [had(night, ("SM1", "Fuite"))]
    await night.forward(80)
    assert asked(night) == ["GET"]
    assert night.state(id) == "sent"


async def test_two_letters_with_the_same_words_are_told_apart(by_twilio):
    night = by_twilio
    night.server.will(201, {"sid": "SM1"})
    first = night.post(text="Fuite", key="k1")
    await night.forward()
    night.server.answers[:] = [("hang up", "", {})]
    second = night.post(text="Fuite", key="k2")
    await night.forward()
    night.server.answers[:] = [had(night, ("SM1", "Fuite")), (201, json.dumps({"sid": "SM2"}), {})]
    await night.forward(10)
    assert asked(night) == ["POST", "POST", "GET", "POST"]
    assert (night.state(first), night.state(second)) == ("sent", "sent")


async def test_a_gateway_that_said_no_is_asked_to_send_again_and_not_what_it_has(by_twilio):
    night = by_twilio
    night.server.will(429, {"code": 20429})
    night.post(text="Fuite")
    await night.forward()
    night.server.answers[:] = [(201, json.dumps({"sid": "SM1"}), {})]
    await night.forward(10)
    assert asked(night) == ["POST", "POST"]


WORKER = """
import asyncio, sys
from datetime import datetime
from voicebot.clock import FakeClock
from voicebot.delivery.http_sms import HttpSms
from voicebot.delivery.letter import Channel
from voicebot.store.database import Database
from voicebot.worker.deliver import Postman

async def main():
    clock = FakeClock(datetime.fromisoformat(sys.argv[3]))
    gateway = HttpSms(sys.argv[2], "Astreinte", clock)
    postman = Postman(Database(sys.argv[1]), {Channel.SMS: gateway}, clock)
    await postman.deliver(clock.now())
    await postman.idle()

asyncio.run(main())
"""


async def test_a_worker_killed_between_claim_and_outcome(night):
    id = night.post(text="Fuite")
    night.server.will("silence")
    worker = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", WORKER),
        *(str(night.database.url), night.server.url, NOW.isoformat()),
    )
    while not night.server.requests:  # its first act
        assert worker.returncode is None
        await asyncio.sleep(0.01)
    os.kill(worker.pid, signal.SIGKILL)
    await worker.wait()
    (lost,) = night.server.requests
    night.server.requests.clear()
    night.server.answers[:] = [(200, json.dumps({"id": "G1"}), {})]

    assert night.state(id) == "sending"
    await night.forward(LEASE.total_seconds() - 1)
    night.expect_sms()
    await night.forward(1)
    (sent,) = night.server.requests
    assert sent.json["text"] == "Fuite"
    # A gateway that takes keys sees that both are one, and sends no second SMS.
    assert sent.headers["idempotency-key"] == lost.headers["idempotency-key"]
    assert night.state(id) == "sent"
    await night.forward(3600)
    assert len(night.server.requests) == 1
