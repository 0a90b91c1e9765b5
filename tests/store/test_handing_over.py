"""What is kept of operators, of transfers and their legs."""

from datetime import UTC, datetime, timedelta

from tests.store.conftest import start
from voicebot.store import presence, transfers
from voicebot.store.entry import Entry

NOW = datetime(2026, 1, 14, 21, 30, tzinfo=UTC)


def at(seconds, kind, **data):
    return Entry(kind, NOW + timedelta(seconds=seconds), data)


def leg(seconds, number, state, **more):
    who = {"target": "operators", "person": f"operator-{number}", "name": f"Nom {number}"}
    return at(seconds, "leg", number=number, state=state, **who, **more)


def kept(database):
    with database.read() as connection:
        return transfers.read(connection, "c1")


def test_a_transfer_and_its_legs(database, journal):
    journal.open(start("c1"), [])
    journal.write("c1", [at(0, "transfer", reason="asked"), leg(1, 0, "ringing")])
    journal.write("c1", [leg(16, 0, "ended", outcome="declined", reason="occupée")])
    journal.write("c1", [leg(16, 1, "ringing"), leg(20, 1, "ended", outcome="accepted")])
    journal.write("c1", [at(20, "joined", number=1, name="Nom 1")])
    journal.write("c1", [at(80, "transferred", result="spoken", person="Nom 1")])
    (one,) = kept(database)
    assert (one.reason, one.result, one.person, one.waited_s) == ("asked", "spoken", "Nom 1", 20)
    assert [(found.outcome, found.reason) for found in one.legs] == [
        ("declined", "occupée"),
        ("accepted", None),
    ]


def test_each_search_of_a_call_has_its_own(database, journal):
    journal.open(start("c1"), [])
    for seconds in (0, 60):
        journal.write("c1", [at(seconds, "transfer", reason="asked"), leg(seconds, 0, "ringing")])
        journal.write("c1", [at(seconds + 20, "transferred", result="unreached", person="")])
    first, second = kept(database)
    assert first.waited_s == second.waited_s == 20
    assert len(first.legs) == len(second.legs) == 1


def test_a_call_that_was_cut_leaves_no_transfer_open(database, journal):
    journal.open(start("c1"), [])
    journal.write("c1", [at(0, "transfer", reason="urgent"), leg(1, 0, "ringing")])
    assert kept(database)[0].waited_s is None
    journal.write("c1", [at(9, "ended", outcome="interrupted", cause="crash")])
    assert kept(database)[0].result == "broken"


def test_a_leg_without_a_transfer_costs_nothing(database, journal):
    journal.open(start("c1"), [])
    journal.write("c1", [leg(1, 0, "ringing")])
    assert kept(database) == ()


def test_an_operator(database):
    with database.write() as connection:
        assert presence.read(connection, 1) is None
        presence.keep(connection, 1, "Claire", "available", NOW)
        presence.describe(
            connection, 1, name="Claire", at=NOW, skills=["gaz"], languages=["fr", "en"], at_once=2
        )
        presence.keep(connection, 1, "Claire", "offline", NOW + timedelta(hours=1))
        found = presence.read(connection, 1)
        assert presence.history(connection, 1, NOW) == (
            (NOW, "available"),
            (NOW + timedelta(hours=1), "offline"),
        )
    assert found.presence == "available", "offline is seen, not kept"
    assert (found.skills, found.languages, found.at_once) == ({"gaz"}, {"fr", "en"}, 2)
