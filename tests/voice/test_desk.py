"""Calls handed over through the real desk, over real WebRTC: what stands in the journal."""

import contextlib
import json
from dataclasses import replace

import pytest

from tests.voice.conftest import Telephone
from tests.voice.tones import hears
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

    def tell(self, **message):
        """As the console's buttons do."""
        self._keys.send(json.dumps(message))


@pytest.fixture
def desk(exchange):
    clock, live = SystemClock(), Live()
    made = Reception(House(Operators(live, clock), VoiceBridge(), clock))
    return exchange(desk=made, live=live, reachable=made.reachable), made


@contextlib.asynccontextmanager
async def seated(line, desk, claire=CLAIRE):
    """Claire is at her console, with her headset, and available."""
    with desk.operators.console(claire):
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


@contextlib.asynccontextmanager
async def two_calls(line, desk):
    """She has taken both: the first waits, the second is in her ear."""
    claire = replace(CLAIRE, at_once=2)
    async with (
        seated(line, desk, claire) as headset,
        line.telephone() as first,
        line.telephone() as second,
    ):
        calls = []
        for caller in (first, second):
            calls.append(await rung(line, desk, caller))
            [incoming] = desk.operators.incoming(CLAIRE.id)
            assert incoming.accept()
            await line.until(lambda: "joined" in line.kinds(calls[-1]))
        yield headset, first, second, calls


async def test_she_hangs_up_on_one_and_has_the_one_on_hold_again(desk):
    line, desk = desk
    async with two_calls(line, desk) as (headset, first, second, calls):
        assert await hears(headset, second, 600) and await hears(second, headset, 900)
        assert not await hears(headset, first, 600)
        assert first.earpiece.speaking(within_s=1.0), "no music"
        headset.tell(type="leave")
        await line.until(lambda: "transferred" in line.kinds(calls[1]))
        assert line.data(calls[1], "parted")[-1]["how"] == "person_left"
        assert await hears(headset, first, 600) and await hears(first, headset, 900)
        assert desk.operators.seat(CLAIRE.id).calls == {calls[0]}
        assert "parted" not in line.kinds(calls[0]) and not headset.over.is_set()


async def test_she_takes_the_one_on_hold_back_and_hangs_up_on_the_other(desk):
    line, desk = desk
    async with two_calls(line, desk) as (headset, first, second, calls):
        headset.tell(type="hold", on=False, call=calls[0])
        assert await hears(headset, first, 600) and await hears(first, headset, 900)
        assert not await hears(headset, second, 600)
        headset.tell(type="leave", call=calls[1])
        await line.until(lambda: "transferred" in line.kinds(calls[1]))
        assert await hears(headset, first, 600)
        assert "parted" not in line.kinds(calls[0])


async def test_who_waits_on_hold_hangs_up_and_nothing_is_said_into_the_other_talk(desk):
    line, desk = desk
    async with two_calls(line, desk) as (headset, first, second, calls):
        await first.hang_up()
        await line.until(lambda: "ended" in line.kinds(calls[0]))
        assert await hears(headset, second, 600) and await hears(second, headset, 900)
        assert "parted" not in line.kinds(calls[1])


async def test_she_whispers_and_the_bot_says_it_and_awaits_its_answer_as_before(desk):
    line, desk = desk
    async with line.telephone() as caller:
        call = await caller.ring("", "boulangerie")
        await line.quiet(caller)
        whispered_at = line.parts.clock.monotonic()
        assert desk.whisper(call, "Claire vous rappelle avant midi.", "Claire")
        assert await caller.wait_for_voice(whispered_at)
        await line.quiet(caller)
        await line.say(caller, "martin")
        await line.until(lambda: "Votre numéro ?" in line.texts(call, "said"))
    told = next(said for said in line.data(call, "said") if said.get("by"))
    assert (told["text"], told["by"]) == ("Claire vous rappelle avant midi.", "Claire")
