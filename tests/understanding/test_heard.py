import pytest

from voicebot.errors import FlowError
from voicebot.understanding.heard import (
    Hearing,
    annotated,
    read_held_out,
    write_held_out,
    write_training,
)
from voicebot.understanding.training import Example, Marked, read_file

LEAK = Example(
    "report_leak",
    "ça fuit dans la cuisine depuis hier soir",
    (Marked("cuisine", "place"), Marked("depuis hier soir", "since")),
)


@pytest.mark.parametrize(
    ("heard", "expected"),
    [
        (
            "sa fuite dans la cuisine depuis hier soir",
            "sa fuite dans la [cuisine](place) [depuis hier soir](since)",
        ),
        # A word lost inside a fact leaves the fact, shorter.
        ("dans la cuisine depuis soir", "dans la [cuisine](place) [depuis soir](since)"),
        ("ça fuit dans la cousine depuis l'hiver", "ça fuit dans la cousine depuis l'hiver"),
        ("", ""),
    ],
)  # fmt: skip
def test_facts_are_found_again_where_their_words_were_heard(heard, expected):
    assert annotated(LEAK, heard) == expected


def test_what_was_heard_is_kept_in_lines(tmp_path):
    file = tmp_path / "heard.tsv"
    lost = Example("greet", "coucou")
    write_held_out(
        file, "By hand.", [Hearing(LEAK, "ça fuit", "fr+f4"), Hearing(lost, "", "fr+m6")]
    )
    assert read_held_out(file) == {LEAK.text: "ça fuit", "coucou": ""}


def test_no_file_is_nothing_heard(tmp_path):
    assert read_held_out(tmp_path / "heard.tsv") == {}


def test_a_line_without_a_tab_is_told_with_its_place(tmp_path):
    file = tmp_path / "heard.tsv"
    file.write_text("# title\noui\toui\nnon\n")
    with pytest.raises(FlowError) as error:
        read_held_out(file)
    assert error.value.where is not None
    assert error.value.where.line == 3


def test_only_what_teaches_is_learnt_from(tmp_path):
    file = tmp_path / "heard" / "fr.yml"
    hearings = [
        Hearing(LEAK, "sa fuite dans la cuisine depuis hier soir", "training"),
        Hearing(LEAK, "Ça fuit dans la cuisine depuis hier soir", "training"),  # as it was said
        Hearing(Example("affirm", "tout à fait"), "clés", "training"),  # hardly heard
        Hearing(Example("affirm", "tout à fait"), "", "training"),
        Hearing(Example("affirm", "oui merci"), "oui mais", "training"),
    ]
    assert write_training(file, "By hand.", hearings) == 2
    written = read_file(file)
    assert [(e.intent, e.text) for e in written] == [
        ("affirm", "oui mais"),
        ("report_leak", "sa fuite dans la cuisine depuis hier soir"),
    ]
    assert set(written[1].entities) == set(LEAK.entities)
