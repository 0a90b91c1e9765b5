"""The recipe, whole and tiny."""

import importlib.util
import json
import shutil

import numpy as np
import pytest

from tests.models.stamps import make_stamps
from voicebot.errors import BadInput, MissingPart, NotFound
from voicebot.models.export import export_head, read_head
from voicebot.models.head import build_head
from voicebot.models.testset import MODELS
from voicebot.models.train import BLEND, blend, train, train_people, train_words
from voicebot.models.voices import DEVELOPMENT_VARIANTS, training_variants
from voicebot.speech.callers import HELD_OUT_VARIANTS
from voicebot.speech.lite import FILES, LiteEar
from voicebot.speech.tongue import ENGLISH

needs_torch = pytest.mark.skipif(
    importlib.util.find_spec("torch") is None,
    reason="training needs torch: pip install torch==2.13.0",
)


def test_the_held_out_voices_are_not_trained_on():
    kept_out = {*HELD_OUT_VARIANTS, *DEVELOPMENT_VARIANTS}
    assert not kept_out & set(training_variants())
    assert not any(name.lower().startswith("klatt") for name in training_variants())
    assert len(training_variants()) > 40


@needs_torch
def test_the_recipe_makes_an_ear(tmp_path):
    said = []
    nobody = tmp_path / "nobody"
    report = train("lite-fr", tmp_path, lambda what, share: said.append(what), True, nobody)
    assert report["epochs"]
    assert json.loads((tmp_path / "report.json").read_text())["model"] == "lite-fr"
    assert said
    assert all((tmp_path / file).is_file() for file in FILES)
    heard = LiteEar(tmp_path).listen(0.1 * np.random.default_rng(1).standard_normal(16_000))
    assert isinstance(heard.text, str)


@needs_torch
def test_an_english_ear_goes_on_from_the_french_one(tmp_path):
    report = train("lite-en", tmp_path, quick=True)
    assert (report["begun_from"], report["people"]) == ("lite-fr", None)
    assert tuple(report["phones"]) == ENGLISH.phones
    french, english = read_head(MODELS / "lite-fr" / "head.onnx"), read_head(tmp_path / "head.onnx")
    assert french.keys() == english.keys()
    assert english["name.bias"].shape == (len(ENGLISH.index),)
    ear = LiteEar(tmp_path)
    assert ear.tongue is ENGLISH
    assert isinstance(ear.listen(0.1 * np.ones(16_000, np.float32)).text, str)
    with pytest.raises(BadInput, match="the French ear alone"):
        train_people("lite-en", tmp_path, quick=True)


@needs_torch
def test_people_are_met_after_the_voices(tmp_path):
    stamps, out = make_stamps(tmp_path / "stamps"), tmp_path / "ear"
    first = train("lite-fr", out, quick=True, folder=stamps)
    before = read_head(out / "head.onnx")
    assert first["people"]["training_hours"]["fr"] > 0
    assert first["people"]["training_hours"]["other languages"] > 0

    again = train_people("lite-fr", out, quick=True, folder=stamps)
    after = read_head(out / "head.onnx")
    assert len(again["people"]["epochs"]) == 1
    assert before.keys() == after.keys()
    assert any(not np.array_equal(before[name], after[name]) for name in before)
    assert isinstance(LiteEar(out).listen(np.zeros(16_000, np.float32)).text, str)


def test_what_was_known_is_nearly_all_kept():
    blended = blend({"a": np.zeros(3, np.float32)}, {"a": np.ones(3, np.float32)})
    assert blended["a"] == pytest.approx([BLEND] * 3)
    assert 0.5 < BLEND < 1


@needs_torch
def test_without_recordings_the_voices_alone_make_an_ear_and_the_report_says_so(tmp_path):
    report = train("lite-fr", tmp_path, quick=True, folder=tmp_path / "nowhere")
    assert report["people"] is None
    with pytest.raises(MissingPart, match="tuxpaint-stamps-default"):
        train_people("lite-fr", tmp_path, quick=True, folder=tmp_path / "nowhere")


@needs_torch
def test_a_head_is_read_back_as_it_was_written(tmp_path):
    head = read_head(MODELS / "lite-fr" / "head.onnx")
    export_head(head, tmp_path / "head.onnx")
    again = read_head(tmp_path / "head.onnx")
    assert head.keys() == again.keys() == dict(build_head().state_dict()).keys()
    assert all(np.array_equal(head[name], again[name]) for name in head)


def test_new_words_need_no_new_head(tmp_path):
    shipped = MODELS / "lite-fr"
    for name in ("head.onnx", "report.json"):
        shutil.copy(shipped / name, tmp_path)
    report = train_words("lite-fr", tmp_path, quick=True)
    assert report["language_model"]["counted_after_training"]
    assert report["epochs"] == json.loads((shipped / "report.json").read_text())["epochs"]
    assert LiteEar(tmp_path).listen(np.zeros(16_000, np.float32)).text == ""


def test_words_without_a_head_are_an_error(tmp_path):
    with pytest.raises(NotFound, match="there is no trained head"):
        train_words("lite-fr", tmp_path)


@needs_torch
def test_a_model_without_sentences_is_an_error(tmp_path):
    with pytest.raises(NotFound, match="no model called 'nobody' has sentences"):
        train("nobody", tmp_path)
