"""Two ears on one encoder: both are the real ones, and so are the voices."""

from dataclasses import replace

import numpy as np
import pytest

from tests.speech.conftest import MODEL
from voicebot.dialogue.expectation import ANYTHING, Expectation, Kind
from voicebot.errors import NotFound, WrongModel
from voicebot.speech.bilingual import BilingualEar
from voicebot.speech.callers import Caller
from voicebot.speech.ears import open_bilingual, open_ear
from voicebot.speech.espeak import EspeakMouth
from voicebot.speech.lite import LiteEar
from voicebot.speech.telephone import in_quiet, telephone

MODELS = MODEL.parent
SETTLED = replace(ANYTHING, settled=True)

needs_english = pytest.mark.skipif(
    not (MODELS / "lite-en" / "head.onnx").is_file(),
    reason="the English ear is not trained: voicebot models train lite-en",
)


@pytest.fixture(scope="module")
def both() -> BilingualEar:
    return open_bilingual(MODELS)


def in_english(text, voice="en", variant="f4"):
    mouth = EspeakMouth(voice=voice, variant=variant, rate=150)
    return telephone(in_quiet(mouth.speak(text, "en")), np.random.default_rng(1))


def in_french(text):
    return Caller(EspeakMouth(variant="f4", rate=150)).say(text)


class CountedEncoder:
    """The encoder, counting its passes."""

    def __init__(self, encoder):
        self._encoder, self.passes = encoder, 0

    def encode(self, samples):
        self.passes += 1
        return self._encoder.encode(samples)


@needs_english
def test_a_first_sentence_tells_the_language(both):
    heard = both.listen(in_english("hello there is no hot water in the shower"))
    assert heard.language == "en"
    assert "hot water" in heard.text
    heard = both.listen(in_french("bonjour, je n'ai plus d'eau chaude dans la douche"))
    assert heard.language == "fr"
    assert "eau chaude" in heard.text


@needs_english
def test_both_heads_read_one_pass_of_the_encoder(both, monkeypatch):
    assert both._ears["en"].encoder is both.encoder
    counted = CountedEncoder(both.encoder)
    monkeypatch.setattr(both._ears["fr"]._listener, "encoder", counted)
    both.listen(in_english("can someone come and open the door"))
    assert counted.passes == 1


@needs_english
def test_english_goes_on_in_english(both):
    english = Expectation(Kind.YES_NO, language="en", settled=True)
    heard = both.listen(in_english("yes please"), english)
    assert (heard.text, heard.language) == ("yes please", "en")


@needs_english
def test_who_was_heard_in_english_may_go_back_to_french(both):
    sound = in_french("excusez-moi je préfère parler français, il y a une fuite d'eau")
    assert both.listen(sound, replace(SETTLED, language="en")).language == "fr"


@needs_english
def test_a_short_answer_in_doubt_is_in_the_conversation_s_language(both):
    expected = Expectation(Kind.YES_NO)
    assert both.listen(in_english("no"), expected).language in ("fr", "")
    assert both.listen(in_french("non"), expected).language in ("fr", "")


@needs_english
def test_silence_is_nothing_in_any_language(both):
    assert both.listen(np.zeros(16_000, np.float32)).text == ""
    assert both.listen(np.zeros(0, np.float32)).text == ""


@needs_english
def test_the_setting_lite_opens_both():
    assert open_ear("lite", MODELS).name == "lite"


def test_without_the_english_model_the_setting_says_how_to_get_it(tmp_path):
    (tmp_path / "lite-fr").symlink_to(MODEL)
    (tmp_path / "lite-en").mkdir()
    with pytest.raises(NotFound, match="voicebot models train lite-en"):
        open_ear("lite", tmp_path)


def test_a_head_of_another_language_is_refused(tmp_path):
    for file in ("head.onnx", "language_model.npz", "names.json"):
        (tmp_path / file).symlink_to(MODEL / file)
    (tmp_path / "phones.json").symlink_to(MODELS / "lite-en" / "phones.json")
    with pytest.raises(WrongModel, match="other phonemes"):
        LiteEar(tmp_path)
