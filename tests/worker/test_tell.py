"""A client's own program is told of each line of an alert, signed, once; by a real server."""

import base64
import json
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

from tests.delivery.conftest import server as server
from tests.worker.night import CALLER, Night, client, step
from voicebot.delivery.letter import Channel
from voicebot.delivery.signature import BadSignature, client_secret, verify
from voicebot.delivery.webhook import Webhook
from voicebot.handoff.simulated import BUSY
from voicebot.oncall.alert import By
from voicebot.store import alerts
from voicebot.worker.deliver import Postman
from voicebot.worker.tell import Teller

OURS = "whsec_" + base64.b64encode(bytes(range(32))).decode()
THEIRS = client_secret(OURS, "plomberie")


class Told(Night):
    """A night whose client wants webhooks."""

    def __init__(self, database, server, **manners):
        plumber = client(step("karim"), step("lea"))
        super().__init__(database, SimpleNamespace(**vars(plumber), webhook=server.url), **manners)
        self.server = server
        self.teller = Teller(database, self.clients)
        gateways = {Channel.WEBHOOK: Webhook(OURS, self.clock)}
        self.postman = Postman(database, gateways, self.clock, jitter=lambda: 0.0)

    async def tell(self, teller=None):
        """Everything that there is to tell leaves."""
        while (teller or self.teller).tick(self.clock.now()):
            pass
        while await self.postman.deliver(self.clock.now()):
            await self.postman.idle()

    def expect(self, *kinds):
        """Exactly these were told since the last time that was asked; gives the last one's data."""
        said = []
        for request in self.server.requests:
            verify(THEIRS, request.headers, request.body, self.clock.now())
            said.append(request.json)
        ids = [request.headers["webhook-id"] for request in self.server.requests]
        assert len(set(ids)) == len(ids)
        self.server.requests.clear()
        assert [one["type"].removeprefix("alert.") for one in said] == list(kinds)
        return said[-1] if said else None


@pytest.fixture
async def night(database, server):
    server.will(204)
    made = Told(database, server, karim=BUSY)
    yield made
    await made.postman.close()


async def test_each_line_is_told_as_it_is_written(night):
    night.urgent_call(caller_name="Hélène Noël")
    await night.tell()
    raised = night.expect("triggered")
    assert raised["data"] == {
        "change": 1,
        "alert": 1,
        "client": "plomberie",
        "state": "triggered",
        "urgency": "urgent",
        "rule": "fuite",
        "because": "Une fuite.",
        "fields": {"caller_name": "Hélène Noël"},
        "caller": CALLER,
        "by": "call",
        "who": "",
        "details": {"urgency": "urgent", "rule": "fuite", "call_id": "c1"},
    }
    assert datetime.fromisoformat(raised["timestamp"]) == night.clock.now()

    await night.forward(60)
    await night.tell()
    taken = night.expect("rung", "ring_ended", "rung", "acknowledged", "ring_ended")
    assert (taken["data"]["who"], taken["data"]["details"]["outcome"]) == ("lea", "accepted")
    assert "+33639981002" not in json.dumps(taken)  # a technician's number is his own

    with night.database.write() as connection:
        alerts.close(connection, 1, who="Nadia", by=By.PAGE, at=night.clock.now())
    await night.tell()
    closed = night.expect("closed")
    assert (closed["data"]["state"], closed["data"]["by"]) == ("closed", "page")


async def test_nothing_is_told_twice_by_another_worker_or_after_a_stop(night):
    night.urgent_call()
    await night.tell()
    night.expect("triggered")
    await night.tell(Teller(night.database, night.clients))
    night.expect()

    one, other = (Teller(night.database, night.clients) for _ in range(2))
    night.urgent_call(rule="odeur")
    await night.tell(one)
    await night.tell(other)
    night.expect("triggered")


async def test_what_was_told_long_ago_is_not_looked_through_again(night):
    night.urgent_call()
    await night.tell()
    await night.tell()
    night.clock.advance(61)
    await night.tell()
    assert night.teller._floor == 1
    night.urgent_call(rule="odeur")
    await night.tell()
    night.expect("triggered", "triggered")


async def test_a_program_that_is_down_is_told_when_it_is_back(night, server):
    server.answers[:] = [(503, "", {})]
    night.urgent_call()
    await night.tell()
    night.expect("triggered")
    server.answers[:] = [(204, "", {})]
    night.clock.advance(10)
    await night.tell()
    night.expect("triggered")


async def test_what_happened_before_yesterday_is_not_told_today(night):
    night.urgent_call()
    night.clock.advance(timedelta(hours=25).total_seconds())
    await night.tell()
    night.expect()


async def test_a_client_without_a_webhook_is_told_nothing(night):
    night.clients["plomberie"].webhook = ""
    night.urgent_call()
    await night.tell()
    night.expect()


async def test_one_client_cannot_sign_for_another(night):
    night.urgent_call()
    await night.tell()
    (request,) = night.server.requests
    with pytest.raises(BadSignature):
        verify(client_secret(OURS, "garage"), request.headers, request.body, night.clock.now())
