"""What a monitor reads at `/healthz`."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from tests.web.conftest import NOW
from voicebot.delivery.letter import Channel, Letter
from voicebot.store import outbox
from voicebot.store.entry import CallStart, Entry
from voicebot.store.journal import StoredJournal


async def test_health(browser, clients, database):
    found = (await browser.get("/healthz")).json()
    assert found == {
        "ready": True,
        "clients": 3,
        "worker": "elsewhere",
        "worker_restarts": 0,
        "alerts_overdue": 0,
        "letters_failed": 0,
        "letters_late": 0,
    }

    clients.clear()
    found = (await browser.get("/healthz")).json()
    assert (found["ready"], found["clients"]) == (False, 0)


@pytest.mark.parametrize(
    ("condition", "status"), [("working", 200), ("restarting", 503), ("stuck", 503)]
)
async def test_a_worker_that_does_not_work_is_not_healthy(browser, app, condition, status):
    app.state.worker = SimpleNamespace(condition=condition, restarts=2)
    answer = await browser.get("/healthz")

    assert answer.status_code == status
    assert (answer.json()["worker"], answer.json()["worker_restarts"]) == (condition, 2)


async def test_an_alert_that_no_worker_looks_at_is_not_healthy(browser, database, clock):
    data = {"urgency": "urgent", "rule": "leak", "because": "", "joins_within_s": 0.0}
    for seconds, status in ((30, 200), (60, 503)):
        at = clock.now() - timedelta(seconds=seconds)
        start = CallStart(f"c{seconds}", "plomberie-moreau", None, None, at)
        StoredJournal(database).open(start, [Entry("alert", at, data)])
        answer = await browser.get("/healthz")
        assert answer.status_code == status
    assert answer.json()["alerts_overdue"] == 1


async def test_letters_that_lie_undelivered_are_told_and_calls_are_taken(browser, database):
    letter = Letter(
        Channel.SMS, "+33612345678", "Une fuite", "k1", "plomberie-moreau", NOW - timedelta(hours=1)
    )
    with database.write() as connection:
        outbox.post(connection, letter)
    answer = await browser.get("/healthz")

    assert answer.status_code == 200
    assert answer.json()["letters_late"] == 1
    assert "fuite" not in answer.text
