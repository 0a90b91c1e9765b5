import pytest

from voicebot.oncall.evaluation import Judged, by, figures, mistakes
from voicebot.oncall.urgency import NOTHING_FIRED, Decision, Doubt

QUESTION = Doubt("vital", "unwell", "Un malaise.", "Une douleur ?", ("mal",))


def judged(wanted: str, got: str, sector: str = "hôtel", rule: str = "") -> Judged:
    if got == "doubt":
        decision = Decision("normal", "default", "", doubt=QUESTION)
    elif got == "normal":
        decision = NOTHING_FIRED
    else:
        decision = Decision(got, "fire", "Le feu.", ("feu",))
    return Judged("known", sector, wanted, "au feu", "au feu", decision, rule)


SOME = [
    judged("vital", "vital"), judged("vital", "vital"), judged("vital", "doubt"),
    judged("vital", "urgent"), judged("vital", "normal"), judged("urgent", "vital"),
    judged("urgent", "normal"), judged("normal", "normal"), judged("normal", "urgent"),
    judged("unwanted", "doubt"), judged("doubt", "doubt"), judged("doubt", "vital"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("utterances", 12), ("vital", 5), ("vital_recall", 0.4), ("vital_asked", 1),
        ("vital_missed", 2), ("urgent", 2), ("urgent_recall", 0.5), ("calm", 3),
        ("false_alarms", 1), ("false_alarm_share", 0.3333), ("false_questions", 1),
        ("doubts", 2), ("doubts_asked", 0.5),
    ],
)  # fmt: skip
def test_recall_and_false_alarms_stand_apart(name, value):
    assert figures(SOME, "typed")[f"{name}_typed"] == value


def test_a_share_of_nothing_is_no_figure():
    assert figures([], "heard")["vital_recall_heard"] is None


def test_by_sector():
    found = by([judged("vital", "vital", "a"), judged("vital", "normal", "b")], "sector", "typed")
    assert [found[name]["vital_recall_typed"] for name in ("a", "b")] == [1.0, 0.0]


def test_mistakes_name_the_rule_and_its_words_the_gravest_first():
    found = mistakes(
        [judged("normal", "urgent"), judged("vital", "doubt"), judged("vital", "vital")]
    )
    assert [(m["wanted"], m["got"], m["rule"]) for m in found] == [
        ("vital", "doubt", "unwell"),
        ("normal", "urgent", "fire"),
    ]
    assert found[0]["words"] == ["mal"]


def test_the_right_level_by_another_rule_is_a_mistake():
    assert mistakes([judged("vital", "vital", rule="gas")])
    assert not mistakes([judged("vital", "vital", rule="fire")])
