"""A simulated technician with sound: rung, briefed, asked, and heard."""

import asyncio

import pytest

from tests.voice.conftest import Script, SimpleInterpreter
from voicebot.caller.sound_telephone import SoundTelephone
from voicebot.calls.journal import MemoryJournal
from voicebot.calls.live import Live
from voicebot.handoff.leg import LegTarget, Outcome
from voicebot.handoff.ringing import TelephoneLegs
from voicebot.handoff.simulated import BUSY, DECLINES, NO_ANSWER, Manner
from voicebot.handoff.telephone import Heard
from voicebot.speech.espeak import EspeakMouth
from voicebot.speech.prompts import Prompts
from voicebot.voice.parts import Parts
from voicebot.voice.switchboard import Switchboard

pytestmark = pytest.mark.audio

KARIM = "+33612345678"
AT_ONCE = Manner("at once", picks_up_s=0.1, answers=(Heard(key="1"),))


@pytest.fixture
async def switchboard(tmp_path):
    made = Switchboard(
        Parts(
            clients={},
            interpreter=SimpleInterpreter(),
            ear=Script(),
            prompts=Prompts(EspeakMouth(variant="f2"), tmp_path / "prompts"),
            journal=MemoryJournal(),
            live=Live(),
            recordings=tmp_path / "recordings",
        )
    )
    yield made
    await made.close(farewell_s=0)


class Briefing:
    waits = False

    def __init__(self):
        self.taken = False

    async def text(self):
        return "Client Plomberie Moreau. Une fuite."

    async def accepted(self):
        self.taken = True
        return "C'est noté."

    async def handed(self, line):
        return False


def ring(switchboard, briefing, manner):
    legs = TelephoneLegs(SoundTelephone(switchboard.attend, {KARIM: manner}))
    return legs.ring(LegTarget("karim", "Karim", KARIM, "ring-1", ring_s=0.5), briefing)


async def test_he_hears_the_briefing_and_presses_1(switchboard):
    briefing = Briefing()
    assert await ring(switchboard, briefing, AT_ONCE) is Outcome.ACCEPTED
    assert briefing.taken


async def test_he_declines(switchboard):
    briefing = Briefing()
    declines = Manner("declines", picks_up_s=0.1, answers=DECLINES.answers)
    assert await ring(switchboard, briefing, declines) is Outcome.DECLINED
    assert not briefing.taken


@pytest.mark.parametrize(("manner", "outcome"), [(BUSY, "busy"), (NO_ANSWER, "no_answer")])
async def test_nobody_picks_up(switchboard, manner, outcome):
    assert await ring(switchboard, Briefing(), manner) == outcome


async def test_a_ring_taken_back_stops_before_anybody_picks_up(switchboard):
    later = Manner("later", picks_up_s=0.4, answers=(Heard(key="1"),))
    briefing = Briefing()
    ringing = asyncio.ensure_future(ring(switchboard, briefing, later))
    await asyncio.sleep(0.1)
    ringing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await ringing
    assert not briefing.taken
