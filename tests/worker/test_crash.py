"""A real worker process, killed with SIGKILL in the middle of an escalation."""

import time
from datetime import UTC, datetime

import pytest

from voicebot.bench.crew import Crew
from voicebot.bench.exchange import Exchange
from voicebot.bench.nights import clients
from voicebot.bench.verdict import judge, over
from voicebot.settings import ROOT
from voicebot.store.entry import CallStart, Entry
from voicebot.store.journal import StoredJournal

LONG_S = 120


@pytest.fixture
def exchange():
    found = Exchange(manners={"late": 1}, late_s=3600)  # whoever is rung thinks, and thinks
    found.start()
    yield found
    found.stop()


@pytest.fixture
def crew(database, exchange):
    found = Crew(str(database.url), exchange.port, 1, ROOT / "flows")
    yield found
    found.end()


def until(holds):
    end = time.monotonic() + LONG_S
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.1)


def test_kill_9_in_the_middle_of_a_ring(database, exchange, crew):
    now = datetime.now(UTC)
    alert = {"urgency": "urgent", "rule": "leak", "because": "", "joins_within_s": 60.0}
    call = CallStart("c1", "client-0", "+33612345678", None, now)
    StoredJournal(database).open(call, [Entry("alert", now, alert)])

    first = crew.hire()
    until(lambda: exchange.rings)
    crew.kill(first)
    exchange.manners = {"accepts": 1}
    crew.hire()
    until(lambda: over(database))

    verdict = judge(database, exchange, clients(ROOT / "flows", 1), 1)
    assert (verdict.lost, verdict.doubled) == ([], [])
    assert verdict.acknowledged == 1
    assert verdict.rings == 2
