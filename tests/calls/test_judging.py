"""How a decision grows over a call, and what the one question settles."""

from datetime import datetime

from voicebot.calls.judging import Judgement
from voicebot.dialogue.interpretation import Interpretation
from voicebot.oncall.criteria import Criteria, Rule, Urgency
from voicebot.oncall.pattern import compile_pattern

NOW = datetime(2026, 1, 14, 23, 30)


def rule(id: str, urgency: Urgency, ask: str = "") -> Rule:
    return Rule(id, urgency, f"Parce que {id}.", (compile_pattern(id),), advice="Sortez.", ask=ask)


CRITERIA = Criteria((
    rule("feu", Urgency.VITAL),
    rule("malaise", Urgency.VITAL, ask="Une douleur ?"),
    rule("odeur", Urgency.VITAL, ask="Du gaz ?"),
))  # fmt: skip


def after(judged: Judgement, text: str) -> Judgement:
    return judged.after(CRITERIA, Interpretation(text), {}, NOW)


def test_an_open_doubt_is_told_to_the_flow():
    facts = after(Judgement(), "un malaise").facts()
    assert facts["doubt"] == "Une douleur ?"
    assert (facts["urgency"], facts["doubt_urgency"]) == ("normal", "vital")
    assert facts["doubt_said"] == "un malaise"
    assert "doubt" not in after(Judgement(), "le feu").facts()


def test_the_flow_answers():
    open_ = after(Judgement(), "un malaise")
    for answer, urgency in [
        (True, "vital"),
        (False, "normal"),
        (None, "urgent"),
        ("unsure", "urgent"),
    ]:
        found = open_.answered({"doubt": None, "in_doubt": answer}).decision
        assert (found.urgency, found.rule, found.doubt) == (urgency, "malaise", None)
    assert open_.answered({"doubt": "Une douleur ?"}) is open_


def test_the_same_doubt_is_not_asked_twice_and_another_is_urgent():
    denied = after(Judgement(), "un malaise").answered({"doubt": None, "in_doubt": False})
    assert after(denied, "mais un malaise").decision.doubt is None
    assert after(denied, "mais un malaise").decision.urgency == "normal"
    second = after(denied, "une odeur").decision
    assert (second.urgency, second.rule, second.doubt) == ("urgent", "odeur", None)


def test_danger_told_instead_of_an_answer():
    found = after(after(Judgement(), "un malaise"), "le feu").decision
    assert (found.urgency, found.rule, found.doubt) == ("vital", "feu", None)


def test_who_is_gone_leaves_the_doubt_as_urgent():
    assert after(Judgement(), "un malaise").last().urgency == "urgent"
    assert after(Judgement(), "bonjour").last().urgency == "normal"
    assert Judgement().last() is None


def test_a_key_is_a_decision_too():
    pressed = after(Judgement(), "bonjour").answered(
        {"urgency": "urgent", "urgency_rule": "pressed_1"}
    )
    assert (pressed.decision.urgency, pressed.decision.rule) == ("urgent", "pressed_1")
    assert "clavier" in pressed.decision.because
