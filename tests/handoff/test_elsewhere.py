"""A telephone whose lines live in another thread's loop."""

import asyncio
import threading

import pytest

from voicebot.handoff.elsewhere import ElsewhereTelephone, at_home
from voicebot.handoff.leg import LegDown, Outcome
from voicebot.handoff.simulated import ACCEPTS, BUSY, NO_ANSWER, SimulatedLine, SimulatedTelephone
from voicebot.handoff.waiting import Taker, Waiting

NUMBER = "+33639981001"


@pytest.fixture
def calls():
    """The loop of the calls, in a thread of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield loop
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


@pytest.fixture
def telephone():
    async def at_once(seconds):
        await asyncio.sleep(0)

    return SimulatedTelephone({NUMBER: ACCEPTS}, at_once)


def test_a_line_is_used_from_afar(calls, telephone):
    async def story():
        line = await ElsewhereTelephone(telephone, calls).dial(NUMBER, "k", 25)
        await line.say("Bonjour.", "fr")
        assert (await line.hear(8)).key == "1"
        await line.hang_up()
        assert isinstance(at_home(line), SimulatedLine)

    asyncio.run(story())
    assert telephone.engaged == set()


def test_no_line(calls, telephone):
    telephone.manners = {NUMBER: BUSY}
    elsewhere = ElsewhereTelephone(telephone, calls)
    assert asyncio.run(elsewhere.dial(NUMBER, "k", 25)) is Outcome.BUSY
    assert asyncio.run(elsewhere.became("k")) is Outcome.FAILED


def test_before_the_calls_loop_runs_nothing_rings(telephone):
    with pytest.raises(LegDown):
        asyncio.run(ElsewhereTelephone(telephone).dial(NUMBER, "k", 25))
    assert telephone.dialled == []


def test_a_ring_that_is_taken_back_stops_there(calls):
    telephone = SimulatedTelephone({NUMBER: NO_ANSWER})

    async def story():
        ring = asyncio.ensure_future(ElsewhereTelephone(telephone, calls).dial(NUMBER, "k", 60))
        while not telephone.engaged:
            await asyncio.sleep(0)
        ring.cancel()
        await asyncio.gather(ring, return_exceptions=True)
        while telephone.engaged:
            await asyncio.sleep(0)

    asyncio.run(asyncio.wait_for(story(), 30))


def test_a_line_is_given_to_a_caller_in_the_other_loop(calls, telephone):
    waiting = Waiting()
    offered = []

    async def offer(taker):
        offered.append((taker.name, taker.line, asyncio.get_running_loop()))
        return True

    async def wait():
        return waiting.caller("c1", offer)

    entered = asyncio.run_coroutine_threadsafe(wait(), calls).result()

    async def enter():
        entered.__enter__()

    asyncio.run_coroutine_threadsafe(enter(), calls).result()

    async def story():
        line = await ElsewhereTelephone(telephone, calls).dial(NUMBER, "k", 25)
        assert waiting.waits(["c0", "c1"]) and not waiting.waits(["c0"])
        assert await waiting.give(["c0", "c1"], Taker("Karim", line, "Un instant.", "fr"))
        assert offered == [("Karim", at_home(line), calls)]
        assert not await waiting.give(["c0"], Taker("Karim", line, "Un instant.", "fr"))

    asyncio.run(story())
    entered.__exit__(None, None, None)
    assert not waiting.waits(["c1"])
