"""A person is wanted: what the flows do before, and after."""

import pytest

from tests.dialogue.talk import NOW, URGENT, VITAL, Talk
from voicebot.dialogue.action import Say, Transfer
from voicebot.dialogue.engine import advance
from voicebot.dialogue.event import Pressed, Silent, Spoke, Transferred
from voicebot.dialogue.interpretation import Interpretation
from voicebot.dialogue.loader import load_flows
from voicebot.errors import FlowError

ASKS = Spoke(Interpretation("quelqu'un", "talk_to_person", 0.9), {})
NUMBER = ("phone_number", "+33612345678")


def asks(becomes, talk=None):
    talk = talk or Talk(becomes=becomes)
    talk.say("je veux parler à quelqu'un", "talk_to_person")
    return talk


def urgent(becomes):
    talk = Talk(becomes=becomes)
    talk.say("ça coule partout", "report_leak", facts=URGENT)
    talk.say("06 12 34 56 78", "inform", NUMBER)
    talk.say("oui", "affirm")
    talk.say("Martin", "inform", ("person", "Martin"))
    return talk


def test_nobody_is_there():
    talk = asks(["nobody"])
    assert talk.responses == ["utter_nobody_there", "utter_ask_request_again"]


def test_the_flow_says_nothing_before_it_is_known_whether_somebody_is_there():
    talk = Talk()
    state, actions = advance(talk.flows, talk.state, ASKS, NOW)
    assert state.transfer == "asked" and Transfer("asked") in actions
    assert not any(isinstance(action, Say) for action in actions)


def test_nothing_else_is_taken_while_a_person_is_looked_for():
    talk = Talk()
    state, _ = advance(talk.flows, talk.state, ASKS, NOW)
    assert advance(talk.flows, state, Silent(), NOW) == (state, ())
    assert advance(talk.flows, state, Pressed("1"), NOW) == (state, ())


def test_they_spoke_and_the_person_hung_up():
    talk = asks(["spoken"])
    assert talk.responses == ["utter_person_left"] and talk.outcome == "handed_over"


def test_the_caller_would_rather_leave_a_message():
    assert asks(["message"]).expected.slot == "request"


def test_nobody_answered():
    talk = asks(["unreached"])
    assert talk.responses == ["utter_unreached", "utter_ask_request_again"]


def test_the_person_gave_the_call_back():
    talk = asks(["given_back"])
    assert talk.responses == ["utter_ask_wants_to_add"]
    talk.say("oui", "affirm")
    assert talk.responses == ["utter_ask_added"]
    talk.say("dites à Claire que le code est le douze")
    assert talk.slots["added"] == "dites à Claire que le code est le douze"


def test_the_person_gave_the_call_back_and_there_is_nothing_to_add():
    talk = asks(["given_back"])
    talk.say("non merci", "deny")
    assert talk.outcome is not None


def test_asking_without_end_comes_to_nobody():
    talk = asks(["unreached"])
    for _ in range(3):
        asks([], talk)
    assert talk.responses == ["utter_nobody_there", "utter_ask_request_again"]
    assert len(talk.of(Transfer)) == 3


@pytest.mark.parametrize(
    ("became", "said", "outcome"),
    [
        ("nobody", ["utter_alert_raised"], "alert_raised"),
        ("message", ["utter_alert_raised"], "alert_raised"),
        ("unreached", ["utter_unreached", "utter_keep_your_phone"], "alert_raised"),
        ("broken", ["utter_unreached", "utter_keep_your_phone"], "alert_raised"),
        ("taken", ["utter_taken"], "alert_raised"),
        ("spoken", ["utter_person_left"], "handed_over"),
        ("given_back", ["utter_ask_wants_to_add"], None),
    ],
)
def test_an_urgent_call(became, said, outcome):
    talk = urgent([became])
    assert talk.responses == said and talk.outcome == outcome
    assert talk.alert is not None and talk.message.complete


def test_who_has_taken_it_is_named():
    assert "Claire vient de prendre votre demande" in urgent(["taken"]).said


def test_a_life_in_danger_is_sent_to_the_emergency_services_and_never_put_on_hold():
    talk = Talk(becomes=["spoken"])
    talk.say("il ne respire plus", "report_danger", facts=VITAL)
    for _ in range(8):
        talk.silence()
    assert talk.outcome == "danger" and not talk.of(Transfer)


def test_a_life_in_danger_is_not_put_on_hold_for_asking_either():
    talk = Talk(becomes=["spoken"])
    talk.say("il ne respire plus", "report_danger", facts=VITAL)
    asks([], talk)
    assert "utter_advice" in talk.responses and not talk.of(Transfer)


def test_an_operator_took_the_call_over_and_gives_it_back():
    talk = Talk()
    talk.say("je voudrais laisser un message", "leave_message")
    talk.do(Transferred("given_back", "Claire"))
    assert talk.responses == ["utter_ask_wants_to_add"]


def test_an_operator_took_the_call_over_and_hung_up():
    talk = Talk()
    talk.do(Transferred("spoken", "Claire"))
    assert talk.outcome == "handed_over"


def test_an_unknown_reason_is_told_with_its_place(tmp_path):
    file = tmp_path / "flows.yml"
    file.write_text(
        "flows:\n  a:\n    steps:\n      - action: action_transfer\n        reason: why\n"
    )
    with pytest.raises(FlowError, match="is no reason") as wrong:
        load_flows(tmp_path, tmp_path / "none", {})
    assert "flows.yml" in str(wrong.value)
