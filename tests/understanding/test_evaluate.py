import pytest

from voicebot.dialogue.interpretation import Entity, Interpretation
from voicebot.errors import NotFound
from voicebot.understanding.evaluate import evaluate, read_cases

SECTORS = {
    *("everyday", "plumbing", "heating", "locksmith", "lifts", "it", "industry", "farming"),
    *("health", "law", "hotel", "security", "transport", "embassy", "english"),
}


class Parrot:
    """An interpreter that understands what it is told to."""

    name = "parrot"

    def __init__(self, **meanings: Interpretation) -> None:
        self._meanings = meanings

    def interpret(self, text, expected, now):
        return self._meanings.get(text.split()[0] if text else "", Interpretation(text))


def test_held_out_sentences_are_understood(nlu, interpreter):
    found = evaluate(read_cases(nlu), interpreter)
    typed = found["typed"]
    assert typed["sentences"] >= 800
    assert typed["intent_macro_f1"] >= 0.92, typed["mistakes"]
    assert typed["entity_f1"] >= 0.85
    assert set(typed["sectors"]) == SECTORS
    wrong = [m for m in typed["mistakes"] if m[2] != "out_of_scope"]
    # An honest "not understood" is asked again; a wrong intent leads astray.
    assert len(wrong) / typed["sentences"] <= 0.07, wrong
    heard = found["heard"]
    assert heard["sentences"] >= 700
    assert heard["intent_macro_f1"] >= 0.84
    assert heard["entity_f1"] >= 0.74


@pytest.fixture
def small(tmp_path):
    (tmp_path / "test").mkdir()
    (tmp_path / "test" / "plumbing.yml").write_text(
        "nlu:\n- intent: report_leak\n  examples: |\n"
        "    - fuite dans la [cuisine](place)\n    - flotte\n"
    )
    (tmp_path / "test" / "everyday.yml").write_text(
        "nlu:\n- intent: goodbye\n  examples: |\n    - salut\n"
    )
    return tmp_path


PARROT = Parrot(
    fuite=Interpretation("fuite", "report_leak", entities=(Entity("place", "cuisine", "cuisine"),)),
    flotte=Interpretation("flotte", "greet", degraded="Rasa: silent"),
    salut=Interpretation("salut", "goodbye", entities=(Entity("yes_no", True, "salut"),)),
)


def test_figures_count_what_is_wrong(small):
    typed = evaluate(read_cases(small), PARROT)["typed"]
    assert (typed["sentences"], typed["intent_accuracy"]) == (3, 0.6667)
    # goodbye 1, report_leak 2/3, greet, never meant, 0.
    assert typed["intent_macro_f1"] == round((1 + 2 / 3) / 3, 4)
    assert typed["mistakes"] == [("flotte", "report_leak", "greet")]
    assert typed["degraded"] == 1
    assert typed["entity_f1"] == 1.0
    assert typed["sectors"]["plumbing"]["intent_accuracy"] == 0.5
    assert typed["sectors"]["everyday"]["intent_accuracy"] == 1.0


def test_nothing_is_heard_until_it_was_said(small):
    assert set(evaluate(read_cases(small), PARROT)) == {"typed"}


def test_what_was_heard_is_measured_beside(small):
    (small / "test" / "heard.tsv").write_text(
        "salut\tlu\tfr+f4\nfuite dans la cuisine\tfuite\tfr+f4\n"
    )
    found = evaluate(read_cases(small), PARROT)
    assert found["heard"]["sentences"] == 2
    assert found["heard"]["intent_accuracy"] == 0.5
    assert found["heard"]["mistakes"] == [("lu", "goodbye", "out_of_scope")]
    # What the ear costs is told over the same sentences.
    assert found["typed_of_heard"]["sentences"] == 2
    assert found["typed_of_heard"]["intent_accuracy"] == 1.0


def test_no_sentences(tmp_path):
    (tmp_path / "test").mkdir()
    with pytest.raises(NotFound):
        read_cases(tmp_path)
