"""The shipped ear on sound: held-out voices over a telephone line."""

import shutil
from concurrent.futures import ThreadPoolExecutor

import jiwer
import numpy as np
import pytest

from voicebot.dialogue.expectation import Expectation, Kind
from voicebot.errors import MissingPart, NotFound, WrongModel
from voicebot.models.bench import comparable
from voicebot.speech.callers import CALLERS
from voicebot.speech.encoder import Encoder, encoder_file
from voicebot.speech.lite import FILES, LiteEar
from voicebot.speech.posteriors import stitch
from voicebot.speech.telephone import noise

from .conftest import MODEL

SAID = (
    "bonjour je voudrais laisser un message",
    "j'ai une fuite d'eau dans la cuisine",
    "vous pouvez me rappeler demain matin",
    "le robot de traite est en panne",
    "mon mari est tombé et il respire mal",
    "je voudrais prendre rendez-vous avec le docteur",
)


def test_it_hears_voices_it_was_not_trained_on(ear):
    heard = [ear.listen(c.say(t)).text for c, t in zip(CALLERS, SAID, strict=True)]
    assert jiwer.wer([comparable(t) for t in SAID], [comparable(t) for t in heard]) < 0.4


def test_the_same_pass_tells_whether_the_turn_is_over(ear):
    heard = ear.listen(CALLERS[0].say(SAID[0]))
    assert 0.0 <= heard.end_of_turn <= 1.0


@pytest.mark.parametrize("seconds", [0.0, 0.005, 0.3, 4.0, 9.0])
def test_silence_is_nothing(ear, seconds):
    heard = ear.listen(np.zeros(int(16_000 * seconds), np.float32))
    assert (heard.text, heard.confidence) == ("", 0.0)


def test_noise_is_nothing(ear):
    hiss = 0.02 * noise(48_000, np.random.default_rng(3))
    assert ear.listen(hiss).text == ""


def test_short_beginnings_are_heard_without_harm(ear):
    sound = CALLERS[1].say(SAID[1])
    for count in (1, 200, 1_600, 8_000, 16_000, len(sound)):
        assert isinstance(ear.listen(sound[:count]).text, str)


def test_long_speech_loses_no_words_at_the_seams(ear):
    caller = CALLERS[1]
    parts = [caller.say(text, seed=i) for i, text in enumerate(SAID * 2)]
    heard = comparable(ear.listen(np.concatenate(parts)).text)
    apart = " ".join(comparable(ear.listen(part).text) for part in parts)
    assert jiwer.wer(apart, heard) < 0.25


def test_a_dictated_number_is_heard(ear):
    text = "zéro six douze trente quatre cinquante six soixante dix huit"
    heard = ear.listen(CALLERS[1].say(text), Expectation(Kind.PHONE_NUMBER))
    assert heard.in_expectation
    assert jiwer.wer(text, heard.text) < 0.4


def test_many_threads_hear_the_same(ear):
    sounds = [caller.say(text) for caller, text in zip(CALLERS, SAID, strict=True)]
    alone = [ear.listen(sound).text for sound in sounds]
    with ThreadPoolExecutor(6) as pool:
        together = list(pool.map(lambda sound: ear.listen(sound).text, sounds * 2))
    assert together == alone * 2


def test_windows_are_stitched_in_the_middle_of_their_overlap():
    parts = [np.full((400, 2), i, np.float32) for i in range(3)]
    joined = stitch(parts, [0, 300, 450])
    assert len(joined) == 850
    assert [int(np.count_nonzero(joined[:, 0] == i)) for i in range(3)] == [350, 225, 275]


def test_another_encoder_is_refused(tmp_path):
    path = tmp_path / "encoder.onnx"
    path.write_bytes(encoder_file().read_bytes()[:-1] + b"x")
    with pytest.raises(WrongModel, match="not the encoder the ear was trained on"):
        Encoder(path)


def test_without_pipecat_the_way_to_get_it_is_told(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(MissingPart, match="pip install"):
        encoder_file()


def test_a_head_that_is_none_is_refused(tmp_path):
    for file in FILES:
        shutil.copy(MODEL / file, tmp_path / file)
    (tmp_path / "head.onnx").write_bytes(b"nothing")
    with pytest.raises(WrongModel, match="no head of the ear"):
        LiteEar(tmp_path)


def test_a_folder_without_a_model_names_what_is_missing(tmp_path):
    with pytest.raises(NotFound, match=r"lacks head\.onnx"):
        LiteEar(tmp_path)
