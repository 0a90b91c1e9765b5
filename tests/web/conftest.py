import wave
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from tests.web.accounts import Lasting, browsing, signed_in
from voicebot.accounts.keyring import by_chance
from voicebot.calls.live import Live
from voicebot.clients.client import Client
from voicebot.clock import FakeClock
from voicebot.dialogue.flow import FlowSet, Slot
from voicebot.errors import BadInput
from voicebot.oncall.hours import Hours
from voicebot.oncall.urgency import Criteria
from voicebot.store.entry import CallStart, Entry
from voicebot.web import tongue
from voicebot.web.app import create_app

NOW = datetime(2026, 1, 14, 21, 30, tzinfo=UTC)  # 22:30 in Paris


@dataclass(frozen=True)
class Answer:
    sdp: str
    type: str
    call_id: str


class PaperSwitchboard:
    """Takes calls on paper: no sound, only the offers that came in."""

    def __init__(self):
        self.offers = []

    async def offer(self, sdp, type, client, caller_number=None):
        if not sdp.startswith("v=0"):
            raise BadInput("this is not an SDP offer")
        self.offers.append((client, caller_number))
        return Answer("v=0 answer", "answer", f"call-{len(self.offers)}")


def client(name, company, sector, zone="Europe/Paris"):
    zone = ZoneInfo(zone)
    return Client(
        name=name,
        company=company,
        sector=sector,
        language="fr",
        timezone=zone,
        greeting=f"{company}, bonjour.",
        facts={},
        hours=Hours(zone),
        criteria=Criteria(),
        flows=FlowSet(slots={"urgency": Slot("urgency", message=False)}),
        words=(),
        folder=Path("flows") / name,
    )


@pytest.fixture
def clients():
    listed = (
        client("cabinet-durand", "Cabinet de Maître Durand", "avocat"),
        client("plomberie-moreau", "Plomberie Moreau", "plomberie et chauffage"),
        client("hotel-lagon", "Hôtel du Lagon", "hôtellerie", "Indian/Reunion"),
    )
    return {one.name: one for one in listed}


@pytest.fixture
def english():
    """Pages speak English, as to somebody who chose it."""
    tongue.speak("en")
    yield
    tongue.speak(tongue.SOURCE)


@pytest.fixture
def switchboard():
    return PaperSwitchboard()


@pytest.fixture
def live():
    return Live()


@pytest.fixture
def clock():
    return FakeClock(NOW + timedelta(hours=1))


@pytest.fixture
def keyring():
    return by_chance()


@pytest.fixture
def app(clients, switchboard, live, database, tmp_path, clock, keyring):
    return create_app(
        clients=clients,
        switchboard=switchboard,
        live=live,
        database=database,
        recordings=tmp_path / "recordings",
        clock=clock,
        keyring=keyring,
    )


@pytest.fixture
def nadia(database, clock):
    """The administrator, signed in."""
    return signed_in(database, clock.now())


@pytest.fixture
async def browser(app, database, clock):
    """Asks the application as a browser does on which Nadia is signed in."""
    async with browsing(app) as asking:
        asking.auth = Lasting(asking, database, clock)
        yield asking


@pytest.fixture
async def stranger(app):
    """Asks the application as a browser does on which nobody is signed in."""
    async with browsing(app) as asking:
        yield asking


@pytest.fixture
def urgent_call(journal, tmp_path):
    """The id of a whole call: a leak, told badly, in the evening; recorded."""
    journal.open(CallStart("c1", "plomberie-moreau", "+33612345678", None, NOW), urgent(NOW)[:2])
    journal.write("c1", urgent(NOW)[2:])
    recording(tmp_path / "recordings" / "c1.wav", 65)
    return "c1"


def urgent(began):
    def at(seconds):
        return began + timedelta(seconds=seconds)

    words = "Bonjour, j'ai <b>de l'eau</b> qui coule du plafond"
    fields = {
        "caller_name": "Hélène Noël",
        "callback_number": "+33612345678",
        "request": words,
        "callback_when": "2026-01-15T08:00",
    }
    why = "De l'eau coule et ne s'arrête pas."
    rule = {"urgency": "urgent", "rule": "moreau.fuite", "because": why}
    slots = [{"name": name, "value": value, "text": ""} for name, value in fields.items()]
    return [
        Entry("answered", at(0), {"client": "plomberie-moreau", "situation": "closed"}),
        Entry("said", at(0), {"text": "Plomberie Moreau, bonjour.", "response": "utter_greet"}),
        Entry("heard", at(9), {"text": words, "confidence": 0.93, "speech_ms": 3000}),
        Entry("understood", at(9), {"intent": "report_leak", "confidence": 0.91, "entities": []}),
        Entry("decided", at(9), {**rule, "words": ["eau", "coule"]}),
        *(Entry("slot", at(9), slot) for slot in slots),
        Entry("slot", at(9), {"name": "urgency", "value": "urgent", "text": ""}),
        Entry("moved", at(9), {"flow": "message", "step": "name"}),
        Entry("message", at(9), {"fields": fields, "complete": True}),
        Entry("alert", at(9), {**rule, "fields": fields}),
        Entry("said", at(9), {"text": "L'astreinte est prévenue.", "response": "utter_alerted"}),
        Entry("interrupted", at(12), {"spoken": "L'astreinte", "left": "est prévenue."}),
        Entry("pressed", at(15), {"key": "1"}),
        Entry("ended", at(65), {"outcome": "alert_raised", "cause": "caller"}),
    ]


def recording(file, seconds, rate=16000, voices=2):
    file.parent.mkdir(exist_ok=True)
    sound = np.zeros((seconds * rate, voices), "<i2")
    sound[: 3 * rate, 1] = 9000 * np.sin(np.arange(3 * rate) / 6)
    sound[5 * rate : 9 * rate, 0] = 9000 * np.sin(np.arange(4 * rate) / 9)
    with wave.open(str(file), "wb") as wav:
        wav.setnchannels(voices)
        wav.setsampwidth(2)
        wav.setframerate(rate)
        wav.writeframes(sound.tobytes())
