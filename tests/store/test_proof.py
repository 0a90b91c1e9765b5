from datetime import UTC, date, datetime, timedelta

import pytest

from tests.store.conftest import alert, answered, start
from tests.web.team import HOURS, at, on_call
from voicebot.oncall.alert import AlertChange, By, Happening
from voicebot.oncall.override import Override, OverrideKind
from voicebot.store import alert_changes, overrides
from voicebot.store.statements import statements

CLIENT = "plomberie-moreau"
NIGHT = at("2026-01-15 02:00")
LATER = datetime(2026, 3, 1, tzinfo=UTC)
JANUARY = date(2026, 1, 1)


@pytest.fixture
def raised(journal):
    """The number of an alert of that client."""
    journal.open(start("c1", client=CLIENT, at=NIGHT), [answered(NIGHT), alert(at=NIGHT)])
    return 1


@pytest.fixture
def note(database, raised):
    def noted(kind, minutes, who, by=By.WORKER, **data):
        change = AlertChange(kind, NIGHT + timedelta(minutes=minutes), by, who, data)
        with database.write() as connection:
            alert_changes.note(connection, raised, change)

    return noted


def of(database, month=JANUARY, now=LATER, team=None):
    with database.read() as connection:
        found = statements(connection, CLIENT, team or on_call(), HOURS, month, now)
    return {one.technician: one for one in found}


def test_hours_rings_and_work_of_each(database, note):
    note(Happening.RUNG, 0, "karim", key="k")
    note(Happening.RING_ENDED, 1, "karim", key="k", outcome="no_answer")
    note(Happening.RING_ENDED, 3, "lea", outcome="accepted")
    note(Happening.ACKNOWLEDGED, 3, "lea", By.RING)  # the same, told a second time
    note(Happening.STARTED, 30, "lea", By.LINK)
    note(Happening.STARTED, 31, "lea", By.PAGE)  # the operator writes it down as well
    note(Happening.ENDED, 90, "lea", By.LINK)

    found = of(database)

    assert set(found) == {"karim", "lea"}  # Thomas was not on call, and nobody asked him
    assert [(r.way, r.outcome) for r in found["karim"].rings] == [("ring", "no_answer")]
    assert [(r.way, r.outcome) for r in found["lea"].rings] == [("ring", "accepted")]
    assert [i.length for i in found["lea"].interventions] == [timedelta(hours=1)]
    assert found["lea"].total.worked == timedelta(hours=1)


def test_an_override_moves_the_hours_to_whoever_took_them(database):
    before = of(database)["lea"].total.on_call
    night = at("2026-01-14 18:00"), at("2026-01-15 08:00")
    change = Override("nuit", OverrideKind.REPLACE, *night, "thomas", "lea")
    with database.write() as connection:
        overrides.add(connection, CLIENT, change, by="Nadia", at=NIGHT)

    found = of(database)

    assert found["thomas"].total.on_call == timedelta(hours=14)
    assert found["lea"].total.on_call == before - timedelta(hours=14)


def test_who_has_left_since_keeps_his_statement(database, note):
    note(Happening.RING_ENDED, 1, "ancien", outcome="accepted")

    assert of(database)["ancien"].rung("accepted") == 1


def test_an_operator_gets_no_statement(database, note):
    note(Happening.ACKNOWLEDGED, 1, "Nadia", By.PAGE)

    assert "Nadia" not in of(database)


def test_an_intervention_that_goes_on_has_no_length_yet(database, note):
    note(Happening.STARTED, 30, "lea", By.LINK)

    (going_on,) = of(database)["lea"].interventions
    assert going_on.end is None


def test_another_client_s_alerts_are_not_told(database, note):
    note(Happening.RING_ENDED, 1, "karim", outcome="accepted")
    with database.read() as connection:
        found = statements(connection, "cabinet-durand", on_call(), HOURS, JANUARY, LATER)

    assert not [one for one in found if one.rings]


def test_a_month_without_anything(database):
    assert of(database, date(2025, 1, 1)) == {}
