"""A client of the examples, with its own flows and instructions: nobody answers an urgent call."""

from pathlib import Path

from sqlalchemy import select

from tests.handoff.evening import Evening
from tests.handoff.test_handover import run
from tests.worker.test_waiting_caller import Urgent
from voicebot.calls.handed import Done, Result
from voicebot.clients.loader import find_client
from voicebot.dialogue.interpretation import Entity, Interpretation
from voicebot.handoff.ringing import TelephoneLegs
from voicebot.handoff.simulated import NO_ANSWER
from voicebot.store import alert_changes
from voicebot.store.outbox_tables import outbox
from voicebot.worker.escalator import Escalator
from voicebot.worker.ringer import Ringer
from voicebot.worker.worker import Worker

FLOWS = Path(__file__).parent.parent.parent / "flows"
LEA, MOREAU, MOREAU_AT_HOME = "+33639981002", "+33639981009", "+33199001009"


CALLER = ("j'ai une grosse fuite d'eau", "oui", "oui", "12 rue des lilas à lyon", "martin")
"""What he says: is the water off, may one ring back there, where, who."""


class Understands:
    """What that caller says."""

    name = "plain"

    def interpret(self, text, expected, now):
        known = {
            "address": ("address", "12 rue des Lilas, Lyon"),
            "caller_name": ("person", "Martin"),
        }
        found = known.get(expected.slot)
        intent = "affirm" if text == "oui" else None
        return Interpretation(text, intent, 1.0, (Entity(*found, text),) if found else ())


class Plumber(Urgent):
    """His evening; no telephone of his people is picked up."""

    interpreter = Understands()

    def __init__(self, database):
        client = find_client(FLOWS, "plomberie-moreau")
        own = client.transfer
        Evening.__init__(
            self,
            client,
            database,
            *own.order,
            procedure_s=own.procedure_s,
            on_call_name=own.on_call_name,
        )
        self.telephone.stranger = NO_ANSWER
        clients = {client.name: self.client}
        ringer = Ringer(
            database, clients, TelephoneLegs(self.telephone), self.clock, self.clock.sleep
        )
        ringer.waiting = self.house.waiting
        self.worker = Worker(Escalator(database, clients), ringer, self.clock)

    def rung(self):
        return [ring.address for ring in self.telephone.dialled]


def test_the_procedure_begins_and_the_caller_hears_the_truth(database):
    evening = Plumber(database)

    async def story():
        for said in CALLER:
            reply = evening.says(said)
        assert reply.transfer == "urgent"
        await evening.hand_over("urgent")
        assert "J'appelle le plombier d'astreinte, restez en ligne." in evening.heard()[0]
        await evening.forward(118)
        assert LEA in evening.rung() and evening.alert.flagged_at is None
        await evening.forward(4)
        assert evening.alert.flagged_at is not None, "the procedure has not begun"
        await evening.forward(70)
        assert evening.done == Done(Result.UNREACHED)
        reply = evening.session.transferred(evening.done)
        said = " ".join(say.text for say in reply.says)
        assert "personne n'a encore pu répondre. Votre alerte reste ouverte." in said
        assert "Gardez votre téléphone près de vous." in said
        assert reply.hang_up == "alert_raised"
        evening.session.hang_up("bot")

    run(story())
    assert evening.alert.state == "triggered"
    assert {MOREAU, MOREAU_AT_HOME} <= set(evening.rung())
    with database.read() as connection:
        told = [c.kind.value for c in alert_changes.read(connection, evening.alert.id)]
        letters = connection.execute(select(outbox.c.address, outbox.c.text)).all()
    assert "procedure" in told
    assert any(to == "+33612345678" and "nous continuons" in text for to, text in letters)
