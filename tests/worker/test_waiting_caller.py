"""The caller waits on the line while the escalation rings; who takes the alert speaks with him."""

import contextlib
from dataclasses import replace

import pytest

from tests.bakery import bakery
from tests.handoff.evening import CLAIRE, OPERATORS, Evening
from tests.handoff.test_handover import run
from tests.worker import night
from tests.worker.night import NUMBERS, step
from voicebot.calls.handed import Done, Result, Wanted
from voicebot.clients.transfer import Kind, Target
from voicebot.handoff.bridge import Ended
from voicebot.handoff.reception import Reception
from voicebot.handoff.ringing import TelephoneLegs
from voicebot.handoff.simulated import ACCEPTS, DECLINES, NO_ANSWER, VOICEMAIL
from voicebot.oncall.alert import By
from voicebot.oncall.pattern import compile_pattern
from voicebot.oncall.urgency import Criteria, Rule, Urgency
from voicebot.store import alerts
from voicebot.worker.escalator import Escalator
from voicebot.worker.ringer import Ringer
from voicebot.worker.worker import Worker

ON_CALL = Target(Kind.ON_CALL)
LEAK = Rule("leak", Urgency.URGENT, "Une fuite.", any=(compile_pattern("fuite"),))
BRIEFING = "Client Boulangerie Petit. Urgent. Une fuite. Appuyez sur 1, ou dites oui."


class Urgent(Evening):
    """An urgent call, its escalation, and the telephones of the people on call."""

    def __init__(self, client, database, *steps, order=(ON_CALL,), people=(), plan=None, **manners):
        on_call = night.client(*steps, people=people).on_call
        super().__init__(replace(client, on_call=on_call), database, *order, **(plan or {}))
        self.telephone.manners = {NUMBERS[name]: manners.get(name, ACCEPTS) for name in NUMBERS}
        clients = {client.name: self.client}
        legs = TelephoneLegs(self.telephone)
        ringer = Ringer(database, clients, legs, self.clock, self.clock.sleep)
        ringer.waiting = self.house.waiting
        self.worker = Worker(Escalator(database, clients), ringer, self.clock)

    async def begin(self):
        """He says it is urgent, and waits."""
        self.says("j'ai une fuite")
        await self.hand_over("urgent")

    async def forward(self, seconds=0.0):
        until = self.clock.monotonic() + seconds
        while True:
            while await self.worker.tick(self.clock.now()):
                await self.clock.settle()
            await self.clock.settle()
            left = until - self.clock.monotonic()
            if left <= 0:
                return
            await self.clock.move(min(left, 1.0))

    def rung(self):
        """Whose telephones were rung, in order."""
        names = {number: name for name, number in NUMBERS.items()}
        return [names[ring.address] for ring in self.telephone.dialled]

    @property
    def alert(self):
        with self.database.read() as connection:
            (alert,) = alerts.read(connection, "c1")
        return alert


@pytest.fixture
def client(tmp_path):
    return bakery(tmp_path, rules=(LEAK,))


def test_the_technician_is_briefed_accepts_and_is_joined(client, database):
    evening = Urgent(client, database, step("karim"))

    async def story():
        await evening.begin()
        assert "J'appelle la personne d'astreinte, restez en ligne." in evening.heard()[0]
        await evening.forward(30)
        happened = ["rings", "picked up", BRIEFING, "presses 1", "speaks with the caller"]
        assert evening.heard(NUMBERS["karim"]) == happened
        assert evening.alert.acknowledged_by == "karim"
        evening.bridge.end(Ended.PERSON_LEFT)
        await evening.forward()
        assert evening.done == Done(Result.SPOKEN, "Karim")
        evening.session.transferred(evening.done)
        await evening.forward(60)

    run(story())
    assert evening.rung() == ["karim"] and evening.telephone.engaged == set()
    kept = evening.kept_transfer()
    assert [(leg.target, leg.name, leg.outcome) for leg in kept.legs] == [
        ("on_call", "Karim", "accepted")
    ]


@pytest.mark.parametrize("manner", [NO_ANSWER, DECLINES])
def test_the_caller_hears_that_the_second_one_is_rung(client, database, manner):
    evening = Urgent(client, database, step("karim"), step("lea"), karim=manner)

    async def story():
        await evening.begin()
        await evening.forward(150)
        heard = evening.heard()
        told = "Pas encore de réponse. Je joins la deuxième personne d'astreinte, restez en ligne."
        assert [text for text in heard if "Je joins" in text] == [told]
        assert evening.bridge.joined is not None
        assert evening.alert.acknowledged_by == "lea"

    run(story())
    assert evening.rung() == ["karim", "lea"]


