"""A real worker in a thread beside the calls: it starts, wakes, stops, and never ends a call."""

import threading
import time

import pytest

from tests.worker.night import CALLER, NUMBERS, client, step
from voicebot.calls.live import Live
from voicebot.clock import FakeClock, SystemClock
from voicebot.errors import BadInput
from voicebot.handoff.ringing import TelephoneLegs
from voicebot.handoff.simulated import ACCEPTS, NO_ANSWER, SimulatedTelephone
from voicebot.store import alerts, attempts
from voicebot.store.entry import CallStart, Entry
from voicebot.worker.beside import Beside, Condition
from voicebot.worker.escalator import Escalator
from voicebot.worker.ringer import Ringer
from voicebot.worker.worker import Worker

NEVER_S = 3600.0
"""A worker that looks by itself no more often than that does only what it was told of."""


@pytest.fixture
def telephone():
    return SimulatedTelephone({NUMBERS["karim"]: ACCEPTS})


@pytest.fixture
def worker(database, telephone):
    clients = {"plomberie": client(step("karim"))}
    ringer = Ringer(database, clients, TelephoneLegs(telephone), SystemClock())
    return Worker(Escalator(database, clients), ringer, SystemClock(), poll_s=NEVER_S)


@pytest.fixture
def raise_alert(journal):
    """Raises an alert in a call of that name, and gives its entry."""

    def make(call_id):
        now = SystemClock().now()
        data = {"urgency": "urgent", "rule": call_id, "because": "Une fuite."}
        entry = Entry("alert", now, {**data, "joins_within_s": 0.0})
        journal.open(CallStart(call_id, "plomberie", CALLER, None, now), [entry])
        return entry

    return make


def until(holds, seconds=60):
    """Waits for what happens in the other thread."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def outcomes(database, alert_id):
    with database.read() as connection:
        return [row.outcome or row.state for row in attempts.of_alert(connection, alert_id)]


def working():
    return [thread for thread in threading.enumerate() if thread.name == "worker"]


def test_it_does_what_is_due_when_it_starts_and_is_gone_afterwards(database, worker, raise_alert):
    raise_alert("c1")
    with Beside(lambda: worker, Live()):
        until(lambda: outcomes(database, 1))
    assert working() == []


def test_an_alert_of_a_call_wakes_it(database, worker, raise_alert, telephone):
    live = Live()
    telephone.manners = {NUMBERS["karim"]: NO_ANSWER}
    raise_alert("c1")
    with Beside(lambda: worker, live):
        until(lambda: "ringing" in outcomes(database, 1))
        entry = raise_alert("c2")

        def woken():
            live.publish("c2", entry)  # again: it may not listen yet
            return outcomes(database, 2)

        until(woken)


def test_a_telephone_that_rings_when_it_stops_is_left_to_the_next(
    database, worker, raise_alert, telephone
):
    telephone.manners = {NUMBERS["karim"]: NO_ANSWER}
    raise_alert("c1")
    with Beside(lambda: worker):
        until(lambda: telephone.dialled)
    assert working() == []
    assert telephone.engaged == set()
    assert outcomes(database, 1) == ["ringing"]  # in doubt
    with database.read() as connection:
        assert alerts.find(connection, 1).state == "triggered"


@pytest.mark.parametrize("again", range(3))
def test_a_stop_that_comes_at_once_is_no_hurry_too_much(worker, again):
    with Beside(lambda: worker):
        pass
    assert working() == []


def test_a_chore_that_breaks_stops_neither_the_alerts_nor_the_calls(
    database, worker, raise_alert, caplog
):
    async def broken(now):
        raise RuntimeError("a mistake")

    worker.chores = (broken,)
    raise_alert("c1")
    with Beside(lambda: worker, Live()):
        until(lambda: outcomes(database, 1))
        until(lambda: "the worker tries again" in caplog.text)
        assert len(working()) == 1


class Broken(SystemClock):
    def now(self):
        raise RuntimeError("no time")


def test_a_worker_that_breaks_as_a_whole_is_followed_by_another(
    database, worker, telephone, raise_alert, caplog
):
    raise_alert("c1")
    clocks = [SystemClock(), Broken(), Broken()]

    def hire():
        ringer = Ringer(database, worker.ringer.clients, TelephoneLegs(telephone), SystemClock())
        return Worker(worker.escalator, ringer, clocks.pop())

    with Beside(hire, Live(), first_wait_s=0.01) as beside:
        until(lambda: outcomes(database, 1) == ["accepted"])
        assert beside.restarts == 2
        assert beside.condition is Condition.WORKING
    assert working() == []
    assert caplog.text.count("the worker broke") == 2


def test_it_says_that_it_begins_anew_and_can_be_stopped_then(worker):
    worker.clock = Broken()
    with Beside(lambda: worker, Live(), first_wait_s=3600) as beside:
        until(lambda: beside.condition is Condition.RESTARTING)
        assert beside.restarts == 1
    assert working() == []


def test_a_worker_that_is_held_up_says_so(database, worker):
    clock, live = FakeClock(), Live()
    slow = Worker(worker.escalator, worker.ringer, clock, poll_s=NEVER_S)
    looked = []

    async def look(now):
        looked.append(now)

    slow.chores = (look,)
    with Beside(lambda: slow, live) as beside:
        until(lambda: looked)
        clock.advance(NEVER_S + 59)
        assert beside.condition is Condition.WORKING
        clock.advance(2)
        assert beside.condition is Condition.STUCK

        def woken():
            live.publish("c1", Entry("alert", clock.now(), {}))
            return beside.condition is Condition.WORKING

        until(woken)


def test_a_wrong_setting_is_told_before_anything_runs():
    def hire():
        raise BadInput("setting sms: no such gateway")

    with pytest.raises(BadInput):
        Beside(hire)
    assert working() == []
