"""An escalation as a pure function: any policy, any answers, any clock."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicebot.oncall.escalation import (
    BeginProcedure,
    Escalation,
    GiveUp,
    Nobody,
    Phase,
    TakeBack,
    Try,
    escalate,
)
from voicebot.oncall.policy import (
    EscalationPolicy,
    EscalationStep,
    Kind,
    Procedure,
    Target,
    joined,
)
from voicebot.oncall.technician import Contact, Technician, Way

NOW = datetime(2026, 1, 14, 21, 30, tzinfo=UTC)
PEOPLE = ("a", "b", "c", "d")


def person(id, *, rings=1, letters=True):
    number = 10 * (1 + PEOPLE.index(id)) if id in PEOPLE else 90
    contacts = [Contact(Way.RING, f"+336399810{number + n}") for n in range(rings)]
    if letters:
        contacts.append(Contact(Way.SMS, f"+336399810{number}"))
    return Technician(id, id, tuple(contacts))


KNOWN = {id: person(id) for id in PEOPLE}


def reach(known):
    return lambda target: tuple(known[i] for i in (target.id,) if i in known)


def step(*names, ways=(Way.RING,), wait=60):
    return EscalationStep(
        tuple(Target(Kind.TECHNICIAN, n) for n in names), ways, timedelta(seconds=wait)
    )


def policy(*steps, people=(), **more):
    procedure = Procedure(tuple(person(p) for p in people))
    return EscalationPolicy("nuit", steps, procedure=procedure, **more)


def answered(state, index, outcome):
    """The state after the attempt at `index` ended so."""
    ended = replace(state.attempts[index], open=False, outcome=outcome)
    return replace(state, attempts=(*state.attempts[:index], ended, *state.attempts[index + 1 :]))


def tries(actions):
    return [
        (a.attempt.step, a.attempt.person, a.attempt.way) for a in actions if isinstance(a, Try)
    ]


steps = st.builds(
    lambda names, ways, wait: step(*names, ways=ways, wait=wait),
    st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=3, unique=True),
    st.sampled_from([(Way.RING,), (Way.SMS,), (Way.RING, Way.SMS)]),
    st.integers(5, 300),
)
policies = st.builds(
    lambda chosen, repeat, people: policy(*chosen, repeat=repeat, people=people),
    st.lists(steps, min_size=1, max_size=4),
    st.integers(0, 2),
    st.sampled_from([(), ("a",), ("c", "d")]),
)
events = st.lists(
    st.one_of(
        st.integers(-7200, 7200).map(lambda s: ("time", s)),
        st.tuples(
            st.just("ends"),
            st.sampled_from(["busy", "no_answer", "voicemail", "declined", "failed", "answered"]),
        ),
        st.sampled_from(PEOPLE).map(lambda p: ("gone", p)),
        st.sampled_from(PEOPLE).map(lambda p: ("back", p)),
    ),
    max_size=40,
)


def run(chosen, happened):
    """Plays an escalation to its end; gives everything that was done and the last state."""
    known, now, state = dict(KNOWN), NOW, Escalation()
    done = []
    for kind, what in [*happened, *[("due", "")] * 400]:
        if kind == "time":
            now += timedelta(seconds=what)
        elif kind == "gone":
            known.pop(what, None)
        elif kind == "back":
            known[what] = KNOWN[what]
        elif kind == "ends":
            rings = [i for i, a in enumerate(state.attempts) if a.open and a.way is Way.RING]
            if rings:
                state = answered(state, rings[0], what)
        elif state.due is not None:
            now = max(now, state.due)
        state, actions = escalate(chosen, state, now, reach(known))
        done += actions
    return state, done


@settings(deadline=None, max_examples=60)
@given(policies, events)
def test_it_comes_to_its_end_and_each_step_is_done_once(chosen, happened):
    state, done = run(chosen, happened)
    assert (state.phase, state.due) == (Phase.EXHAUSTED, None)
    made = [(a.attempt.procedure, *t, a.attempt.address) for a, t in zip(
        [a for a in done if isinstance(a, Try)], tries(done), strict=True)]  # fmt: skip
    assert len(made) == len(set(made))
    assert sum(isinstance(a, BeginProcedure) for a in done) == 1
    assert sum(isinstance(a, GiveUp) for a in done) == 1
    # Every step had somebody tried, or is known to have had nobody.
    empty = {(a.step, a.procedure) for a in done if isinstance(a, Nobody)}
    begun = {(a.attempt.step, a.attempt.procedure) for a in done if isinstance(a, Try)}
    gone_through = {(n, False) for n in range(len(chosen.plan))}
    assert gone_through <= empty | begun


@settings(deadline=None, max_examples=60)
@given(policies, events, st.integers(0, 40))
def test_whoever_takes_it_stops_it(chosen, happened, after):
    known, now, state = dict(KNOWN), NOW, Escalation()
    for kind, what in happened[:after]:
        now += timedelta(seconds=abs(what) if kind == "time" else 1)
        state, _ = escalate(chosen, state, now, reach(known))
    state = replace(state, phase=Phase.TAKEN)
    state, actions = escalate(chosen, state, now, reach(known))
    assert all(isinstance(action, TakeBack) for action in actions)
    assert state.due is None
    again = escalate(chosen, state, now + timedelta(days=1), reach(known))
    assert again == (state, ())


def test_a_step_that_only_rings_does_not_wait_once_the_rings_have_ended():
    chosen = policy(step("a", wait=600), step("b"))
    state, actions = escalate(chosen, Escalation(), NOW, reach(KNOWN))
    assert tries(actions) == [(0, "a", Way.RING)]
    _, actions = escalate(chosen, answered(state, 0, "busy"), NOW, reach(KNOWN))
    assert tries(actions) == [(1, "b", Way.RING)]


def test_the_second_number_is_rung_before_the_next_person():
    known = {"a": person("a", rings=2), "b": person("b")}
    chosen = policy(step("a"), step("b"))
    state, _ = escalate(chosen, Escalation(), NOW, reach(known))
    state, actions = escalate(chosen, answered(state, 0, "no_answer"), NOW, reach(known))
    assert [a.attempt.address for a in actions] == [known["a"].contacts[1].address]
    _, actions = escalate(chosen, answered(state, 1, "voicemail"), NOW, reach(known))
    assert tries(actions) == [(1, "b", Way.RING)]


def test_who_declined_is_not_rung_on_his_second_number():
    known = {"a": person("a", rings=2), "b": person("b")}
    chosen = policy(step("a"), step("b"))
    state, _ = escalate(chosen, Escalation(), NOW, reach(known))
    _, actions = escalate(chosen, answered(state, 0, "declined"), NOW, reach(known))
    assert tries(actions) == [(1, "b", Way.RING)]


def test_a_clock_that_goes_back_begins_the_step_anew_and_repeats_nothing():
    chosen = policy(step("a", ways=(Way.SMS,), wait=600), step("b"))
    state, _ = escalate(chosen, Escalation(), NOW, reach(KNOWN))
    back = NOW - timedelta(hours=3)
    state, actions = escalate(chosen, state, back, reach(KNOWN))
    assert actions == () and state.since == back
    _, actions = escalate(chosen, state, back + timedelta(seconds=600), reach(KNOWN))
    assert tries(actions) == [(1, "b", Way.RING)]


def test_a_clock_that_jumps_ahead_cuts_one_step_short_and_not_all():
    chosen = policy(step("a", ways=(Way.SMS,)), step("b", ways=(Way.SMS,)), step("c"))
    state, _ = escalate(chosen, Escalation(), NOW, reach(KNOWN))
    ahead = NOW + timedelta(days=400)
    state, actions = escalate(chosen, state, ahead, reach(KNOWN))
    assert tries(actions) == [(1, "b", Way.SMS)]


def test_nobody_at_all_comes_to_its_end_at_once():
    chosen = policy(step("a"), step("b"))
    state, actions = escalate(chosen, Escalation(), NOW, reach({}))
    assert state.phase is Phase.EXHAUSTED
    assert [type(a) for a in actions] == [Nobody, Nobody, BeginProcedure, GiveUp]


# Policies that follow one another


def named(id, then=""):
    return EscalationPolicy(id, (step("a"),), then=then)


def test_policies_are_joined_in_order():
    chain = {"nuit": named("nuit", "siege"), "siege": replace(named("siege"), repeat=1)}
    assert len(joined(chain, "nuit").plan) == 3


@pytest.mark.parametrize(
    ("chain", "way"),
    [
        ({"nuit": named("nuit", "nuit")}, "nuit → nuit"),
        ({"nuit": named("nuit", "b"), "b": named("b", "nuit")}, "nuit → b → nuit"),
        (
            {"nuit": named("nuit", "b"), "b": named("b", "c"), "c": named("c", "b")},
            "b → c → b",
        ),
    ],
)
def test_a_policy_that_escalates_to_itself_is_refused(chain, way):
    with pytest.raises(ValueError, match=f"escalates to itself: {way}"):
        joined(chain, "nuit")


def test_a_policy_that_escalates_to_an_unknown_one_is_refused():
    with pytest.raises(ValueError, match="no policy 'sige'"):
        joined({"nuit": named("nuit", "sige")}, "nuit")


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: EscalationPolicy("nuit", ()),
        lambda: EscalationPolicy("nuit", (step("a"),), repeat=-1),
        lambda: EscalationPolicy("nuit", (step("a"),), repeat=100),
        lambda: EscalationPolicy("Nuit 1", (step("a"),)),
        lambda: step("a", wait=0),
        lambda: step("a", wait=8000),
        lambda: step(),
        lambda: step("a", "a"),
        lambda: step("a", ways=()),
        lambda: Target(Kind.ROTA, "nuit", 0),
        lambda: Procedure((Technician("a", "A"),)),
        lambda: Procedure((person("a"), person("a"))),
    ],
)
def test_what_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError):
        wrong()
