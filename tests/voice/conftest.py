"""A switchboard with real parts, rung over WebRTC inside the process."""

import asyncio

import numpy as np
import pytest

from tests.bakery import GREETING, bakery
from voicebot.caller.caller import Caller
from voicebot.calls.journal import MemoryJournal
from voicebot.calls.live import Live
from voicebot.clock import SystemClock
from voicebot.dialogue.expectation import ANYTHING, Kind
from voicebot.dialogue.interpretation import Entity, Interpretation
from voicebot.french.phone import read_phone
from voicebot.speech.ear import Heard
from voicebot.speech.espeak import EspeakMouth
from voicebot.speech.mouth import Sound
from voicebot.speech.prompts import Prompts
from voicebot.voice.parts import Parts
from voicebot.voice.switchboard import Switchboard

ASKED = ("caller_name", "callback_number")
LONG_GREETING = (
    "Boulangerie Petit, bonjour. Un automate vous répond et cet appel est enregistré. Notre "
    "boutique est fermée ce soir, elle ouvre demain matin à sept heures, et nous vous rappelons "
    "avec plaisir dès que possible dans la matinée."
)


class SimpleInterpreter:
    """Reads a name where one is asked for, and telephone numbers anywhere."""

    name = "simple"

    def interpret(self, text, expected, now):
        found = []
        phone = read_phone(text, expected=expected.kind is Kind.PHONE_NUMBER)
        if phone:
            found.append(Entity("phone_number", phone.number, phone.text, complete=phone.complete))
        elif expected.kind is Kind.NAME and text.startswith("martin"):
            found.append(Entity("person", "Martin", text))
        return Interpretation(text, "inform" if found else None, 1.0, tuple(found))


class Script:
    """An ear that knows what is being said: the test tells it, by the length of sound."""

    name = "script"

    def __init__(self):
        self.text = ""
        self.by_ms = None
        self.passes = 0
        self.fail = None

    def says(self, text):
        self.text, self.by_ms = text, None

    def listen(self, samples, expectation=ANYTHING, words=()):
        self.passes += 1
        if self.fail:
            raise self.fail
        text = self.by_ms(len(samples) // 16) if self.by_ms else self.text
        return Heard(text, 0.9 if text else 0.0, end_of_turn=0.95)


class Telephone(Caller):
    """A caller whose offer goes to a switchboard in this process."""

    def __init__(self, switchboard, **options):
        super().__init__(**options)
        self.switchboard = switchboard

    async def _offer(self, server, client, number):
        offer = self._peer.localDescription
        answer = await self.switchboard.offer(offer.sdp, offer.type, client, number)
        return {"sdp": answer.sdp, "type": answer.type, "call_id": answer.call_id}

    async def _follow(self, server):
        return

    async def hang_up(self):
        self.told = Ended()
        await super().hang_up()


class Ended:
    ended = True


class Exchange:
    """The switchboard, what it wrote, and telephones to ring it."""

    def __init__(self, parts):
        self.parts, self.journal, self.ear = parts, parts.journal, parts.ear
        self.switchboard = Switchboard(parts)
        self.mouth = EspeakMouth(variant="m3")

    def telephone(self, **options):
        return Telephone(self.switchboard, **options)

    def voice(self, text):
        sound = self.mouth.speak(text)
        return sound

    def kinds(self, call_id):
        return [entry.kind for entry in self.journal.entries.get(call_id, [])]

    def data(self, call_id, kind):
        return [e.data for e in self.journal.entries.get(call_id, []) if e.kind == kind]

    def texts(self, call_id, kind):
        return [data["text"] for data in self.data(call_id, kind)]

    async def until(self, what, timeout_s=90.0):
        """Waits until `what()` is true; generous, for slow machines."""
        async with asyncio.timeout(timeout_s):
            while not what():
                await asyncio.sleep(0.02)

    async def say(self, telephone, text, spoken=None):
        """Says `text` and lets the ear know; waits until the turn was heard."""
        before = len(self.texts(telephone.call_id, "heard"))
        self.ear.says(text)
        await telephone.say(self.voice(spoken or text))
        await self.until(lambda: len(self.texts(telephone.call_id, "heard")) > before)

    async def quiet(self, telephone):
        assert await telephone.wait_for_bot(quiet_s=0.5, after=0.0)


@pytest.fixture
async def exchange(tmp_path):
    """A factory: `await exchange(max_calls=1)`; closed at the end of the test."""
    made = []

    def make(greeting=GREETING, **changes):
        options = dict(
            clients={"boulangerie": bakery(tmp_path, greeting=greeting, asks=ASKED)},
            interpreter=SimpleInterpreter(),
            ear=Script(),
            prompts=Prompts(EspeakMouth(variant="f2"), tmp_path / "prompts"),
            journal=MemoryJournal(),
            live=Live(),
            recordings=tmp_path / "recordings",
            clock=SystemClock(),
        )
        made.append(Exchange(Parts(**options | changes)))
        return made[-1]

    yield make
    for one in made:
        await one.switchboard.close(farewell_s=0)


def noise(seconds, level=0.2, seed=1):
    """White noise at 16 kHz."""
    random = np.random.default_rng(seed)
    return Sound((random.standard_normal(int(seconds * 16_000)) * level).astype(np.float32), 16_000)


def cough(seed=2):
    """Two bursts of noise that die away, as a cough is; no voice in it."""
    burst = noise(0.18, 0.5, seed).samples * np.exp(-np.arange(2880) / 900)
    gap = np.zeros(1600, np.float32)
    return Sound(np.concatenate([burst, gap, burst]).astype(np.float32), 16_000)


def silence(seconds):
    return Sound(np.zeros(int(seconds * 16_000), np.float32), 16_000)


def joined(*sounds):
    from voicebot.speech.telephone import resample

    parts = [resample(s.samples, s.sample_rate, 16_000) for s in sounds]
    return Sound(np.concatenate(parts), 16_000)


def trimmed(sound):
    """At 16 kHz, without the silence that a synthesiser leaves around its words."""
    from voicebot.speech.loudness import trim

    return Sound(trim(joined(sound).samples), 16_000)