def test_two_who_are_rung_at_once_are_no_second_try(client, database):
    quiet = {"karim": NO_ANSWER, "lea": NO_ANSWER}
    evening = Urgent(client, database, step("karim", "lea"), **quiet)

    async def story():
        await evening.begin()
        await evening.forward(18)
        assert sorted(evening.rung()) == ["karim", "lea"]
        assert not any("Pas encore de réponse" in text for text in evening.heard())

    run(story())


def test_a_voicemail_takes_nothing_and_the_second_one_is_joined(client, database):
    evening = Urgent(client, database, step("karim"), step("lea"), karim=VOICEMAIL)

    async def story():
        await evening.begin()
        await evening.forward(120)
        assert evening.bridge.joined is not None
        assert evening.alert.acknowledged_by == "lea"

    run(story())


def test_nobody_answers_and_the_caller_is_told_the_truth(client, database):
    evening = Urgent(client, database, step("karim"), karim=NO_ANSWER)

    async def story():
        await evening.begin()
        await evening.forward(60)
        assert evening.done == Done(Result.UNREACHED)
        reply = evening.session.transferred(evening.done)
        assert reply is not None

    run(story())
    assert evening.alert.state == "triggered" and evening.alert.flagged_at is not None


def test_after_his_patience_the_procedure_begins_and_the_escalation_goes_on(client, database):
    plan = {"patience_s": 60, "procedure_s": 40}
    quiet = {"karim": NO_ANSWER, "lea": NO_ANSWER, "thomas": NO_ANSWER}
    evening = Urgent(
        client,
        database,
        step("karim", wait=7000),
        step("lea"),
        people=["moreau"],
        plan=plan,
        **quiet,
    )

    async def story():
        await evening.begin()
        await evening.forward(38)
        assert evening.alert.flagged_at is None
        await evening.forward(30)
        assert evening.alert.flagged_at is not None
        assert "moreau" in evening.rung()
        await evening.forward(20)

    run(story())
    assert evening.alert.acknowledged_by == "moreau"


def test_he_took_it_by_another_way_and_rings_back(client, database):
    evening = Urgent(client, database, step("karim"), karim=NO_ANSWER)

    async def story():
        await evening.begin()
        await evening.forward(10)
        with database.write() as connection:
            alerts.acknowledge(
                connection, evening.alert.id, who="karim", by=By.SMS, at=evening.clock.now()
            )
        await evening.forward(5)
        assert evening.done == Done(Result.TAKEN, "Karim")

    run(story())


def test_he_took_it_before_the_caller_began_to_wait(client, database):
    evening = Urgent(client, database, step("karim"))

    async def story():
        evening.says("j'ai une fuite")
        await evening.forward(60)
        assert "Un appel urgent vous attend." in " ".join(evening.heard(NUMBERS["karim"]))
        await evening.hand_over("urgent")
        await evening.forward(3)
        assert evening.done == Done(Result.TAKEN, "Karim")

    run(story())


def test_the_caller_leaves_and_the_technician_is_told_how_to_reach_him(client, database):
    evening = Urgent(client, database, step("karim"))

    async def story():
        await evening.begin()
        await evening.forward(8)
        evening.caller.leaves()
        await evening.forward()
        assert evening.done == Done(Result.CALLER_LEFT, caller_left=True)
        await evening.forward(60)
        said = evening.heard(NUMBERS["karim"])
        assert said[-2] == "L'appelant a raccroché." and "06, 12, 34, 56, 78" in said[-1]
        assert evening.alert.acknowledged_by == "karim"

    run(story())


HELD = f"Un instant, je vous mets en relation. {BRIEFING.partition(' Appuyez')[0]}"


class WithBot(Urgent):
    """The bot still speaks with the caller when a technician accepts."""

    @contextlib.contextmanager
    def speaks(self):
        self.says("j'ai une fuite")
        self.house.ongoing.enter(Running(self.session))
        try:
            yield
        finally:
            self.house.ongoing.leave("c1")

    async def accepted(self):
        """Until he has; what he hears from then on is what is asked for."""
        while (NUMBERS["karim"], "presses 1") not in self.told:
            await self.forward(0.5)
        heard = self.heard(NUMBERS["karim"])
        after = heard[heard.index("presses 1") + 1 :]
        self.told += [(NUMBERS["karim"], what) for what in after]


