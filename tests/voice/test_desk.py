"""Calls handed over through the real desk, over real WebRTC: what stands in the journal."""

import contextlib

import pytest

from tests.voice.conftest import Telephone
from voicebot.calls.live import Live
from voicebot.clock import SystemClock
from voicebot.handoff.house import House
from voicebot.handoff.ongoing import Request
from voicebot.handoff.pool import Operators
from voicebot.handoff.presence import Operator, Presence
from voicebot.handoff.reception import Reception
from voicebot.voice.bridge import VoiceBridge

pytestmark = pytest.mark.audio

CLAIRE = Operator(1, "Claire")


class Headset(Telephone):
    """An operator's: its offer goes where the console's goes."""

    async def _offer(self, server, client, number):
        offer = self._peer.localDescription
        given = await self.switchboard.headset(offer.sdp, offer.type, CLAIRE.id, CLAIRE.name)
        return {"sdp": given.sdp, "type": given.type, "call_id": "headset"}


@pytest.fixture
def desk(exchange):
    clock, live = SystemClock(), Live()
    made = Reception(House(Operators(live, clock), VoiceBridge(), clock))
    return exchange(desk=made, live=live, reachable=made.reachable), made


@contextlib.asynccontextmanager
async def seated(line, desk):
    """Claire is at her console, with her headset, and available."""
    with desk.operators.console(CLAIRE):
        async with Headset(line.switchboard) as headset:
            await headset.ring("", "")
            await line.until(lambda: desk.operators.seat(CLAIRE.id).line)
            desk.operators.turn(CLAIRE.id, Presence.AVAILABLE)
            yield headset


async def rung(line, desk, caller):
    call = await caller.ring("", "boulangerie")
    await line.quiet(caller)
    assert desk.ongoing.find(call).take_over(Request("asked"))
    await line.until(lambda: desk.operators.incoming(CLAIRE.id))
    return call


async def test_she_accepts_by_key_and_the_caller_hangs_up(desk):
    line, desk = desk
    async with seated(line, desk) as headset:
        async with line.telephone() as caller:
            call = await rung(line, desk, caller)
            headset.press("1")
            await line.until(lambda: "joined" in line.kinds(call))
        await line.until(lambda: "ended" in line.kinds(call))
    assert line.data(call, "parted")[-1]["how"] == "caller_left"
    assert line.data(call, "transferred")[-1]["result"] == "spoken"


async def test_the_caller_hangs_up_while_it_rings(desk):
    line, desk = desk
    async with seated(line, desk):
        async with line.telephone() as caller:
            call = await rung(line, desk, caller)
        await line.until(lambda: not desk.operators.incoming(CLAIRE.id))
        await line.until(lambda: "ended" in line.kinds(call))
    assert line.data(call, "transferred")[-1]["result"] == "caller_left"
    assert "joined" not in line.kinds(call)


async def test_she_gives_the_call_back_and_the_bot_goes_on(desk):
    line, desk = desk
    async with seated(line, desk) as headset, line.telephone() as caller:
        call = await rung(line, desk, caller)
        headset.press("1")
        await line.until(lambda: "joined" in line.kinds(call))
        headset.press("#")
        await line.until(lambda: "transferred" in line.kinds(call))
        await line.say(caller, "martin")
    assert line.data(call, "transferred")[-1]["result"] == "given_back"
