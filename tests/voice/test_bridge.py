"""A caller and a person joined over real WebRTC: sound both ways, and every way it ends."""

import asyncio
import re
import wave

import numpy as np
import pytest

from tests.voice.conftest import LONG_GREETING, Telephone
from tests.voice.tones import hears, holds
from voicebot.calls.handed import Done, Result
from voicebot.handoff.bridge import Ended, Key, Left, Words
from voicebot.handoff.ongoing import Ongoing, Request
from voicebot.handoff.telephone import Heard, HungUp
from voicebot.voice import person as person_line
from voicebot.voice.bridge import VoiceBridge

pytestmark = pytest.mark.audio

STEP_IN = Request("taken_over", 1)


class Headset(Telephone):
    """A person's telephone: its offer opens a line for her."""

    async def _offer(self, server, client, number):
        offer = self._peer.localDescription
        self.line = await self.switchboard.attend(offer.sdp, offer.type, "Claire")
        return {"sdp": self.line.line.sdp, "type": "answer", "call_id": "person"}

    async def plug(self):
        await self.ring("", "")
        async with asyncio.timeout(30):
            await self.line.up.wait()
            while self._keys.readyState != "open":
                await asyncio.sleep(0.02)

    def die(self):
        """As a browser that is killed: not a packet more, and no goodbye."""
        for transceiver in self._peer.getTransceivers():
            transceiver.sender._enabled = False


class OldBrowser(Headset):
    """Speaks G.711 and no Opus."""

    async def _offer(self, server, client, number):
        offer = self._peer.localDescription
        self.line = await self.switchboard.attend(without_opus(offer.sdp), offer.type, "Claire")
        return {"sdp": self.line.line.sdp, "type": "answer", "call_id": "person"}


def without_opus(sdp):
    (opus,) = re.findall(r"a=rtpmap:(\d+) opus/48000", sdp)
    lines = [line for line in sdp.splitlines() if not re.match(rf"a=[a-z-]+:{opus} ", line)]
    sound = rf"(m=audio .*) {opus}\b"
    return "\r\n".join(re.sub(sound, r"\1", line) for line in lines) + "\r\n"


class Desk:
    """Does with the caller what the test says."""

    def __init__(self, act):
        self.ongoing, self.act = Ongoing(), act
        self.ended = asyncio.get_running_loop().create_future()

    async def hand_over(self, caller, session, request):
        done = await self.act(caller)
        self.ended.set_result(done)
        return Done(Result.GIVEN_BACK, "Claire", caller.party.gone.is_set())


class Joined:
    """Joins the caller with whoever the test names."""

    def __init__(self, **options):
        self.person, self.up, self.options = None, asyncio.Event(), options

    async def __call__(self, caller):
        return await VoiceBridge().join(
            caller.party, self.person.line, on_joined=self.up.set, **self.options
        )


@pytest.fixture
def desked(exchange):
    def make(act):
        desk = Desk(act)
        return exchange(desk=desk), desk

    return make


async def talk(line, desk, caller, person, act):
    """Rings, and waits until both are joined."""
    act.person = person
    await person.plug()
    call = await caller.ring("", "boulangerie")
    await line.quiet(caller)
    assert desk.ongoing.find(call).take_over(STEP_IN)
    await asyncio.wait_for(act.up.wait(), 30)
    return call


def recorded(line, call):
    """Caller, bot and person."""
    with wave.open(str(line.parts.recordings / f"{call}.wav")) as file:
        assert file.getnchannels() == 3
        found = np.frombuffer(file.readframes(file.getnframes()), np.int16)
    return found.reshape(-1, 3) / 32768


