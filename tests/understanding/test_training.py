from pathlib import Path

import pytest
import yaml

from voicebot.errors import FlowError, NotFound
from voicebot.french.normalise import normalise, word_set
from voicebot.understanding.training import Marked, content_hash, read_examples


def write(tmp_path: Path, text: str) -> Path:
    (tmp_path / "a.yml").write_text(text, encoding="utf-8")
    return tmp_path


def test_reads_sentences_and_entities(tmp_path):
    text = (
        "nlu:\n- intent: inform\n  examples: |\n"
        "    - je m'appelle [Martin](person)\n"
        '    - à [Lyon]{"entity": "address"}\n'
    )
    first, second = read_examples(write(tmp_path, text))
    assert (first.intent, first.text) == ("inform", "je m'appelle Martin")
    assert first.entities == (Marked("Martin", "person"),)
    assert (second.text, second.entities) == ("à Lyon", (Marked("Lyon", "address"),))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("nlu:\n- intent: a\n  examples: |\n    - oui\n    non\n", 5),
        ("nlu:\n- intent: a\n", 2),
        ("intents: []\n", 1),
        ("nlu: [", 1),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path, text, line):
    with pytest.raises(FlowError) as error:
        read_examples(write(tmp_path, text))
    assert error.value.where is not None
    assert error.value.where.line in (line, line + 1)


def test_no_sentences(tmp_path):
    with pytest.raises(NotFound):
        read_examples(tmp_path)


def test_the_hash_follows_the_sentences(tmp_path):
    before = content_hash([write(tmp_path, "nlu: []")])
    assert content_hash([tmp_path]) == before
    assert content_hash([write(tmp_path, "nlu: [] # more")]) != before


def test_the_shipped_sentences_keep_to_the_domain(nlu):
    domain = yaml.safe_load((nlu / "domain.yml").read_text())
    for language in ("fr", "en"):
        for example in read_examples(nlu / language):
            assert example.intent in domain["intents"], example
            assert all(entity.name in domain["entities"] for entity in example.entities), example


MAIN = ("report_leak", "report_no_heating", "report_it_down", "report_danger", "leave_message",
        "affirm", "deny", "inform")  # fmt: skip


def test_there_are_enough_of_each(nlu):
    domain = yaml.safe_load((nlu / "domain.yml").read_text())
    texts = [example.intent for example in read_examples(nlu / "fr")]
    for intent in domain["intents"]:
        assert texts.count(intent) >= (40 if intent in MAIN else 20), intent


SMALL = word_set(
    "le la les un une des du de d l a au aux et ou en dans sur mon ma mes ton votre vos notre nos "
    "son sa ses ce cette c est s je j il elle on y que qu se me m ne n pas plus the my"
)


def bag(text: str) -> frozenset[str]:
    """The words that tell something."""
    return frozenset(normalise(text).split()) - SMALL


def test_what_is_measured_was_not_learnt(nlu):
    learnt = [e.text for language in ("fr", "en") for e in read_examples(nlu / language)]
    held_out = [e.text for e in read_examples(nlu / "test")]
    assert len(held_out) >= 800
    plain = {normalise(text) for text in learnt}
    assert not [text for text in held_out if normalise(text) in plain]
    # Nor nearly: no two share four fifths of their words.
    bags = [words for text in learnt if (words := bag(text))]
    for text in held_out:
        words = bag(text)
        if len(words) >= 3:
            near = [other for other in bags if len(words & other) >= 0.8 * len(words | other)]
            assert not near, (text, near)
