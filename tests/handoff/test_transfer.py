"""The pure part of a transfer: who is rung, who gets the call, what everybody is told."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicebot.calls.handed import Result
from voicebot.handoff.bridge import Ended
from voicebot.handoff.happening import (
    Accepted,
    Began,
    CallerLeft,
    Joined,
    LegEnded,
    MessageWanted,
    Offered,
    Parted,
    Passed,
    Rung,
    TakenBy,
)
from voicebot.handoff.leg import Outcome
from voicebot.handoff.order import (
    BeginProcedure,
    Dismiss,
    Finish,
    Join,
    Ring,
    TakeBack,
    Tell,
    ToCaller,
    ToPerson,
)
from voicebot.handoff.standing import Phase, Stage, Transfer
from voicebot.handoff.target import Instructions, Kind, Person, Reachable, Target
from voicebot.handoff.transfer import advance

NOW = datetime(2026, 1, 14, 21, 30, tzinfo=UTC)
CLAIRE = Person(Kind.OPERATORS, "operator-1", "Claire")
SOPHIE = Person(Kind.OPERATORS, "operator-2", "Sophie")
PAUL = Person(Kind.PEOPLE, "paul", "Paul", "+33199001009")
DUTY = Person(Kind.ON_CALL, "on_call", "")
OPERATORS = Target(Kind.OPERATORS)
BOTH = Target(Kind.OPERATORS, at_once=2)
ON_CALL = Target(Kind.ON_CALL)
OWNER = Target(Kind.PEOPLE, people=(PAUL,))
BEGAN = Began()


class Desk:
    """Runs a transfer, told in few words by a test."""

    def __init__(
        self, *order, reason="asked", there=(CLAIRE, SOPHIE), soon=False, first=BEGAN, **plan
    ):
        self.plan = Instructions(order or (OPERATORS, ON_CALL, OWNER), **plan)
        self.state = Transfer(reason)
        self.now = NOW
        self.there = list(there)
        self.soon = soon
        self.commands = ()
        self.did(first)

    def reach(self, target, tried):
        match target.kind:
            case Kind.OPERATORS:
                return Reachable(tuple(self.there), self.soon)
            case Kind.ON_CALL:
                return Reachable((DUTY,) if self.state.reason == "urgent" else ())
        return Reachable(target.people)

    def did(self, event, after=0.0):
        self.now += timedelta(seconds=after)
        self.state, self.commands = advance(self.plan, self.state, event, self.now, self.reach)
        return self.commands

    def waits(self, seconds):
        return self.did(Passed(), after=seconds)


def test_one_operator_is_there():
    desk = Desk(there=[CLAIRE])
    assert desk.commands == (Ring(0), Tell(ToCaller.CALLING, "Claire"))
    assert desk.did(Accepted(0), after=3) == (Join(0),)
    desk.did(Joined(0))
    assert desk.state.phase is Phase.TALKING and desk.state.due is None
    assert desk.did(Parted(0, Ended.PERSON_LEFT)) == (
        Dismiss(0, None),
        Finish(Result.SPOKEN, "Claire", False),
    )


def test_the_next_one_when_the_first_declines():
    desk = Desk()
    assert desk.did(LegEnded(0, Outcome.DECLINED), after=4) == (
        Ring(1),
        Tell(ToCaller.NEXT, "Sophie"),
    )
    assert desk.state.legs[0].outcome is Outcome.DECLINED


def test_operators_then_the_clients_own_list_then_the_truth():
    desk = Desk(OPERATORS, OWNER, there=[CLAIRE])
    assert desk.did(LegEnded(0, Outcome.NO_ANSWER), after=20)[0] == Ring(1)
    assert desk.state.legs[1].who is PAUL
    assert desk.did(LegEnded(1, Outcome.VOICEMAIL), after=25) == (
        Finish(Result.UNREACHED, "", False),
    )


def test_nobody_at_all():
    desk = Desk(OPERATORS, there=[])
    assert desk.commands == (Finish(Result.NOBODY, "", False),)


def test_whoever_is_on_call_is_for_urgent_calls():
    assert Desk(ON_CALL).commands == (Finish(Result.NOBODY, "", False),)
    desk = Desk(ON_CALL, reason="urgent")
    assert desk.commands == (Ring(0), Tell(ToCaller.ON_CALL, ""))
    assert desk.did(Rung(0, 2), after=30) == (Tell(ToCaller.NEXT_ON_CALL, "", 2),)


def test_a_target_only_for_urgent_calls():
    only = Target(Kind.OPERATORS, only=frozenset(("urgent",)))
    assert Desk(only).commands == (Finish(Result.NOBODY, "", False),)
    assert Desk(only, reason="urgent").commands[0] == Ring(0)
    assert Desk(only, reason="taken_over").commands[0] == Ring(0)


def test_two_accept_at_once_and_one_wins():
    desk = Desk(BOTH)
    assert desk.commands == (Ring(0), Ring(1), Tell(ToCaller.CALLING_ONE, ""))
    assert desk.did(Accepted(1), after=2) == (TakeBack(0, ToPerson.TOO_LATE), Join(1))
    assert desk.did(Accepted(0)) == (Dismiss(0, ToPerson.TOO_LATE),)
    assert desk.state.legs[0].outcome is Outcome.CALLER_LEFT
    assert desk.state.current.who is SOPHIE


def test_the_caller_leaves_while_it_rings():
    desk = Desk(BOTH)
    assert desk.did(CallerLeft(), after=2) == (
        TakeBack(0, ToPerson.CALLER_LEFT),
        TakeBack(1, ToPerson.CALLER_LEFT),
        Finish(Result.CALLER_LEFT, "", True),
    )
    assert desk.did(Accepted(0)) == (Dismiss(0, ToPerson.CALLER_LEFT),)


def test_the_caller_leaves_while_he_is_being_joined():
    desk = Desk(there=[CLAIRE])
    desk.did(Accepted(0))
    assert desk.did(CallerLeft()) == (
        Dismiss(0, ToPerson.CALLER_LEFT),
        Finish(Result.CALLER_LEFT, "", True),
    )


def test_the_caller_hangs_up_at_the_end():
    desk = Desk(there=[CLAIRE])
    desk.did(Accepted(0))
    desk.did(Joined(0))
    assert desk.did(Parted(0, Ended.CALLER_LEFT)) == (
        Dismiss(0, ToPerson.CALLER_LEFT),
        Finish(Result.SPOKEN, "Claire", True),
    )
    assert desk.did(CallerLeft()) == ()


def test_a_message_instead():
    desk = Desk(BOTH)
    assert desk.did(MessageWanted(), after=9)[-1] == Finish(Result.MESSAGE, "", False)
    assert desk.did(Accepted(1)) == (Dismiss(1, ToPerson.NOT_NEEDED),)


def test_a_message_is_wanted_too_late():
    desk = Desk(there=[CLAIRE])
    desk.did(Accepted(0))
    assert desk.did(MessageWanted()) == ()


def test_the_person_gives_the_call_back():
    desk = Desk(there=[CLAIRE])
    desk.did(Accepted(0))
    desk.did(Joined(0))
    assert desk.did(Parted(0, Ended.GIVEN_BACK)) == (
        Dismiss(0, ToPerson.GIVEN_BACK),
        Finish(Result.GIVEN_BACK, "Claire", False),
    )


@pytest.mark.parametrize("joined", [True, False])
def test_her_browser_dies_and_the_next_one_is_rung(joined):
    desk = Desk()
    desk.did(Accepted(0))
    if joined:
        desk.did(Joined(0))
    assert desk.did(Parted(0, Ended.LOST), after=60) == (
        Dismiss(0, None),
        Tell(ToCaller.LOST, "Claire"),
        Ring(1),
        Tell(ToCaller.CALLING, "Sophie"),
    )
    assert desk.did(Accepted(1)) == (Join(1),)


def test_the_technicians_line_breaks_and_he_rings_back():
    desk = Desk(ON_CALL, OWNER, reason="urgent")
    desk.did(Offered("Karim"))
    desk.did(Joined(0))
    assert desk.did(Parted(0, Ended.LOST), after=30) == (
        Dismiss(0, None),
        Finish(Result.TAKEN, "Karim", False),
    )


def test_after_her_browser_died_the_caller_has_his_patience_anew():
    desk = Desk(patience_s=60)
    desk.did(Accepted(0))
    desk.did(Joined(0))
    desk.did(Parted(0, Ended.LOST), after=600)
    assert desk.state.phase is Phase.SEEKING
    assert desk.waits(60)[-1] == Finish(Result.UNREACHED, "", False)


def test_an_honest_word_every_twenty_seconds():
    desk = Desk(there=[CLAIRE])
    assert desk.state.due == NOW + timedelta(seconds=20)
    assert desk.waits(19) == ()
    assert desk.waits(1) == (Tell(ToCaller.STILL, "Claire"),)
    assert desk.state.due == NOW + timedelta(seconds=40)


def test_everybody_has_her_hands_full():
    desk = Desk(Target(Kind.OPERATORS, wait_s=30), there=[], soon=True)
    assert desk.commands == (Tell(ToCaller.BUSY, ""),)
    assert desk.waits(10) == ()
    desk.there = [CLAIRE]
    assert desk.waits(5) == (Ring(0), Tell(ToCaller.CALLING, "Claire"))


def test_not_waited_for_longer_than_the_client_says():
    desk = Desk(Target(Kind.OPERATORS, wait_s=30), OWNER, there=[], soon=True)
    assert desk.waits(29) == (Tell(ToCaller.STILL_BUSY, ""),)
    assert desk.waits(1)[0] == Ring(0) and desk.state.legs[0].who is PAUL


def test_patience_comes_to_an_end():
    desk = Desk(ON_CALL, reason="urgent", patience_s=90, procedure_s=60)
    assert BeginProcedure() not in desk.waits(59)
    assert BeginProcedure() in desk.waits(1)
    assert BeginProcedure() not in desk.waits(10)
    assert desk.waits(20) == (TakeBack(0, ToPerson.NOT_NEEDED), Finish(Result.UNREACHED, "", False))


def test_the_procedure_begins_at_the_latest_when_everybody_was_tried():
    desk = Desk(OPERATORS, there=[CLAIRE], reason="urgent", procedure_s=120)
    assert desk.did(LegEnded(0, Outcome.DECLINED)) == (
        BeginProcedure(),
        Finish(Result.UNREACHED, "", False),
    )


def test_the_technician_took_it_where_he_cannot_be_joined():
    desk = Desk(ON_CALL, reason="urgent")
    assert desk.did(TakenBy("Karim"), after=30) == (
        TakeBack(0, ToPerson.NOT_NEEDED),
        Finish(Result.TAKEN, "Karim", False),
    )


def test_the_technician_takes_it_on_the_telephone_and_is_joined():
    desk = Desk(ON_CALL, reason="urgent")
    assert desk.did(Offered("Karim"), after=12) == (Join(0),)
    assert desk.state.current.who.name == "Karim"


def test_the_technician_was_quicker_than_the_caller():
    desk = Desk(ON_CALL, reason="urgent", first=Offered("Karim"))
    assert desk.commands == (Tell(ToCaller.PUT_THROUGH, "Karim"), Join(0))
    assert desk.did(Began()) == ()
    assert desk.did(CallerLeft()) == (
        Dismiss(0, ToPerson.CALLER_LEFT, rings_back=True),
        Finish(Result.CALLER_LEFT, "", True),
    )


def test_the_technician_cannot_be_joined_and_hears_the_number():
    desk = Desk(ON_CALL, reason="urgent")
    desk.did(Offered("Karim"))
    assert desk.did(Parted(0, Ended.LOST)) == (
        Dismiss(0, ToPerson.NOT_JOINED, rings_back=True),
        Finish(Result.TAKEN, "Karim", False),
    )


def test_a_call_that_is_taken_over():
    desk = Desk(OPERATORS, reason="taken_over", there=[CLAIRE])
    assert desk.commands == (Ring(0), Tell(ToCaller.PUT_THROUGH, "Claire"))
    assert desk.did(Accepted(0)) == (Join(0),)


def test_the_technician_takes_it_while_an_operator_is_rung():
    desk = Desk(OPERATORS, ON_CALL, there=[CLAIRE], reason="urgent")
    assert desk.did(Offered("Karim"), after=5) == (TakeBack(0, ToPerson.TOO_LATE), Join(1))
    assert desk.did(Offered("Léa")) == ()


def test_it_is_no_news_that_who_is_being_joined_has_taken_it():
    desk = Desk(ON_CALL, reason="urgent")
    desk.did(Accepted(0))
    assert desk.did(TakenBy("Karim")) == ()


legs = st.integers(-1, 8)
happened = st.one_of(
    st.just(Passed()),
    st.just(CallerLeft()),
    st.just(MessageWanted()),
    st.builds(Accepted, legs),
    st.just(Offered("Karim")),
    st.builds(Joined, legs),
    st.builds(LegEnded, legs, st.sampled_from([o for o in Outcome if o is not Outcome.ACCEPTED])),
    st.builds(Parted, legs, st.sampled_from(Ended)),
    st.builds(Rung, legs, st.integers(1, 4)),
    st.builds(TakenBy, st.just("Karim")),
)
targets = st.sampled_from([OPERATORS, BOTH, ON_CALL, OWNER, Target(Kind.OPERATORS, wait_s=0)])


class Ledger:
    """What must hold whatever happens."""

    def __init__(self):
        self.finished = 0
        self.rung = []
        self.with_caller = None

    def write(self, commands, state):
        for command in commands:
            match command:
                case Ring(leg):
                    assert not self.finished and self.with_caller is None
                    self.rung.append(state.legs[leg].who.id)
                case Join(leg):
                    assert not self.finished and self.with_caller is None, "two at once"
                    self.with_caller = leg
                case Dismiss(leg):
                    self.with_caller = None if leg == self.with_caller else self.with_caller
                case Finish():
                    assert self.with_caller is None
                    self.finished += 1
        assert len(self.rung) == len(set(self.rung)), "somebody was rung twice"
        assert self.finished <= 1


@settings(max_examples=200, deadline=None)
@given(
    st.lists(targets, min_size=1, max_size=5),
    st.sampled_from(["asked", "urgent", "taken_over"]),
    st.sampled_from([BEGAN, Offered("Karim"), TakenBy("Karim")]),
    st.lists(st.tuples(happened, st.floats(0, 90), st.booleans()), max_size=40),
)
def test_whatever_happens_it_comes_to_one_end(order, reason, first, story):
    desk = Desk(*order, reason=reason, first=first, soon=True, procedure_s=30)
    ledger = Ledger()
    ledger.write(desk.commands, desk.state)
    for event, after, soon in story:
        desk.soon = soon
        before = desk.state
        ledger.write(desk.did(event, after), desk.state)
        if before.phase is Phase.OVER:
            assert desk.state == before
    if desk.state.current is not None:  # people stop talking some time
        ledger.write(desk.did(Parted(desk.state.current.number, Ended.LOST)), desk.state)
    for _ in range(200):
        if desk.state.phase is Phase.OVER:
            break
        assert desk.state.due is not None, "nothing would ever happen again"
        desk.now = max(desk.now, desk.state.due)
        ledger.write(desk.did(Passed()), desk.state)
    assert desk.state.phase is Phase.OVER and ledger.finished == 1
    assert desk.state.result is not None and desk.state.due is None
    assert all(leg.stage is Stage.ENDED and leg.outcome is not None for leg in desk.state.legs)
