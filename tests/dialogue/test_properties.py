"""Whatever happens in whatever order: no exception, always an end, nothing after it."""

from functools import lru_cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.dialogue.talk import FLOWS, NOW
from voicebot.clients.loader import client_names, load_client
from voicebot.dialogue.action import HangUp, RaiseAlert, Say
from voicebot.dialogue.engine import advance, expectation, start
from voicebot.dialogue.event import Interrupted, PickedUp, Pressed, Silent, Spoke, Transferred
from voicebot.dialogue.expectation import Expectation
from voicebot.dialogue.flow import FlowSet
from voicebot.dialogue.interpretation import Entity, Interpretation

INTENTS = [
    None, "greet", "report_leak", "report_danger", "leave_message", "ask_hours", "ask_price",
    "complain", "talk_to_person", "repeat", "hold_on", "speak_english", "affirm", "deny",
    "dont_know", "correct", "inform", "thank", "goodbye", "book_room", "report_noise", "unheard of",
]  # fmt: skip
ENTITIES = [
    "person", "phone_number", "date", "address", "reference", "number", "yes_no", "own_number",
    "since", "other",
]  # fmt: skip

values = st.one_of(
    st.text(max_size=12), st.booleans(), st.integers(0, 10**11), st.none(),
    st.sampled_from(["0612345678", "+33612345678", "2026-01-15T09:00"]),
)  # fmt: skip
entities = st.builds(
    Entity, st.sampled_from(ENTITIES), values, st.text(max_size=5), st.floats(0, 1), st.booleans()
)
facts = st.one_of(
    st.just({}),
    st.fixed_dictionaries(
        {
            "urgency": st.sampled_from(["normal", "urgent", "vital", "unwanted", None, "?"]),
            "urgency_rule": st.sampled_from(["leak_uncontrolled", "police_custody", "locked_out"]),
        }
    ),
)
meant = st.builds(
    Interpretation,
    st.text(max_size=60),
    st.sampled_from(INTENTS),
    st.floats(0, 1),
    st.lists(entities, max_size=3).map(tuple),
)
events = st.one_of(
    st.builds(Spoke, meant, facts),
    st.builds(Pressed, st.one_of(st.sampled_from("0123456789*#"), st.text(max_size=2))),
    st.just(Silent()),
    st.builds(Interrupted, st.text(max_size=20), st.text(max_size=20)),
    st.builds(PickedUp, facts),
    st.builds(
        Transferred,
        st.sampled_from(
            ["spoken", "given_back", "message", "taken", "nobody", "unreached", "broken", "?"]
        ),
        st.sampled_from(["", "Claire"]),
    ),
)


@lru_cache
def flows_of(name):
    return load_client(FLOWS / "clients" / name, FLOWS).flows


@pytest.mark.parametrize("name", client_names(FLOWS))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(events, max_size=25))
def test_any_call(name, happened):
    flows = flows_of(name)
    state = start(flows)
    ended = False
    for event in [PickedUp({"situation": "closed"}), *happened]:
        state, actions = advance(flows, state, event, NOW)
        assert isinstance(expectation(flows, state), Expectation)
        if ended:
            assert actions == ()
        ends = [i for i, action in enumerate(actions) if isinstance(action, HangUp)]
        assert len(ends) <= 1
        if ends:
            assert not any(isinstance(action, Say) for action in actions[ends[0] :])
            assert state.ended != "failed"
            ended = True
        if state.slots.get("urgency") in ("urgent", "vital"):
            assert isinstance(state.alert, RaiseAlert)
    if not ended:
        assert state.waiting is not None or state.transfer


@pytest.mark.parametrize("name", client_names(FLOWS))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(events, max_size=12))
def test_silence_ends_every_call(name, happened):
    flows = flows_of(name)
    state = start(flows)
    for event in [PickedUp({}), *happened]:
        state, _ = advance(flows, state, event, NOW)
    for _ in range(60):
        happens = Transferred("nobody") if state.transfer else Silent()
        state, _ = advance(flows, state, happens, NOW)
    assert state.ended not in (None, "failed")


def test_no_flows_at_all():
    state, actions = advance(FlowSet(), start(FlowSet()), PickedUp({}), NOW)
    assert actions == (HangUp("informed"),) and state.ended == "informed"
