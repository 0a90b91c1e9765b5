"""The judge of the escalation bench finds what is lost and what is doubled; and nothing else."""

import pytest
from sqlalchemy import delete, update

from tests.worker.night import Night
from voicebot.bench.exchange import Exchange
from voicebot.bench.nights import clients
from voicebot.bench.verdict import judge
from voicebot.settings import ROOT
from voicebot.store.escalation_tables import attempts, escalations
from voicebot.store.outbox_tables import outbox


@pytest.fixture
async def night(database):
    """A night of the bench, on which nobody answers: each step is gone through."""
    (plumber,) = clients(ROOT / "flows", 1).values()
    night = Night(database, plumber)
    night.urgent_call()
    await night.forward(300)
    with database.write() as connection:
        connection.execute(update(outbox).values(state="sent"))  # there is no postman here
    return night


@pytest.fixture
def exchange(night):
    """What the exchange saw of it."""
    saw = Exchange()
    for ring in night.telephone.dialled:
        saw.rings[ring.key] += 1
        saw.numbers[ring.key] = ring.address
    yield saw
    saw._loop.close()


def judged(night, exchange, runs=1):
    return judge(night.database, exchange, night.clients, runs)


async def test_a_night_without_a_fault(night, exchange):
    found = judged(night, exchange)
    assert (found.lost, found.doubled) == ([], [])
    assert (found.exhausted, found.acknowledged, found.rings) == (1, 0, 9)


async def test_a_telephone_that_rang_twice(night, exchange):
    key = next(iter(exchange.rings))
    exchange.rings[key] += 1
    assert judged(night, exchange).doubled == [f"ring {key}: 2 times"]


async def test_a_step_that_was_done_again_under_another_key(night, exchange):
    key = next(iter(exchange.rings))
    other = "0" * 12 + "-" + key.partition("-")[2]
    exchange.rings[other], exchange.numbers[other] = 1, exchange.numbers[key]
    found = judged(night, exchange)
    assert [one for one in found.doubled if one.endswith("2 rings")]
    assert found.lost == [f"ring {other} is in no store"]


async def test_an_alert_that_nobody_raised(night, exchange):
    assert judged(night, exchange, runs=2).lost == ["1 alerts of 2"]


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (delete(attempts).where(attempts.c.step == 1, attempts.c.way == "ring"), "step 1, t1"),
        (delete(attempts).where(attempts.c.procedure), "alert 1: owner"),
        (delete(escalations), "has no escalation"),
        (update(escalations).values(phase="running"), "is triggered, running"),
        (update(attempts).where(attempts.c.way == "ring").values(outcome=None), "no outcome"),
        (delete(outbox).where(outbox.c.id == 1), "posted 0 times"),
        (update(outbox).values(state="failed", code="http 400"), "was given up"),
        (update(outbox).values(state="sending"), "has not left"),
    ],
)
async def test_what_is_lost(night, exchange, harm, told):
    with night.database.write() as connection:
        connection.execute(harm)
    found = judged(night, exchange)
    assert any(told in one for one in found.lost)