class Running:
    """A call on its line."""

    def __init__(self, session):
        self.session = session


def test_the_technician_is_quicker_than_the_caller_and_held_until_he_waits(client, database):
    evening = WithBot(client, database, step("karim"))

    async def story():
        with evening.speaks():
            await evening.accepted()
            await evening.forward(2)
            assert evening.heard(NUMBERS["karim"]) == [HELD]
            assert evening.alert.acknowledged_by == "karim"
            assert evening.bridge.joined is None
            await evening.hand_over("urgent")
            await evening.forward(3)
            assert evening.heard() == ["Je vous passe Karim."]
            assert evening.heard(NUMBERS["karim"]) == ["speaks with the caller"]
            evening.bridge.end(Ended.PERSON_LEFT)
            await evening.forward()
            assert evening.done == Done(Result.SPOKEN, "Karim")

    run(story())
    assert evening.telephone.engaged == set()
    assert [(leg.target, leg.outcome) for leg in evening.kept_transfer().legs] == [
        ("on_call", "accepted")
    ]


def test_the_caller_leaves_while_the_technician_is_held(client, database):
    evening = WithBot(client, database, step("karim"))

    async def story():
        with evening.speaks():
            await evening.accepted()
        await evening.forward(20)
        said = evening.heard(NUMBERS["karim"])
        assert said[0] == HELD and said[1] == "L'appelant a raccroché."
        assert "06, 12, 34, 56, 78" in said[2]

    run(story())
    assert evening.alert.acknowledged_by == "karim" and evening.telephone.engaged == set()


def test_the_caller_leaves_while_he_is_told_who_speaks_with_him(client, database):
    evening = WithBot(client, database, step("karim"))

    async def story():
        with evening.speaks():
            await evening.accepted()
            await evening.hand_over("urgent")
            evening.caller.leaves()
            await evening.forward(1)
            assert evening.done == Done(Result.CALLER_LEFT, caller_left=True)
        said = evening.heard(NUMBERS["karim"])[-1]
        assert said.startswith("L'appelant a raccroché.") and "06, 12, 34, 56, 78" in said

    run(story())


def test_the_transfer_does_not_come_and_the_technician_is_told_how_to_ring_back(client, database):
    evening = WithBot(client, database, step("karim"))

    async def story():
        with evening.speaks():
            await evening.accepted()
            await evening.forward(30)
            said = evening.heard(NUMBERS["karim"])
            assert said[1] == "Je n'ai pas pu vous mettre en relation."
            assert "06, 12, 34, 56, 78" in said[2]
            await evening.hand_over("urgent")
            assert evening.done == Done(Result.TAKEN, "Karim")

    run(story())


def test_nobody_is_held_for_a_call_that_is_never_handed_over(client, database):
    danger = replace(LEAK, urgency=Urgency.VITAL)
    client = replace(client, criteria=Criteria((danger,)))
    evening = WithBot(client, database, step("karim"))

    async def story():
        with evening.speaks():
            await evening.accepted()
            await evening.forward(5)
            assert "Merci, c'est noté" in evening.heard(NUMBERS["karim"])[0]

    run(story())


def test_an_operator_is_rung_first_and_the_technician_is_quicker(client, database):
    evening = Urgent(client, database, step("karim"), order=(OPERATORS, ON_CALL))

    async def story():
        with evening.at_work(CLAIRE):
            await evening.begin()
            incoming = evening.incoming(CLAIRE)
            await evening.forward(14)
            assert not incoming.accept()
            assert evening.bridge.joined[1].name == NUMBERS["karim"]

    run(story())


def test_with_two_calls_about_one_alert_the_one_who_waits_is_joined(client, database):
    evening = Urgent(client, database, step("karim"))

    async def story():
        await evening.begin()
        assert evening.house.waiting.waits(["other", "c1"])
        await evening.forward(30)
        assert not evening.house.waiting.waits(["other"])
        assert evening.bridge.joined is not None

    run(story())


def test_where_this_process_does_not_escalate_nobody_is_waited_for(client, database):
    evening = Urgent(client, database, step("karim"))
    urgent = Wanted(evening.client, "urgent", "fr", "urgent")
    assert evening.desk.reachable(urgent)
    assert not evening.desk.reachable(replace(urgent, urgency="normal"))
    elsewhere = Reception(replace(evening.house, escalates=False))
    assert not elsewhere.reachable(urgent)
