"""A real worker process, killed with SIGKILL in the middle of an escalation."""

import subprocess
import sys
import time
from datetime import UTC, datetime

import pytest

from voicebot.bench.escalation import ready
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
def hire(database, exchange):
    hired = []

    def start():
        module = [sys.executable, "-m", "voicebot.bench.night_worker"]
        arguments = [str(database.url), str(exchange.port), "1", str(ROOT / "flows")]
        process = subprocess.Popen([*module, *arguments], stdout=subprocess.PIPE)
        hired.append(process)
        ready(process)
        return process

    yield start
    for process in hired:
        process.kill()
        process.wait()


def until(holds):
    end = time.monotonic() + LONG_S
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.1)


def test_kill_9_in_the_middle_of_a_ring(database, exchange, hire):
    now = datetime.now(UTC)
    alert = {"urgency": "urgent", "rule": "leak", "because": "", "joins_within_s": 60.0}
    call = CallStart("c1", "client-0", "+33612345678", None, now)
    StoredJournal(database).open(call, [Entry("alert", now, alert)])

    first = hire()
    until(lambda: exchange.rings)
    first.kill()
    first.wait()
    exchange.manners = {"accepts": 1}
    hire()
    until(lambda: over(database))

    verdict = judge(database, exchange, clients(ROOT / "flows", 1), 1)
    assert (verdict.lost, verdict.doubled) == ([], [])
    assert verdict.acknowledged == 1
    assert verdict.rings == 2
