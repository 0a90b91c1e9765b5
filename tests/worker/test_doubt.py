"""Workers that die, two of them at once, clocks that jump: no step lost, none done twice."""

import pytest
from sqlalchemy import event

from tests.worker.night import NUMBERS, Night, client, step
from voicebot.handoff.leg import LegDown, Outcome
from voicebot.handoff.ringing import TelephoneLegs
from voicebot.handoff.simulated import ACCEPTS, NO_ANSWER
from voicebot.oncall.technician import Way
from voicebot.worker.ringer import SILENT_S

CHAIN = (step("karim"), step("lea"), step("thomas"))


class Remembers(TelephoneLegs):
    """Legs over an exchange that knows what became of a ring, as a carrier's does."""

    def __init__(self, telephone, knows):
        super().__init__(telephone)
        self.knows, self.asked = knows, []

    async def became(self, key):
        self.asked.append(key)
        if self.knows == "down":
            self.knows = Outcome.NO_ANSWER
            raise LegDown("not yet")
        return self.knows


async def die(night):
    """The worker is gone in the midst of a ring, without a word; another one begins."""
    dead = night.worker
    for going in dead.ringer._going.values():
        going.briefer.taken = False
    dead.ringer._closing = True
    await dead.ringer.close()
    night.worker = night.hire(owner="elsewhere:1:abc")
    return night.worker


async def test_a_ring_in_doubt_is_not_rung_again_and_the_next_is_due(database):
    night = Night(database, client(*CHAIN), karim=NO_ANSWER)
    night.urgent_call()
    await night.forward(5)
    night.expect_rings("karim")

    night.worker.ringer.owner = "gone:2:xyz"
    await die(night)
    await night.forward(40)

    night.expect_rings("lea")
    night.expect_state("acknowledged", by="lea")
    assert night.outcomes()[0] == ("karim", "ring", "failed")


async def test_all_rings_of_a_dead_worker_are_taken_over_at_once(database):
    # One after the other, a worker that soon dies too would never come to settling them.
    silent = {name: NO_ANSWER for name in ("karim", "lea", "thomas")}
    night = Night(database, client(step(*silent), step("moreau"), known=NUMBERS), **silent)
    night.urgent_call()
    await night.forward(5)
    await die(night)
    await night.clock.move(SILENT_S + 1)
    night.worker.ringer.tick(night.clock.now())  # sees them for the first time

    commits = []
    listening = (database.engine, "commit", commits.append)
    await night.clock.move(SILENT_S + 1)
    event.listen(*listening)
    night.worker.ringer.tick(night.clock.now())
    event.remove(*listening)
    assert night.worker.ringer.busy == 3
    assert len([one for one in commits if one.get_execution_options().get("writes")]) == 1


async def test_a_ring_that_was_never_made_is_made_by_the_next_worker(database):
    night = Night(database, client(*CHAIN))
    night.urgent_call()
    await night.forward(1)
    await die(night)
    night.worker.ringer.legs = Remembers(night.telephone, None)
    await night.forward(60)

    assert night.rung() == ["karim", "karim"]  # the first exchange had forgotten it
    night.expect_state("acknowledged", by="karim")
    assert len({ring.key for ring in night.telephone.dialled}) == 1


async def test_a_yes_that_the_dead_worker_heard_counts(database):
    night = Night(database, client(*CHAIN), karim=NO_ANSWER)
    night.urgent_call()
    await night.forward(1)
    await die(night)
    night.worker.ringer.legs = Remembers(night.telephone, Outcome.ACCEPTED)
    await night.forward(30)

    night.expect_rings("karim")
    night.expect_state("acknowledged", by="karim")


async def test_an_exchange_that_cannot_be_asked_is_asked_until_it_answers(database):
    night = Night(database, client(*CHAIN), karim=NO_ANSWER)
    night.urgent_call()
    await night.forward(1)
    await die(night)
    night.worker.ringer.legs = legs = Remembers(night.telephone, "down")
    await night.forward(30)

    assert len(legs.asked) >= 2
    night.expect_rings("karim", "lea")


async def test_a_worker_that_is_alive_keeps_its_rings(database):
    night = Night(database, client(*CHAIN), karim=NO_ANSWER)
    other = night.hire(owner="elsewhere:1:abc")
    night.urgent_call()
    await night.forward(SILENT_S * 2, night.worker, other)

    night.expect_rings("karim")
    assert night.outcomes() == [("karim", "ring", "ringing")]
    assert other.ringer.busy == 0


async def test_two_workers_at_once_do_everything_once(database):
    night = Night(database, client(*CHAIN, people=["moreau"]), karim=NO_ANSWER, lea=NO_ANSWER)
    other = night.hire(owner="elsewhere:1:abc")
    for number in range(5):
        night.urgent_call(f"+3361111111{number}")
    await night.forward(600, night.worker, other)

    keys = [ring.key for ring in night.telephone.dialled]
    assert len(keys) == len(set(keys))
    for alert in range(1, 6):
        whole = [(person, way) for person, way, _ in night.outcomes(alert)]
        assert len(whole) == len(set(whole))
        night.expect_state("acknowledged", by="thomas", alert_id=alert)


@pytest.mark.parametrize("hours", [-30, -1, 1, 24 * 365])
async def test_a_clock_that_jumps_while_a_telephone_rings(database, hours):
    night = Night(database, client(*CHAIN), karim=NO_ANSWER, lea=ACCEPTS)
    other = night.hire(owner="elsewhere:1:abc")
    night.urgent_call()
    await night.forward(5, night.worker, other)

    jump(night.clock, hours)
    await night.forward(120, night.worker, other)

    assert night.rung()[:2] == ["karim", "lea"]
    keys = [ring.key for ring in night.telephone.dialled]
    assert len(keys) == len(set(keys))
    night.expect_state("acknowledged", by="lea")


@pytest.mark.parametrize("hours", [-30, -1])
async def test_a_clock_that_goes_back_while_a_letter_is_waited_for(database, hours):
    night = Night(database, client(step("karim", by=(Way.SMS,), wait=300), step("lea")))
    night.urgent_call()
    await night.forward(100)
    jump(night.clock, hours)
    await night.forward(301)
    night.expect_rings("lea")


def jump(clock, hours):
    """The wall's clock alone: what is measured in seconds goes on as before."""
    monotonic = clock.monotonic()
    clock.advance(hours * 3600)
    clock._monotonic = monotonic
