"""The recipe of the English ear: what is said, by whom, and what is kept out."""

import shutil
from random import Random

import numpy as np
import pytest

from voicebot.errors import BadInput
from voicebot.models import dictated_english as dictated
from voicebot.models.accents import ACCENTS
from voicebot.models.bench import comparable, tongue_heard
from voicebot.models.conditions import LINE
from voicebot.models.english_testset import FESTIVAL, SPEAKERS
from voicebot.models.english_voices import FLITE, EnglishVoice, random_voice, readable
from voicebot.models.language import language_sentences
from voicebot.models.sentences import Speaker, load_templates
from voicebot.models.testset import MODELS, By, held_out_sentences
from voicebot.models.voices import DEVELOPMENT_VARIANTS
from voicebot.speech.callers import HELD_OUT_VARIANTS
from voicebot.speech.english.phones import PHONES
from voicebot.speech.english.words import normalise
from voicebot.speech.espeak import EspeakMouth
from voicebot.speech.tongue import ENGLISH, FRENCH

SENTENCES = MODELS / "lite-en" / "sentences"


@pytest.fixture(scope="module")
def templates():
    return load_templates(SENTENCES)


@pytest.fixture(scope="module")
def tested():
    return {normalise(line) for line in held_out_sentences("lite-en")}


def test_every_template_can_be_said(templates):
    speaker = Speaker(templates, 1, ENGLISH)
    for lines in templates.say.values():
        for line in lines:
            assert "<" not in speaker.fill(line)


def test_no_sentence_of_the_test_set_is_in_the_training_text(templates, tested):
    assert len(tested) >= 300
    assert not tested & {normalise(line) for line in templates.natural}
    spoken = Speaker(templates, 5, ENGLISH)
    assert not tested & {spoken.say() for _ in range(5_000)}


def test_the_language_model_counts_english_and_no_sentence_of_the_test_set(tested):
    lines = set(language_sentences(SENTENCES, 2_000, 1, ENGLISH))
    assert not tested & lines
    assert "is" in " ".join(lines).split()
    assert not any("bonjour je" in line for line in lines)


@pytest.mark.parametrize(
    ("number", "spoken"),
    [(0, "zero"), (21, "twenty one"), (100, "one hundred"), (214, "two hundred and fourteen"),
     (1_005, "one thousand and five"), (1_958, "one thousand nine hundred and fifty eight")],
)  # fmt: skip
def test_numbers_are_spoken(number, spoken):
    assert dictated.cardinal(number) == spoken


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


def test_the_voices_of_the_test_are_not_those_of_the_training():
    kept_out = {*HELD_OUT_VARIANTS, *DEVELOPMENT_VARIANTS}
    rng = Random(1)
    trained = [random_voice(rng) for _ in range(300)]
    assert not kept_out & {v.mouth.variant for v in trained if v.mouth}
    assert not {f"flite {name}" for name in FLITE} & set(FESTIVAL)
    assert {by.value for by in By} - {"people"} == set(SPEAKERS)


@pytest.mark.parametrize("accent", ACCENTS, ids=lambda accent: accent.voice)
def test_an_accent_has_a_sound_for_each_phoneme(accent):
    assert set(accent.sounds) >= set(PHONES)
    assert {is_now for _, is_now in accent.sounds.values()} <= set(PHONES)
    said = EnglishVoice(EspeakMouth(voice=accent.voice), accent).say(
        "there is no heating", Random(1)
    )
    assert said is not None
    assert "ð" not in said.phones
    assert len(said.samples) > 8_000


def test_a_french_caller_drops_his_h():
    french = next(accent for accent in ACCENTS if accent.voice == "fr")
    assert "h" not in french.say("hello how is he", Random(1))[1]


@pytest.mark.skipif(shutil.which("flite") is None, reason="flite is missing: apt install flite")
def test_flite_tells_the_phonemes_that_it_made():
    said = EnglishVoice(flite="slt").say("no heating", Random(1))
    assert said is not None
    assert "".join(said.phones[:3]) == "noʊh"


def test_letters_stand_alone_for_a_synthesiser():
    assert readable("it's b. as in bob") == "it's B, as in bob"


def test_the_test_set_is_said_by_voices_kept_out():
    sound = SPEAKERS["espeak"]("there's no hot water", Random(2), LINE)
    assert float(np.abs(sound.samples).max()) > 0.05


def test_words_are_counted_as_the_language_writes_them():
    assert comparable("There's no B. here", ENGLISH) == "there 's no b here"
    assert comparable("j'ai", FRENCH) == "j' ai"


def test_an_ear_is_measured_in_its_language():
    assert tongue_heard("lite-en") is ENGLISH
    assert tongue_heard("lite-fr") is FRENCH
    assert tongue_heard(str(MODELS / "lite-en")) is ENGLISH
    assert tongue_heard("whisper:small", "en") is ENGLISH
    with pytest.raises(BadInput, match="no test in 'de'"):
        tongue_heard("lite-en", "de")
