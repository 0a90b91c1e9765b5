"""A night on call, told as a test tells it: expect a ring, let time go by, expect an SMS."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType, SimpleNamespace
from zoneinfo import ZoneInfo

from sqlalchemy import select

from voicebot.handoff.jumping import JumpingClock
from voicebot.handoff.ringing import TelephoneLegs
from voicebot.handoff.simulated import ACCEPTS, SimulatedTelephone
from voicebot.oncall.on_call import OnCall
from voicebot.oncall.policy import EscalationPolicy, EscalationStep, Kind, Procedure, Target
from voicebot.oncall.technician import Technician, Way, read_contact
from voicebot.store import alert_changes, alerts, attempts, escalations
from voicebot.store.entry import CallStart, Entry
from voicebot.store.journal import StoredJournal
from voicebot.store.outbox_tables import outbox
from voicebot.worker.escalator import Escalator
from voicebot.worker.ringer import Ringer
from voicebot.worker.worker import Worker

NUMBERS = {
    "karim": "+33639981001",
    "lea": "+33639981002",
    "thomas": "+33639981003",
    "moreau": "+33639981009",
}
CALLER = "+33612345678"
ZONE = ZoneInfo("Europe/Paris")


def technician(id, *ways):
    contacts = [
        read_contact(way, f"{id}@exemple.fr" if way is Way.EMAIL else NUMBERS[id])
        for way in ways or (Way.RING, Way.SMS, Way.EMAIL)
    ]
    return Technician(id, id.capitalize(), tuple(contacts))


def step(*names, by=(Way.RING,), wait=120):
    """A step that names technicians; a rota's name is written as a target."""
    targets = tuple(n if isinstance(n, Target) else Target(Kind.TECHNICIAN, n) for n in names)
    return EscalationStep(targets, tuple(by), timedelta(seconds=wait))


def client(*steps, people=(), promise="", rotas=(), known=("karim", "lea", "thomas"), **policy):
    """A client whose policy has those steps."""
    procedure = Procedure(tuple(map(technician, people)), promise=promise)
    on_call = OnCall(
        technicians={name: technician(name) for name in known},
        rotas={rota.id: rota for rota in rotas},
        policy=EscalationPolicy("nuit", steps, procedure=procedure, **policy),
    )
    return SimpleNamespace(name="plomberie", company="Plomberie Moreau", on_call=on_call)


class Night:
    """One client, one store, and simulated telephones on a clock that jumps."""

    def __init__(self, database, client, **manners):
        self.database = database
        self.journal = StoredJournal(database)
        self.clients = {"plomberie": client}
        self.clock = JumpingClock()
        self.happened = []
        self.manners = {NUMBERS[name]: ACCEPTS for name in NUMBERS}
        self.telephone = SimulatedTelephone(self.manners, self.clock.sleep, told=self._tell)
        self.behave(**manners)
        self.worker = self.hire()
        self._calls = 0
        self._expected = 0

    def hire(self, owner=None):
        """A worker on this store, with a name of its own."""
        more = {} if owner is None else {"owner": owner}
        legs = TelephoneLegs(self.telephone)
        ringer = Ringer(self.database, self.clients, legs, self.clock, self.clock.sleep, **more)
        return Worker(Escalator(self.database, self.clients), ringer, self.clock)

    def behave(self, **manners):
        """How telephones behave from now on: `karim=BUSY`."""
        self.manners.update({NUMBERS[name]: manner for name, manner in manners.items()})

    # What happens

    def urgent_call(self, caller=CALLER, rule="fuite", urgency="urgent", **fields):
        """A call that is urgent; gives its alert's id."""
        self._calls += 1
        call_id = f"c{self._calls}"
        start = CallStart(call_id, "plomberie", caller, None, self.clock.now())
        self.journal.open(start, [Entry("answered", self.clock.now(), {"client": "plomberie"})])
        return self.says(call_id, rule, urgency, **fields)

    def says(self, call_id, rule="fuite", urgency="urgent", **fields):
        """What the caller says in that call is urgent."""
        policy = self.clients["plomberie"].on_call.policy
        data = {"urgency": urgency, "rule": rule, "because": "Une fuite.", "fields": fields}
        data["joins_within_s"] = policy.joins_within.total_seconds()
        self.journal.write(call_id, [Entry("alert", self.clock.now(), data)])
        with self.database.read() as connection:
            return alerts.read(connection, call_id)[-1].id

    async def forward(self, seconds=0.0, *workers):
        """Lets time go by, with the workers doing what is due whenever something may be."""
        crew = workers or (self.worker,)
        until = self.clock.monotonic() + seconds
        while True:
            for worker in crew:
                while await worker.tick(self.clock.now()):
                    await self.clock.settle()
                await self.clock.settle()
            left = until - self.clock.monotonic()
            if left <= 0:
                return
            await self.clock.move(min(left, self._quiet()))

    def _quiet(self):
        """Seconds in which nothing is due; a second while something rings, as a worker looks."""
        if self.clock.next_in() is not None:
            return 1.0
        with self.database.read() as connection:
            due = escalations.next_due(connection)
            pending = attempts.next_due(connection)
        ahead = [(at - self.clock.now()).total_seconds() for at in (due, pending) if at]
        return max(0.1, min(ahead, default=3600.0))

    # What is expected

    def rung(self):
        """Whose telephones were rung, in order."""
        names = {number: name for name, number in NUMBERS.items()}
        return [names.get(ring.address, ring.address) for ring in self.telephone.dialled]

    def expect_rings(self, *names):
        """Exactly these telephones were rung since the last time that was asked."""
        new = self.rung()[self._expected :]
        self._expected += len(new)
        assert new == list(names), self.lines()

    def expect_state(self, state, by=None, alert_id=1):
        with self.database.read() as connection:
            alert = alerts.find(connection, alert_id)
        assert (alert.state, alert.acknowledged_by) == (state, by), self.lines()
        return alert

    def letters(self):
        """What was posted: whom to, by which way."""
        with self.database.read() as connection:
            rows = connection.execute(select(outbox).order_by(outbox.c.id)).all()
        return [(row.technician, row.way) for row in rows]

    def lines(self, alert_id=1):
        """The alert's time line, as (what, who, outcome)."""
        with self.database.read() as connection:
            found = alert_changes.read(connection, alert_id)
        return [(c.kind.value, c.who, c.data.get("outcome")) for c in found]

    def outcomes(self, alert_id=1):
        """How the attempts stand: (who, way, state or outcome)."""
        with self.database.read() as connection:
            rows = attempts.of_alert(connection, alert_id)
        return [(row.person, row.way, row.outcome or row.state) for row in rows]

    def escalation(self, alert_id=1):
        with self.database.read() as connection:
            return escalations.read(connection, alert_id)

    def _tell(self, address, what):
        self.happened.append((self.clock.monotonic(), address, what))


def without(client, name):
    """The client after a technician has gone."""
    known = {id: t for id, t in client.on_call.technicians.items() if id != name}
    on_call = replace(client.on_call, technicians=MappingProxyType(known))
    return SimpleNamespace(name=client.name, company=client.company, on_call=on_call)
