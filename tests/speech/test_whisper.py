from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from tests.speech.whisper_builder import build_whisper
from voicebot.dialogue.expectation import Expectation, Kind
from voicebot.errors import BadInput, MissingPart
from voicebot.models.bench import bench
from voicebot.speech.audiofile import write_wav
from voicebot.speech.ear import Heard, Samples
from voicebot.speech.ears import open_ear
from voicebot.speech.espeak import EspeakMouth
from voicebot.speech.telephone import telephone
from voicebot.speech.whisper import FULL, WhisperEar, Window
from voicebot.speech.whisper_gate import Gate

SPEECH: Samples = telephone(
    EspeakMouth(variant="f2").speak("C'est le zéro six, douze, trente-quatre."),
    np.random.default_rng(1),
)
NOISE: Samples = np.random.default_rng(1).normal(0, 0.1, 32_000).astype(np.float32)
CAPTION = ["ĠSous", "-", "titres", "ĠrÃ©alisÃ©s", "Ġpar", "Ġla", "ĠcommunautÃ©", "Ġd", "'", "Amara"]
NUMBER = ["ĠC", "'est", "Ġle", "Ġ06", "Ġ12", "Ġ34", "Ġ05", "Ġ70", "."]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_whisper(tmp_path_factory.mktemp("models") / "whisper-small", NUMBER)


@pytest.fixture(scope="module")
def ear(folder: Path) -> WhisperEar:
    return WhisperEar(folder, threads=1)


def test_what_whisper_writes_is_given_in_spoken_words(ear: WhisperEar) -> None:
    heard = ear.listen(SPEECH)
    assert heard.text == "c'est le zéro six douze trente quatre zéro cinq soixante dix"
    assert 0.8 < heard.confidence <= 1
    assert ear.name == "whisper:whisper-small"


def test_an_expected_phrase_is_marked(folder: Path, tmp_path: Path) -> None:
    oui = WhisperEar(build_whisper(tmp_path / "oui", ["ĠOui", "."]), threads=1)
    prompt = Expectation(Kind.PHRASES, phrases=())
    assert oui.listen(SPEECH, prompt) == oui.listen(SPEECH)
    assert not oui.listen(SPEECH).in_expectation
    told = WhisperEar(build_whisper(tmp_path / "told", ["ĠOui", "."], by_token=True), threads=1)
    assert told.listen(SPEECH, Expectation(Kind.PHRASES, phrases=("Oui", "Non"))).in_expectation


def test_the_clients_words_and_awaited_phrases_go_into_the_prompt(ear: WhisperEar) -> None:
    # The built model goes by position alone, so a longer prompt moves it past what it says.
    assert ear.listen(SPEECH, words=("Moreau", "Loctudy")).text == ""
    assert ear.listen(SPEECH, Expectation(Kind.PHRASES, phrases=("le lave-vaisselle",))).text == ""


@pytest.mark.parametrize("silence", [np.zeros(32_000), np.zeros(0), np.ones(200)])
def test_silence_and_a_click_are_not_listened_to(ear: WhisperEar, silence: Samples) -> None:
    assert ear.listen(silence.astype(np.float32)) == Heard("", 0.0)


def test_an_unsure_text_with_no_speech_is_nothing(tmp_path: Path) -> None:
    sure = build_whisper(tmp_path / "sure", ["ĠOui"], no_speech=True)
    unsure = build_whisper(tmp_path / "unsure", ["ĠOui"], no_speech=True, sure=9)
    assert WhisperEar(sure, threads=1).listen(SPEECH).text == "oui"
    assert WhisperEar(unsure, threads=1).listen(SPEECH).text == ""


@pytest.mark.parametrize(
    ("words", "gate"),
    [(CAPTION, Gate.CAPTION), (["Ġmerci", "Ġbeaucoup"] * 12, Gate.REPEATS)],
)
def test_what_is_invented_is_nothing_and_the_log_says_which_gate_and_no_word(
    tmp_path: Path, words: list[str], gate: Gate, caplog: pytest.LogCaptureFixture
) -> None:
    assert WhisperEar(build_whisper(tmp_path / "m", words), threads=1).listen(SPEECH).text == ""
    assert f"dropped: {gate}" in caplog.text
    assert not {"sous", "titres", "amara", "merci"} & set(caplog.text.lower().split())


def test_a_sentence_written_on_noise_is_nothing(
    ear: WhisperEar, caplog: pytest.LogCaptureFixture
) -> None:
    assert ear.listen(NOISE) == Heard("", 0.0)
    assert f"dropped: {Gate.NO_VOICE}" in caplog.text


