from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.speech.whisper_builder import build_whisper
from voicebot.dialogue.expectation import ANYTHING, Expectation, Kind
from voicebot.errors import BadInput, MissingPart
from voicebot.speech.ear import FakeEar, Heard, Prepares, Samples
from voicebot.speech.ears import open_ear
from voicebot.speech.espeak import EspeakMouth
from voicebot.speech.lite import LiteEar
from voicebot.speech.telephone import telephone
from voicebot.speech.two_pass import LATE_IN_A_ROW, REST, Punctuality, TwoPassEar, combined
from voicebot.speech.whisper import WhisperEar

MODELS = Path(__file__).parents[2] / "models"


def voice(text: str) -> Samples:
    return telephone(EspeakMouth(variant="f2").speak(text), np.random.default_rng(1))


@pytest.fixture(scope="module")
def whisper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    words = ["ĠMadame", "ĠLe", "ĠGoff", ",", "Ġ12", "."]
    return build_whisper(tmp_path_factory.mktemp("m") / "whisper-small", words, by_token=True)


def test_whisper_writes_the_words_and_the_shipped_ear_knows_that_the_turn_is_over(
    ear: LiteEar, whisper: Path
) -> None:
    sound = voice("Bonjour, je voudrais parler à quelqu'un, s'il vous plaît.")
    alone = ear.listen(sound)
    heard = TwoPassEar(ear, WhisperEar(whisper, threads=1)).listen(sound)
    assert heard.text == "madame le goff douze"
    assert heard.confidence > 0.9
    assert heard.end_of_turn == alone.end_of_turn is not None
    assert heard.alternatives[0] == alone.text != ""


def test_what_whisper_invents_leaves_the_first_ears_words(ear: LiteEar, tmp_path: Path) -> None:
    caption = WhisperEar(build_whisper(tmp_path / "w", ["ĠSous", "-", "titrage", "ĠST"]), threads=1)
    sound = voice("Bonjour, je voudrais parler à quelqu'un, s'il vous plaît.")
    assert TwoPassEar(ear, caption).listen(sound) == ear.listen(sound)


def test_the_second_ear_is_asked_in_the_language_that_the_first_one_heard() -> None:
    class Hears(FakeEar):
        languages: tuple[str, ...] = ()

        def listen(
            self, samples: Samples, expectation: Expectation = ANYTHING, words: tuple[str, ...] = ()
        ) -> Heard:
            self.languages += (expectation.language,)
            return Heard("hello there", 0.9, language="en")

    first, second = Hears(), Hears()
    heard = TwoPassEar(first, second).listen(voice("oui"))
    assert (first.languages, second.languages, heard.language) == (("fr",), ("en",), "en")


def test_a_second_ear_that_fails_leaves_the_first_ears_words() -> None:
    class Broken(FakeEar):
        def listen(
            self, samples: Samples, expectation: Expectation = ANYTHING, words: tuple[str, ...] = ()
        ) -> Heard:
            raise RuntimeError("out of memory")

    assert TwoPassEar(FakeEar("bonjour"), Broken()).listen(voice("oui")).text == "bonjour"


def test_the_first_ear_is_prepared(ear: LiteEar, whisper: Path) -> None:
    two = TwoPassEar(ear, WhisperEar(whisper, threads=1))
    assert isinstance(two, Prepares)
    two.prepare(("Kervella",), (Expectation(Kind.YES_NO),))
    TwoPassEar(FakeEar(), FakeEar()).prepare((), ())


def test_the_setting_opens_both(tmp_path: Path, whisper: Path) -> None:
    (tmp_path / "lite-fr").symlink_to(MODELS / "lite-fr")
    (tmp_path / "whisper-small").symlink_to(whisper)
    two = open_ear("lite-fr+whisper:small", tmp_path, 1, 250)
    assert isinstance(two, TwoPassEar)
    assert (two.name, two.wait_ms) == ("lite-fr+whisper:whisper-small", 250)
    assert isinstance(open_ear(f"lite-fr+whisper:{whisper}", MODELS, 1), TwoPassEar)


def test_a_whisper_that_is_not_there_says_how_to_get_it() -> None:
    with pytest.raises(MissingPart, match="voicebot models pull whisper-medium"):
        open_ear("lite-fr+whisper:medium", MODELS)


@pytest.mark.parametrize(
    "setting", ["lite-fr+", "+whisper:small", "lite-fr+lite-fr", "lite-fr+whisper:", "whisper:a+b"]
)
def test_an_unknown_pair_is_one_clear_line(setting: str) -> None:
    with pytest.raises(BadInput, match=r"ear|Whisper"):
        open_ear(setting, MODELS)


FIRST = Heard("j'ai une fuite de", 0.5, ("j'ai une suite",), 0.7, False, 0.01)


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (Heard("", 0.0), FIRST),
        (
            Heard("j'ai une fuite", 0.8),
            Heard("j'ai une fuite", 0.8, ("j'ai une fuite de", "j'ai une suite"), 0.7, False, None),
        ),
        (
            Heard("j'ai la fuite de", 0.8),
            Heard(
                "j'ai la fuite de", 0.8, ("j'ai une fuite de", "j'ai une suite"), 0.7, False, 0.01
            ),
        ),
        (
            Heard("j'ai une suite", 0.8, in_expectation=True),
            Heard("j'ai une suite", 0.8, ("j'ai une fuite de",), 0.7, True, None),
        ),
        (
            Heard("j'ai une fuite de", 0.9),
            Heard("j'ai une fuite de", 0.9, ("j'ai une suite",), 0.7, False, 0.01),
        ),
    ],
)
def test_two_readings_become_one(second: Heard, expected: Heard) -> None:
    assert combined(FIRST, second) == expected


TEXT = st.sampled_from(["", "oui", "non merci", "j'ai une fuite", "une fuite"])
HEARD = st.builds(
    Heard,
    TEXT,
    st.floats(0, 1),
    st.lists(TEXT.filter(bool), max_size=3).map(tuple),
    st.none() | st.floats(0, 1),
    st.booleans(),
).map(lambda heard: replace(heard, alternatives=tuple(set(heard.alternatives) - {heard.text})))


@given(HEARD, HEARD)
def test_no_reading_is_lost_and_the_turn_model_stays(first: Heard, second: Heard) -> None:
    both = combined(first, second)
    assert both.text == (second.text or first.text)
    assert both.end_of_turn == first.end_of_turn
    assert both.text not in both.alternatives
    if first.text and first.text != both.text:
        assert first.text in both.alternatives


def test_who_is_late_three_times_running_is_left_alone_and_then_tried_once() -> None:
    whisper = Punctuality()
    for _ in range(LATE_IN_A_ROW):
        assert whisper.asks()
        whisper.late()
    assert not any(whisper.asks() for _ in range(REST))
    assert whisper.asks()
    whisper.late()
    assert not whisper.asks()


def test_who_is_in_time_once_is_asked_again_and_again() -> None:
    whisper = Punctuality()
    for _ in range(50):
        assert whisper.asks()
        whisper.late()
        whisper.late()
        whisper.in_time()