async def test_both_hear_each_other_and_the_bot_hears_neither(desked):
    act = Joined()
    line, desk = desked(act)
    async with line.telephone() as caller, Headset(line.switchboard) as person:
        call = await talk(line, desk, caller, person, act)
        line.ear.says("ceci ne regarde pas le robot")
        assert await hears(person, caller, 600)
        assert await hears(caller, person, 900)
        assert not holds(caller.earpiece.sound, 600)
        assert "heard" not in line.kinds(call)
        person.press("#")
        assert await asyncio.wait_for(desk.ended, 30) is Ended.GIVEN_BACK
        await line.until(lambda: "transferred" in line.kinds(call))
        await line.say(caller, "martin")  # the bot has him back
    found = recorded(line, call)
    assert holds(found[:, 0], 600) and not holds(found[:, 2], 600)
    assert holds(found[:, 2], 900) and not holds(found[:, 0], 900)


async def test_with_a_line_without_opus_both_hear_each_other_and_are_recorded(desked):
    act = Joined()
    line, desk = desked(act)
    async with line.telephone() as caller, OldBrowser(line.switchboard) as person:
        call = await talk(line, desk, caller, person, act)
        assert not person.line.line.sends_opus and "opus" not in person.line.line.sdp
        assert await hears(person, caller, 600)
        assert await hears(caller, person, 900)
        person.press("#")
        assert await asyncio.wait_for(desk.ended, 30) is Ended.GIVEN_BACK
        await line.until(lambda: "transferred" in line.kinds(call))
        spoken_at = line.parts.clock.monotonic()
        await person.line.say("L'assistant reprend l'appel.", "fr")
        assert await person.wait_for_voice(spoken_at), "the bot's words do not reach her"
    found = recorded(line, call)
    assert holds(found[:, 0], 600) and not holds(found[:, 2], 600)
    assert holds(found[:, 2], 900) and not holds(found[:, 0], 900)


async def test_a_take_over_while_the_bot_speaks_stops_it(exchange):
    quiet = asyncio.Event()

    async def act(caller):
        await quiet.wait()

    desk = Desk(act)
    line = exchange(greeting=LONG_GREETING, desk=desk)
    async with line.telephone() as caller:
        call = await caller.ring("", "boulangerie")
        began = await caller.wait_for_voice(0.0)
        assert desk.ongoing.find(call).take_over(STEP_IN)
        await line.until(lambda: not caller.earpiece.speaking(within_s=1.0))
        # The greeting is 13 s long.
        assert caller.earpiece.last_voiced() - began < 6, "the bot went on"
        assert line.data(call, "interrupted")[0]["left"].endswith("matinée. Votre nom ?")
        quiet.set()
        await asyncio.wait_for(desk.ended, 30)


async def test_the_caller_hangs_up_and_she_is_told_apart_from_her_own_hanging_up(desked):
    act = Joined()
    line, desk = desked(act)
    async with Headset(line.switchboard) as person:
        async with line.telephone() as caller:
            await talk(line, desk, caller, person, act)
        assert await asyncio.wait_for(desk.ended, 30) is Ended.CALLER_LEFT
        assert not person.line.gone.is_set()


async def test_she_hangs_up(desked):
    act = Joined()
    line, desk = desked(act)
    async with line.telephone() as caller:
        async with Headset(line.switchboard) as person:
            call = await talk(line, desk, caller, person, act)
        assert await asyncio.wait_for(desk.ended, 30) is Ended.PERSON_LEFT
        assert "ended" not in line.kinds(call)


async def test_her_browser_dies_and_it_is_noticed(desked, monkeypatch):
    monkeypatch.setattr(person_line, "DEAF_S", 2.0)
    act = Joined()
    line, desk = desked(act)
    async with line.telephone() as caller, Headset(line.switchboard) as person:
        await talk(line, desk, caller, person, act)
        person.die()
        assert await asyncio.wait_for(desk.ended, 30) is Ended.LOST


