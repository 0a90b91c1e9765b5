from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from voicebot.errors import BadInput, MissingPart, VoicebotError
from voicebot.speech.espeak import EspeakMouth
from voicebot.speech.piper import PiperMouth
from voicebot.speech.prompts import Prompts
from voicebot.speech.voices import open_mouth

SAMPLES_PER_PHONEME = 400


def build_voice(file: Path, *, espeak: str = "fr", speakers: int = 1) -> Path:
    """An ONNX voice with Piper's inputs: each phoneme is 400 samples of its own height."""
    shape = [1, 1, 1, SAMPLES_PER_PHONEME]
    tone = np.sin(np.arange(SAMPLES_PER_PHONEME) / 3).astype(np.float32).reshape(shape)
    nodes = [
        helper.make_node("Cast", ["input"], ["ids"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["ids", "last"], ["column"]),
        helper.make_node("Mul", ["column", "tone"], ["blocks"]),
        helper.make_node("Slice", ["scales", "one", "two"], ["length"]),
        helper.make_node("Mul", ["blocks", "length"], ["scaled"]),
        helper.make_node("Reshape", ["scaled", "flat"], ["output"]),
    ]
    inputs = [
        helper.make_tensor_value_info("input", TensorProto.INT64, [1, "n"]),
        helper.make_tensor_value_info("input_lengths", TensorProto.INT64, [1]),
        helper.make_tensor_value_info("scales", TensorProto.FLOAT, [3]),
    ]
    if speakers > 1:
        inputs.append(helper.make_tensor_value_info("sid", TensorProto.INT64, [1]))
    constants = {
        "last": np.array([2], np.int64),
        "tone": tone[0],
        "one": np.array([1], np.int64),
        "two": np.array([2], np.int64),
        "flat": np.array([1, 1, -1], np.int64),
    }
    graph = helper.make_graph(
        nodes,
        "voice",
        inputs,
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, [1, 1, "samples"])],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.checker.check_model(model)
    onnx.save(model, str(file))
    letters = "_^$ abcdefghijklmnopqrstuvwxyzɔɛəɑøœʁʒʃɲŋɡ̃ˈː,.!?"
    Path(f"{file}.json").write_text(
        json.dumps(
            {
                "audio": {"sample_rate": 22_050, "quality": "medium"},
                "espeak": {"voice": espeak},
                "num_symbols": 256,
                "num_speakers": speakers,
                "inference": {"noise_scale": 0.667, "length_scale": 1, "noise_w": 0.8},
                "phoneme_id_map": {letter: [n] for n, letter in enumerate(letters)},
            }
        )
    )
    return file


def test_a_piper_voice_speaks(tmp_path: Path) -> None:
    mouth = PiperMouth(build_voice(tmp_path / "fr_FR-essai-medium.onnx"))
    sound = mouth.speak("Bonjour, je vous écoute.")
    longer = mouth.speak("Bonjour, je vous écoute, dites-moi tout.")
    assert sound.sample_rate == 22_050
    assert sound.samples.dtype == np.float32
    assert 15 * SAMPLES_PER_PHONEME < len(sound.samples) < len(longer.samples)
    assert 0.1 < np.abs(sound.samples).max() <= 1
    assert mouth.language == "fr"
    assert mouth.speak("  ").seconds == 0


def test_a_voice_of_several_speakers_speaks_too(tmp_path: Path) -> None:
    mouth = PiperMouth(build_voice(tmp_path / "many.onnx", speakers=3))
    assert mouth.speak("Bonjour").seconds > 0


def test_the_name_of_the_voice_is_part_of_a_prompts_key(tmp_path: Path) -> None:
    file = build_voice(tmp_path / "a.onnx")
    names = {PiperMouth(file).name, PiperMouth(file, pace=1.2).name, EspeakMouth().name}
    assert len(names) == 3


def test_the_setting_opens_it_by_name_and_by_file(tmp_path: Path) -> None:
    file = build_voice(tmp_path / "fr_FR-essai-medium.onnx")
    for setting in ("piper:fr_FR-essai-medium", f"piper:{file}"):
        mouth = open_mouth(setting, tmp_path)
        assert mouth.name.startswith("piper:fr_FR-essai-medium")
        assert Prompts(mouth, tmp_path / "cache").get("Bonjour").sample_rate == 16_000


def test_each_language_has_its_voice_and_espeak_the_others(tmp_path: Path) -> None:
    build_voice(tmp_path / "fr.onnx")
    build_voice(tmp_path / "en.onnx", espeak="en-gb-x-rp")
    both = open_mouth("piper:fr,en", tmp_path)
    french = open_mouth("piper:fr", tmp_path)
    english = both.speak("Good morning", "en").samples
    assert np.array_equal(
        english, PiperMouth(tmp_path / "en.onnx").speak("Good morning", "en").samples
    )
    by_espeak = EspeakMouth().speak("Good morning", "en").seconds
    assert french.speak("Good morning", "en").seconds == pytest.approx(by_espeak, rel=0.1)
    assert len(english) / 22_050 < by_espeak * 0.8


def test_a_missing_voice_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(MissingPart, match="voicebot models pull fr_FR-siwis-medium"):
        open_mouth("piper:fr_FR-siwis-medium", tmp_path)
    Path(f"{build_voice(tmp_path / 'a.onnx')}.json").unlink()
    with pytest.raises(MissingPart, match=r"a\.onnx\.json"):
        open_mouth("piper:a", tmp_path)


@pytest.mark.parametrize(
    ("suffix", "content", "message"),
    [
        ("", b"not an onnx file", "not a Piper voice"),
        (".json", b"{", "not a Piper voice's description"),
        (".json", b'{"audio": {"sample_rate": 1}}', "has no"),
    ],
)
def test_a_file_that_is_no_voice_is_one_clear_line(
    tmp_path: Path, suffix: str, content: bytes, message: str
) -> None:
    file = build_voice(tmp_path / "a.onnx")
    Path(f"{file}{suffix}").write_bytes(content)
    with pytest.raises(BadInput, match=message) as caught:
        open_mouth("piper:a", tmp_path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("setting", ["", "piper", "piper:", "mary", "espeakk"])
def test_an_unknown_voice_names_the_known_ones(tmp_path: Path, setting: str) -> None:
    with pytest.raises(BadInput, match=r"espeak, piper:NAME or piper:FILE\.onnx"):
        open_mouth(setting, tmp_path)


def test_a_voice_that_breaks_in_a_call_is_one_of_our_errors(tmp_path: Path) -> None:
    file = build_voice(tmp_path / "a.onnx")
    config = json.loads(Path(f"{file}.json").read_text())
    config["num_speakers"] = 2  # the network has no such input
    Path(f"{file}.json").write_text(json.dumps(config))
    with pytest.raises(VoicebotError, match="failed"):
        PiperMouth(file).speak("Bonjour")