def test_a_caption_behind_real_words_is_cut_off(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ear = WhisperEar(build_whisper(tmp_path / "m", ["ĠOui", ".", *CAPTION]), threads=1)
    assert ear.listen(SPEECH).text == "oui"
    assert f"cut: {Gate.CAPTION}" in caplog.text


def test_the_question_in_the_prompt_does_not_come_back_as_an_answer(tmp_path: Path) -> None:
    words = ["ĠCombien", ",", "Ġs", "'il", "Ġvous", "ĠplaÃ®t", "Ġ?"]
    ear = WhisperEar(build_whisper(tmp_path / "m", words, by_token=True), threads=1)
    assert ear.listen(SPEECH).text == "combien s'il vous plaît"
    assert ear.listen(SPEECH, Expectation(Kind.NUMBER)).text == ""


def test_a_call_held_in_english_is_written_in_english(tmp_path: Path) -> None:
    words = ["ĠRoom", "Ġ12", "."]
    ear = WhisperEar(build_whisper(tmp_path / "m", words, by_token=True), threads=1)
    assert ear.listen(SPEECH, Expectation(language="en")).text == "room twelve"
    assert ear.listen(SPEECH).text == "room douze"


def test_the_window_is_no_longer_than_needed() -> None:
    assert Window().frames(16_000 * 5) == 600
    assert Window().frames(100) == 300
    assert Window(silence_s=2.0).frames(16_000 * 5) == 700
    assert Window().frames(16_000 * 300) == 3_000
    assert FULL.frames(16_000) == 3_000


@pytest.mark.parametrize("seconds", [0.3, 7.77, 29.9, 31.0, 65.0])
def test_speech_of_any_length_is_listened_to(ear: WhisperEar, seconds: float) -> None:
    noise = np.random.default_rng(2).normal(0, 0.1, int(seconds * 16_000)).astype(np.float32)
    assert isinstance(ear.listen(noise), Heard)


def test_the_setting_opens_it_by_size_and_by_folder(folder: Path) -> None:
    assert open_ear("whisper:small", folder.parent, 1).name == "whisper:whisper-small"
    assert open_ear(f"whisper:{folder}", Path("elsewhere"), 1).name == "whisper:whisper-small"


@pytest.mark.parametrize("ear", ["whisper:", "lite-fr+whisper:"])
def test_it_is_measured_as_any_ear_is(folder: Path, tmp_path: Path, ear: str) -> None:
    write_wav(tmp_path / "1.wav", SPEECH)
    said = "c'est le zéro six douze trente-quatre zéro cinq soixante-dix"
    (tmp_path / "manifest.tsv").write_text(f"1.wav\t{said}\n")
    figures = bench(f"{ear}{folder}", tmp_path / "manifest.tsv")["figures"]
    assert (figures["wer"], figures["empty"]) == (0, 0)


def test_a_model_that_is_not_there_says_how_to_get_it(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(MissingPart, match="voicebot models pull whisper-medium"):
        open_ear("whisper:medium", tmp_path)
    half = tmp_path / "half"
    half.mkdir()
    (half / "model.bin").write_bytes((folder / "model.bin").read_bytes())
    with pytest.raises(MissingPart, match=r"config\.json is missing"):
        open_ear(f"whisper:{half}", tmp_path)


@pytest.mark.parametrize("setting", ["whisper", "whisper:", "whisper:gigantic", "kaldi", "lite:x"])
def test_an_unknown_ear_is_one_clear_line(tmp_path: Path, setting: str) -> None:
    with pytest.raises(BadInput) as caught:
        open_ear(setting, tmp_path)
    assert "\n" not in str(caught.value)


def test_files_that_are_no_model_are_one_clear_line(tmp_path: Path, folder: Path) -> None:
    for name in ("model.bin", "config.json", "tokenizer.json"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    (tmp_path / "model.bin").write_bytes(b"not a model")
    with pytest.raises(BadInput, match="not a Whisper model") as caught:
        open_ear(f"whisper:{tmp_path}", tmp_path)
    assert "\n" not in str(caught.value)
    (tmp_path / "model.bin").write_bytes((folder / "model.bin").read_bytes())
    (tmp_path / "tokenizer.json").write_text(json.dumps({"no": "tokenizer"}))
    with pytest.raises(BadInput, match="not a Whisper model"):
        open_ear(f"whisper:{tmp_path}", tmp_path)
