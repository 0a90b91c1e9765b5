from random import Random

import pytest

from voicebot.errors import BadInput
from voicebot.models import dictated
from voicebot.models.language import language_sentences
from voicebot.models.recipe import FULL
from voicebot.models.sentences import Speaker, Templates, load_templates
from voicebot.models.testset import MODELS, held_out_sentences
from voicebot.speech.words import normalise

SENTENCES = MODELS / "lite-fr" / "sentences"


@pytest.fixture(scope="module")
def templates() -> Templates:
    return load_templates(SENTENCES)


def test_the_same_seed_says_the_same(templates):
    one, other = Speaker(templates, 7), Speaker(templates, 7)
    assert [one.say() for _ in range(50)] == [other.say() for _ in range(50)]


def test_every_template_can_be_said(templates):
    speaker = Speaker(templates, 1)
    for lines in templates.say.values():
        for line in lines:
            assert "<" not in speaker.fill(line)


def test_a_template_with_an_unknown_list_is_an_error(templates):
    with pytest.raises(BadInput, match="<nobody>"):
        Speaker(templates, 1).fill("bonjour <nobody>")


def test_a_file_that_is_no_yaml_is_named(tmp_path):
    (tmp_path / "bad.yml").write_text("say: [", encoding="utf-8")
    with pytest.raises(BadInput, match=r"bad\.yml: not YAML"):
        load_templates(tmp_path)


def test_a_folder_without_templates_is_an_error(tmp_path):
    with pytest.raises(BadInput, match="no sentence templates"):
        load_templates(tmp_path)


def test_no_sentence_of_the_test_set_is_in_the_training_text(templates):
    tested = {normalise(line) for line in held_out_sentences()}
    assert len(tested) >= 300
    assert not tested & {normalise(line) for line in templates.natural}
    spoken = Speaker(templates, 5)
    assert not tested & {spoken.say() for _ in range(20_000)}


def test_no_sentence_of_the_test_set_is_counted_in_the_language_model():
    tested = {normalise(line) for line in held_out_sentences()}
    assert not tested & set(language_sentences(SENTENCES, 5_000, FULL.extra_weight))


@pytest.mark.parametrize(
    ("number", "spoken"),
    [
        (0, "zéro"),
        (21, "vingt et un"),
        (71, "soixante et onze"),
        (80, "quatre vingt"),
        (81, "quatre vingt un"),
        (97, "quatre vingt dix sept"),
        (100, "cent"),
        (234, "deux cent trente quatre"),
        (1_958, "mille neuf cent cinquante huit"),
    ],
)
def test_numbers_are_spoken(number, spoken):
    assert dictated.cardinal(number) == spoken


def test_the_swiss_way():
    assert dictated.cardinal(95, swiss=True) == "nonante cinq"


@pytest.mark.parametrize(
    "make", [dictated.phone, dictated.digits, dictated.date, dictated.time_of_day,
             dictated.birthdate, dictated.reference, dictated.postcode, dictated.number],
)  # fmt: skip
def test_what_is_dictated_are_words(make):
    rng = Random(3)
    for _ in range(200):
        spoken = make(rng)
        assert spoken == " ".join(spoken.split())
        assert not any(char.isdigit() for char in spoken)
