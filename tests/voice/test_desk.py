"""Calls handed over through the real desk, over real WebRTC: what stands in the journal."""

import asyncio
import contextlib
import json
from dataclasses import replace

import pytest

from tests.bakery import bakery
from tests.voice.conftest import ASKED, Telephone
from tests.voice.tones import hears
from voicebot.calls.live import Live
from voicebot.clients.transfer import Instructions, Kind, Target
from voicebot.clock import SystemClock
from voicebot.handoff.alertwatch import AlertWatch
from voicebot.handoff.house import House
from voicebot.handoff.ongoing import Request
from voicebot.handoff.pool import Operators
from voicebot.handoff.presence import Operator, Presence
from voicebot.handoff.reception import Reception
from voicebot.handoff.waiting import Taker
from voicebot.oncall.pattern import compile_pattern
from voicebot.oncall.urgency import Rule, Urgency
from voicebot.voice.bridge import VoiceBridge

pytestmark = pytest.mark.audio

CLAIRE = Operator(1, "Claire")
SOPHIE = Operator(2, "Sophie")
LEAK = Rule("leak", Urgency.URGENT, "Une fuite.", any=(compile_pattern("fuite"),))


class Headset(Telephone):
    """An operator's: its offer goes where the console's goes."""

    operator = CLAIRE

    async def _offer(self, server, client, number):
        offer, her = self._peer.localDescription, self.operator
        given = await self.switchboard.headset(offer.sdp, offer.type, her.id, her.name)
        return {"sdp": given.sdp, "type": given.type, "call_id": "headset"}

    def tell(self, **message):
        """As the console's buttons do."""
        self._keys.send(json.dumps(message))


@pytest.fixture
def desk(exchange, database, tmp_path):
    clock, live = SystemClock(), Live()
    both = Instructions((Target(Kind.OPERATORS, at_once=2), Target(Kind.ON_CALL)))
    client = replace(bakery(tmp_path / "flows", rules=(LEAK,), asks=ASKED), transfer=both)
    alerts = AlertWatch(database, {client.name: client}, clock)
    made = Reception(House(Operators(live, clock), VoiceBridge(), clock, alerts=alerts))
    options = {"clients": {client.name: client}, "live": live, "reachable": made.reachable}
    return exchange(desk=made, **options), made


@contextlib.asynccontextmanager
async def seated(line, desk, claire=CLAIRE):
    """Claire is at her console, with her headset, and available."""
    with desk.operators.console(claire):
        async with Headset(line.switchboard) as headset:
            headset.operator = claire
            await headset.ring("", "")
            await line.until(lambda: desk.operators.seat(claire.id).line)
            desk.operators.turn(claire.id, Presence.AVAILABLE)
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


async def test_two_accept_at_once_by_key_and_the_other_hears_that_she_was_late(desk):
    line, desk = desk
    async with (
        seated(line, desk) as claire,
        seated(line, desk, SOPHIE) as sophie,
        line.telephone() as caller,
    ):
        call = await rung(line, desk, caller)
        claire.press("1")
        sophie.press("1")
        await line.until(lambda: "joined" in line.kinds(call))
        [talking] = [her for her in (claire, sophie) if desk.operators.seat(her.operator.id).calls]
        late = claire if talking is sophie else sophie
        joined_at = line.parts.clock.monotonic()
        assert await late.wait_for_voice(joined_at), "nobody tells her"
        assert await hears(talking, caller, 600) and not await hears(late, caller, 600)


async def test_a_technician_who_is_quicker_than_the_caller_is_held_and_joined(desk):
    line, desk = desk
    async with line.telephone() as caller, line.telephone() as phone:
        call = await caller.ring("", "boulangerie")
        await line.quiet(caller)
        await line.say(caller, "j'ai une fuite")
        await line.quiet(caller)
        karim = await attended(line, phone)
        held_at = line.parts.clock.monotonic()
        taker = Taker("Karim", karim, "Un instant, je vous mets en relation.", "fr")
        given = asyncio.create_task(desk.house.waiting.give([call], taker))
        assert await phone.wait_for_voice(held_at)
        assert not await hears(phone, caller, 600)
        assert desk.ongoing.find(call).take_over(Request("urgent"))
        await line.until(lambda: "joined" in line.kinds(call))
        assert await given
        assert line.texts(call, "said")[-1] == "Je vous passe Karim."
        assert await hears(phone, caller, 600) and await hears(caller, phone, 900)


async def attended(line, phone):
    """A technician's telephone that was picked up; gives his line."""
    lines = []

    async def offer(server, client, number):
        wanted = phone._peer.localDescription
        lines.append(await line.switchboard.attend(wanted.sdp, wanted.type, "Karim"))
        return {"sdp": lines[0].line.sdp, "type": "answer", "call_id": ""}

    phone._offer = offer
    await phone.ring("", "")
    await asyncio.wait_for(lines[0].up.wait(), 30)
    return lines[0]
