"""A caller and a person joined over real WebRTC: sound both ways, and every way it ends."""

import asyncio
import wave

import numpy as np
import pytest

from tests.voice.conftest import Telephone
from voicebot.calls.handed import Done, Result
from voicebot.handoff.bridge import Ended
from voicebot.handoff.ongoing import Ongoing, Request
from voicebot.speech.mouth import Sound
from voicebot.voice.bridge import VoiceBridge

pytestmark = pytest.mark.audio


class Headset(Telephone):
    """A person's telephone: its offer opens a line for her."""

    async def _offer(self, server, client, number):
        offer = self._peer.localDescription
        self.line = await self.switchboard.attend(offer.sdp, offer.type, "Claire")
        return {"sdp": self.line.line.sdp, "type": "answer", "call_id": "person"}


class Desk:
    """Does with the caller what the test says."""

    def __init__(self, act):
        self.ongoing, self.act = Ongoing(), act
        self.ended = asyncio.get_running_loop().create_future()

    async def hand_over(self, caller, session, request):
        done = await self.act(caller)
        self.ended.set_result(done)
        return Done(Result.GIVEN_BACK, "Claire", caller.party.gone.is_set())


@pytest.fixture
def desked(exchange):
    def make(act):
        desk = Desk(act)
        return exchange(desk=desk), desk

    return make


def tone(hertz, seconds=1.0):
    at = np.arange(int(seconds * 16_000)) / 16_000
    return Sound((0.3 * np.sin(2 * np.pi * hertz * at)).astype(np.float32), 16_000)


def holds(sound, hertz):
    """Whether a tone is in what was heard: some 100 ms of it stand clear of all else."""
    blocks = sound[: len(sound) // 1600 * 1600].reshape(-1, 1600)
    power = np.abs(np.fft.rfft(blocks * np.hanning(1600), axis=1)) ** 2
    at = hertz // 10
    share = power[:, at - 2 : at + 3].sum(axis=1) / (power.sum(axis=1) + 1e-9)
    return bool(((share > 0.6) & (power.sum(axis=1) > 50)).any())


async def test_both_hear_each_other_and_neither_hears_the_bot(desked):
    joined = asyncio.Event()

    async def act(caller):
        return await VoiceBridge().join(caller.party, person.line, on_joined=joined.set)

    line, desk = desked(act)
    async with line.telephone() as caller, Headset(line.switchboard) as person:
        await person.ring("", "")
        call = await caller.ring("", "boulangerie")
        await line.quiet(caller)
        assert desk.ongoing.find(call).take_over(Request("taken_over", 1))
        await asyncio.wait_for(joined.wait(), 30)
        since = len(caller.earpiece.sound), len(person.earpiece.sound)
        await caller.say(tone(600))
        await person.say(tone(900))
        await asyncio.sleep(0.5)
        assert holds(person.earpiece.sound[since[1] :], 600)
        assert holds(caller.earpiece.sound[since[0] :], 900)
        assert not holds(caller.earpiece.sound[since[0] :], 600)
        assert "heard" not in line.kinds(call)
        person.press("#")
        assert await asyncio.wait_for(desk.ended, 30) is Ended.GIVEN_BACK
    with wave.open(str(line.parts.recordings / f"{call}.wav")) as file:
        assert file.getnchannels() == 3
        found = np.frombuffer(file.readframes(file.getnframes()), np.int16).reshape(-1, 3) / 32768
    assert holds(found[:, 0], 600)
    assert holds(found[:, 2], 900)
