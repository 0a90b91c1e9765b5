"""Steps that name a rota, with real rotas and the changes that the store keeps."""

from datetime import timedelta

import pytest

from tests.oncall.rotas import rota, rotation
from tests.worker.night import Night, client, step
from voicebot.handoff.simulated import NO_ANSWER
from voicebot.oncall.override import Override, OverrideKind
from voicebot.oncall.policy import Kind, Target
from voicebot.store import overrides

NIGHTS = Target(Kind.ROTA, "nuit")
SECOND = Target(Kind.ROTA, "nuit", level=2)
EVERYBODY = Target(Kind.EVERYBODY, "nuit")
TEAM = rota(rotation("karim"), rotation("lea"))
NEXT_YEAR = rota(rotation("karim", begins="2027-01-04T08:00"))
"""Nobody is on it yet."""


def off(night, name, hours=2.0):
    """Somebody is taken off the rota from now on."""
    now = night.clock.now()
    end = now + timedelta(hours=hours)
    change = Override("nuit", OverrideKind.REMOVE, now, end, remove=name)
    with night.database.write() as connection:
        overrides.add(connection, "plomberie", change, by="moreau", at=now)


async def test_the_levels_of_a_rota_are_rung_one_after_the_other(database):
    night = Night(database, client(step(NIGHTS), step(SECOND), rotas=(TEAM,)), karim=NO_ANSWER)
    night.urgent_call()
    await night.forward(60)
    night.expect_rings("karim", "lea")
    night.expect_state("acknowledged", by="lea")


async def test_everybody_of_a_rota_is_rung_at_once(database):
    night = Night(database, client(step(EVERYBODY), rotas=(TEAM,)))
    night.urgent_call()
    await night.forward()
    night.expect_rings("karim", "lea")


@pytest.mark.parametrize("target", [NIGHTS, EVERYBODY], ids=lambda target: target.kind.value)
async def test_a_rota_that_nobody_is_on_makes_the_next_step_due_at_once(database, target):
    night = Night(database, client(step(target), step("thomas"), rotas=(NEXT_YEAR,)))
    night.urgent_call()
    await night.forward()
    night.expect_rings("thomas")
    assert night.lines()[1] == ("nobody", "", None)


async def test_rotas_that_nobody_is_on_at_any_step_begin_the_procedure_at_once(database):
    plumber = client(step(NIGHTS), step(SECOND), rotas=(NEXT_YEAR,), people=["moreau"])
    night = Night(database, plumber)
    night.urgent_call()
    await night.forward()
    night.expect_rings("moreau")
    assert night.expect_state("triggered").flagged_at is not None


async def test_nobody_on_any_rota_and_no_procedure_is_flagged_and_never_forgotten(database):
    night = Night(database, client(step(NIGHTS), rotas=(NEXT_YEAR,)))
    night.urgent_call()
    await night.forward(3600)
    night.expect_rings()
    assert night.expect_state("triggered").flagged_at is not None
    assert night.lines()[-1] == ("exhausted", "", None)


async def test_the_only_one_on_call_is_taken_off_and_the_next_step_is_due(database):
    night = Night(database, client(step(NIGHTS), step("thomas"), rotas=(rota(rotation("karim")),)))
    off(night, "karim")
    night.urgent_call()
    await night.forward()
    night.expect_rings("thomas")


async def test_a_change_that_is_taken_back_while_a_telephone_rings_counts_at_once(database):
    nobody = client(step(NIGHTS), rotas=(rota(rotation("karim")),))
    night = Night(database, nobody, karim=NO_ANSWER, lea=NO_ANSWER)
    now = night.clock.now()
    change = Override("nuit", OverrideKind.REPLACE, now, now + timedelta(hours=2), "lea", "karim")
    with database.write() as connection:
        id = overrides.add(connection, "plomberie", change, by="moreau", at=now)
    night.urgent_call()
    await night.forward(1)
    night.expect_rings("lea")
    with database.write() as connection:
        overrides.withdraw(connection, "plomberie", id, by="moreau", at=night.clock.now())
    await night.forward()
    assert night.outcomes()[0] == ("lea", "ring", "caller_left")
    night.expect_rings("karim")


async def test_who_is_taken_off_while_his_telephone_rings_is_left_in_peace(database):
    night = Night(database, client(step(NIGHTS), step("thomas"), rotas=(TEAM,)), karim=NO_ANSWER)
    night.urgent_call()
    await night.forward(1)
    night.expect_rings("karim")
    off(night, "karim")
    await night.forward()  # at once: no step is waited for, no clock is looked at
    assert night.outcomes()[0] == ("karim", "ring", "caller_left")
    night.expect_rings("thomas")
