"""A conversation with hand-made interpretations: what the engine does, without understanding."""

from datetime import UTC, datetime
from pathlib import Path

from voicebot.dialogue.action import HangUp, RaiseAlert, SaveMessage, Say
from voicebot.dialogue.engine import advance, expectation, start
from voicebot.dialogue.event import Interrupted, PickedUp, Pressed, Silent, Spoke, Transferred
from voicebot.dialogue.interpretation import Entity, Interpretation
from voicebot.dialogue.loader import load_flows

FLOWS = Path(__file__).resolve().parents[2] / "flows"
NOW = datetime(2026, 1, 14, 21, 30, tzinfo=UTC)
FACTS = {
    "company": "Plomberie Moreau",
    "greeting": "Plomberie Moreau, bonjour. Je suis l'assistant vocal, et l'appel est enregistré.",
    "opening_hours": "du lundi au vendredi",
    "address": "27, avenue Jean Jaurès",
    "call_out_price": "quatre-vingt-neuf euros",
}
URGENT = {"urgency": "urgent", "urgency_rule": "leak", "urgency_because": "Une fuite."}
VITAL = {"urgency": "vital", "urgency_rule": "not_breathing", "advice": "Composez le 15."}


def shared(folder: Path | None = None):
    return load_flows(FLOWS, folder or FLOWS / "none", FACTS)


class Talk:
    """One call, told in few words by a test."""

    def __init__(self, flows=None, *, caller_number=None, becomes=("nobody",), **facts):
        """`becomes`: what becomes of each search for a person; the last one of those after it."""
        self.flows = flows or shared()
        self.becomes = list(becomes)
        self.state = start(self.flows)
        self.actions = []
        self.last = ()
        self.do(PickedUp({"situation": "closed", "caller_number": caller_number, **facts}))

    def do(self, event):
        self.state, self.last = advance(self.flows, self.state, event, NOW)
        while self.state.transfer:
            found = self.becomes.pop(0) if len(self.becomes) > 1 else self.becomes[0]
            done = Transferred(found, "Claire" if found in ("spoken", "taken") else "")
            self.state, more = advance(self.flows, self.state, done, NOW)
            self.last += more
        self.actions += self.last
        return self.said

    def say(self, text, intent=None, *entities, confidence=0.9, facts=None):
        found = tuple(
            entity if isinstance(entity, Entity) else Entity(entity[0], entity[1], str(entity[1]))
            for entity in entities
        )
        meant = Interpretation(text, intent, confidence, found)
        return self.do(Spoke(meant, facts or {}))

    def press(self, keys):
        for key in keys:
            self.do(Pressed(key))
        return self.said

    def silence(self):
        return self.do(Silent())

    def interrupt(self, spoken, left):
        return self.do(Interrupted(spoken, left))

    @property
    def said(self):
        return " ".join(a.text for a in self.last if isinstance(a, Say))

    @property
    def responses(self):
        return [a.response for a in self.last if isinstance(a, Say)]

    @property
    def slots(self):
        return self.state.slots

    @property
    def expected(self):
        return expectation(self.flows, self.state)

    def of(self, kind):
        return [a for a in self.actions if isinstance(a, kind)]

    @property
    def outcome(self):
        ends = self.of(HangUp)
        return ends[-1].outcome if ends else None

    @property
    def message(self):
        saved = self.of(SaveMessage)
        return saved[-1] if saved else None

    @property
    def alert(self):
        raised = self.of(RaiseAlert)
        return raised[-1] if raised else None
