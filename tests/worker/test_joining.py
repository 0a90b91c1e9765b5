"""Which calls are about the same alert."""

import pytest

from tests.worker.night import Night, client, step
from voicebot.handoff.simulated import NO_ANSWER
from voicebot.oncall.alert import By
from voicebot.store import alerts


@pytest.fixture
def night(database):
    return Night(database, client(step("karim", wait=7200)), karim=NO_ANSWER)


def test_the_same_caller_with_the_same_reason_joins(night):
    assert night.urgent_call() == night.urgent_call() == 1
    assert ("joined", "", None) in night.lines()
    with night.database.read() as connection:
        assert alerts.calls_of(connection, 1) == ("c1", "c2")


def test_the_same_site_joins_whoever_calls(night):
    night.urgent_call("+33611111111", address="12, rue des Lilas")
    assert night.urgent_call("+33622222222", address="12, RUE des lilas") == 1


def test_another_reason_is_another_alert(night):
    night.urgent_call()
    assert night.urgent_call(rule="gaz") == 2


def test_hidden_numbers_do_not_join(night):
    night.urgent_call(None)
    assert night.urgent_call(None) == 2


def test_nobody_joins_when_the_time_is_over(night):
    night.urgent_call()
    night.clock.advance(30 * 60 + 1)
    assert night.urgent_call() == 2


def test_nobody_joins_an_alert_that_was_closed(night):
    night.urgent_call()
    with night.database.write() as connection:
        at = night.clock.now()
        assert alerts.close(connection, 1, who="Anne", by=By.PAGE, at=at)
        assert not alerts.acknowledge(connection, 1, who="Anne", by=By.PAGE, at=at)
    assert night.urgent_call() == 2


async def test_nobody_joins_an_alert_that_reached_nobody(night):
    night.urgent_call()
    await night.forward(60)
    assert night.urgent_call() == 2
    await night.forward(1)
    night.expect_rings("karim", "karim")


def test_a_call_that_gets_graver_makes_its_alert_graver_until_somebody_has_it(night):
    assert night.urgent_call() == night.says("c1", rule="gaz", urgency="vital") == 1
    with night.database.write() as connection:
        assert alerts.find(connection, 1).urgency == "vital"
        alerts.acknowledge(connection, 1, who="Anne", by=By.PAGE, at=night.clock.now())
    assert night.says("c1", rule="feu", urgency="vital") == 2