async def test_a_network_that_stops_for_three_seconds_comes_back(desked):
    act = Joined()
    line, desk = desked(act)
    async with line.telephone() as caller, Headset(line.switchboard) as person:
        await talk(line, desk, caller, person, act)
        [transceiver] = person._peer.getTransceivers()
        transceiver.sender._enabled = False
        await asyncio.sleep(3.0)
        transceiver.sender._enabled = True
        assert await hears(caller, person, 900)
        assert not desk.ended.done()


async def test_on_hold_he_hears_music_and_neither_hears_the_other(desked):
    act = Joined()
    line, desk = desked(act)
    async with line.telephone() as caller, Headset(line.switchboard) as person:
        await talk(line, desk, caller, person, act)
        conversation = person.line.conversations[-1]
        await person.line.message({"type": "hold", "on": True})
        assert not await hears(person, caller, 600)
        assert not await hears(caller, person, 900)
        assert caller.earpiece.speaking(within_s=1.0), "no music"
        await conversation.hold(False)
        assert await hears(caller, person, 900)


async def test_the_transcript_goes_on_where_the_client_wants_it(desked):
    act = Joined(transcript=True)
    line, desk = desked(act)
    async with line.telephone() as caller, Headset(line.switchboard) as person:
        call = await talk(line, desk, caller, person, act)
        line.ear.says("il n'y a plus de chauffage")
        await caller.say(line.voice("il n'y a plus de chauffage"))
        await line.until(lambda: line.data(call, "overheard"))
        line.ear.says("j'arrive tout de suite")
        await person.say(line.voice("j'arrive tout de suite"))
        await line.until(lambda: len(line.data(call, "overheard")) > 1)
    assert line.data(call, "overheard") == [
        {"who": "caller", "text": "il n'y a plus de chauffage"},
        {"who": "person", "text": "j'arrive tout de suite"},
    ]
    assert "heard" not in line.kinds(call)


async def test_who_waits_is_heard_when_the_transfer_listens_and_never_taken_for_silent(desked):
    happened = []

    async def act(caller):
        await caller.say("Je vous passe Claire, restez en ligne.", "fr")
        await caller.hold(True)
        await caller.listen(True)
        happened.append(await caller.next())
        await caller.listen(False)
        happened.append(await caller.next())
        happened.append(await caller.next())

    line, desk = desked(act)
    async with line.telephone() as caller:
        call = await caller.ring("", "boulangerie")
        await line.quiet(caller)
        desk.ongoing.find(call).take_over(STEP_IN)
        line.ear.says("un message")
        await caller.say(line.voice("je préfère laisser un message"))
        await line.until(lambda: happened)
        line.ear.says("personne n'écoute")
        await caller.say(line.voice("personne n'écoute"))
        caller.press("5")
        await line.until(lambda: len(happened) > 1)
    await asyncio.wait_for(desk.ended, 30)
    assert happened == [Words("un message"), Key("5"), Left()]
    assert not {"heard", "silent", "pressed"} & set(line.kinds(call))
    await line.until(lambda: line.data(call, "ended"))
    assert line.data(call, "ended")[0]["cause"] == "caller"


async def test_she_hears_the_briefing_and_answers_by_key_and_by_word(exchange):
    line = exchange()
    async with Headset(line.switchboard) as person:
        await person.plug()
        person.press("1")  # nothing was asked yet
        await asyncio.sleep(1)
        saying = asyncio.create_task(person.line.say("Client Durand. " * 20, "fr"))
        assert await person.wait_for_voice(0.0)
        person.press("1")
        await asyncio.wait_for(saying, 5)
        assert await person.line.hear(5) == Heard(key="1")
        await person.line.say("Appuyez sur 1 ou dites oui.", "fr")
        line.ear.says("oui")
        hearing = asyncio.create_task(person.line.hear(30))
        await person.say(line.voice("oui"))
        assert await hearing == Heard(words="oui")
        assert await person.line.hear(0.1) is None
    with pytest.raises(HungUp):
        await person.line.say("Il n'y a plus personne.", "fr")
