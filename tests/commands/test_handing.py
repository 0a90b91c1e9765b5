"""The desk that `voicebot serve` opens."""

import asyncio
from datetime import UTC, datetime

import pytest

from voicebot.calls.handed import Wanted
from voicebot.calls.live import Live
from voicebot.clients.loader import find_client
from voicebot.clock import SystemClock
from voicebot.commands.handing import Kept, open_desk
from voicebot.commands.options import read_settings
from voicebot.commands.working import make_worker
from voicebot.handoff.leg import LegDown
from voicebot.handoff.presence import Operator, Presence
from voicebot.handoff.simulated_call import SimulatedBridge
from voicebot.store import presence


@pytest.fixture
def client():
    settings = read_settings()
    return find_client(settings.flows, "plomberie-moreau")


def desk(database, client, monkeypatch, **settings):
    for name, value in settings.items():
        monkeypatch.setenv(f"VOICEBOT_{name.upper()}", value)
    made = read_settings()
    clients = {client.name: client}
    return open_desk(made, database, clients, SystemClock(), Live(), SimulatedBridge()), made


@pytest.mark.parametrize(
    ("settings", "reachable"),
    [
        ({"telephone": "none"}, False),
        ({"telephone": "simulated", "worker": "none"}, True),  # the client's own list
        ({"telephone": "simulated"}, True),
    ],
)
def test_who_can_be_rung(database, client, monkeypatch, settings, reachable):
    handing, _ = desk(database, client, monkeypatch, **settings)
    assert handing.desk.reachable(Wanted(client, "urgent", "fr", "urgent")) is reachable
    assert handing.desk.house.escalates is (settings == {"telephone": "simulated"})
    assert not handing.desk.reachable(Wanted(client, "asked", "fr", ""))


def test_the_worker_shares_the_callers_who_wait_and_the_telephone(database, client, monkeypatch):
    handing, settings = desk(database, client, monkeypatch, telephone="simulated")
    worker = make_worker(settings, database, {client.name: client}, SystemClock(), handing)
    assert worker.ringer.waiting is handing.desk.house.waiting
    with pytest.raises(LegDown):  # the loop of the calls does not run yet: it is tried again
        asyncio.run(handing.telephone.dial("+33639981001", "k", 25))


def test_a_presence_is_kept(database):
    keep = Kept(database)
    keep(Operator(7, "Claire"), Presence.AVAILABLE, datetime(2026, 1, 14, 21, 30, tzinfo=UTC))
    keep.thread.shutdown(wait=True)
    with database.read() as connection:
        assert presence.read(connection, 7).presence == "available"
