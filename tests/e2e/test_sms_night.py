"""An alert goes out by SMS, and the technician answers by the link in it: all parts real."""

from dataclasses import replace

import httpx
import pytest

from tests.delivery.conftest import server as server
from tests.web.conftest import client as company
from tests.worker.night import Night, client, step
from voicebot.calls.live import Live
from voicebot.delivery.http_sms import HttpSms
from voicebot.delivery.letter import Channel
from voicebot.oncall.technician import Way
from voicebot.web.app import create_app
from voicebot.worker.deliver import Postman

PUBLIC = "https://astreinte.exemple.fr"


@pytest.fixture
def night(database):
    policy = client(step("karim", by=(Way.SMS,), wait=300), step("lea"))
    plumber = company("plomberie", "Plomberie Moreau", "plomberie")
    return Night(database, replace(plumber, on_call=policy.on_call))


@pytest.fixture
async def postman(night, server):
    gateways = {Channel.SMS: HttpSms(server.url, "Astreinte", night.clock)}
    made = Postman(night.database, gateways, night.clock, public_url=PUBLIC)
    yield made
    await made.close()


@pytest.fixture
async def telephone(night, tmp_path):
    app = create_app(
        clients=night.clients,
        switchboard=None,
        live=Live(),
        database=night.database,
        recordings=tmp_path,
        clock=night.clock,
        hosts=["astreinte.exemple.fr"],
    )
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=PUBLIC) as asking:
        yield asking


async def expect_sms(night, postman, server):
    """The one SMS that leaves now."""
    await night.forward()
    await postman.deliver(night.clock.now())
    await postman.idle()
    (request,) = server.requests
    server.requests.clear()
    return request.json


async def test_an_sms_is_answered_by_its_link(night, postman, server, telephone):
    server.will(200, {"id": "G1"})
    night.urgent_call(address="12 rue des Lilas, Lyon")
    sms = await expect_sms(night, postman, server)
    assert sms["to"] == "+33639981001"
    assert sms["text"].startswith("Plomberie Moreau, urgence : Une fuite. 12 rue des Lilas, Lyon")
    words, _, link = sms["text"].rpartition(" ")
    assert words.endswith("Répondre :")
    assert link.startswith(PUBLIC + "/l/")

    page = await telephone.get(link)
    assert "12 rue des Lilas, Lyon" in page.text
    night.expect_state("triggered")

    pressed = await telephone.post(link, data={"do": "take"}, headers={"Origin": PUBLIC})
    assert pressed.status_code == 303
    night.expect_state("acknowledged", by="karim")
    await night.forward(3600)
    night.expect_rings()


async def test_who_declines_lets_the_next_be_rung_at_once(night, postman, server, telephone):
    server.will(200, {"id": "G1"})
    night.urgent_call()
    sms = await expect_sms(night, postman, server)
    await telephone.post(sms["text"].rpartition(" ")[2], data={"do": "decline"})
    await night.forward(60)
    night.expect_rings("lea")
    night.expect_state("acknowledged", by="lea")


async def test_a_gateway_that_is_down_holds_up_no_ring(night, postman, server):
    server.will(503)
    night.urgent_call()
    await expect_sms(night, postman, server)
    await night.forward(400)
    night.expect_rings("lea")
    night.expect_state("acknowledged", by="lea")

    # Karim sleeps on: what he was to be asked is done.
    server.answers[:] = [(200, "{}", {})]
    await night.forward(3600)
    await postman.deliver(night.clock.now())
    await postman.idle()
    assert [request.json["to"] for request in server.requests] == ["+33639981002"]
