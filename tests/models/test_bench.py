import pytest

from voicebot.errors import AudioError, BadInput, NotFound
from voicebot.models.bench import bench, comparable, load_ear, read_manifest, read_phrases
from voicebot.speech.audiofile import write_wav
from voicebot.speech.callers import CALLERS
from voicebot.speech.ear import FakeEar

TEXTS = ("bonjour madame", "j'ai plus d'eau chaude")


@pytest.fixture
def manifest(tmp_path):
    for i, text in enumerate(TEXTS):
        write_wav(tmp_path / f"{i}.wav", CALLERS[i].say(text))
    path = tmp_path / "manifest.tsv"
    path.write_text("".join(f"{i}.wav\t{t}\n" for i, t in enumerate(TEXTS)), encoding="utf-8")
    return path


def test_a_perfect_ear_makes_no_errors(manifest):
    figures = bench("fake", manifest, ear=FakeEar("", *TEXTS))["figures"]
    assert figures["utterances"] == 2
    assert figures["wer"] == 0.0
    assert figures["sentences_right"] == 1.0


def test_a_deaf_ear_makes_all(manifest):
    figures = bench("fake", manifest, ear=FakeEar())["figures"]
    assert (figures["wer"], figures["empty"]) == (1.0, 2)


def test_the_shipped_ear_has_its_times_split(manifest):
    report = bench("lite-fr", manifest)
    assert report["bench"] == "models"
    assert {"wer", "cer", "pass_p50_ms", "decode_p50_ms"} <= report["figures"].keys()
    assert "onnxruntime" in report["versions"]


def test_phrases_are_counted(manifest, tmp_path):
    phrases = tmp_path / "phrases.txt"
    phrases.write_text("\n".join([*TEXTS, "fermez la porte", ""]), encoding="utf-8")
    figures = bench("lite-fr", manifest, phrases)["figures"]
    assert figures["phrases_right"] == 1.0


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("0.wav bonjour", r"manifest\.tsv:2: a line is a path, a tab and the text"),
        ("0.wav\t ", r"manifest\.tsv:2: a line is a path"),
        ("gone.wav\tbonjour", r"manifest\.tsv:2: no such sound file: gone\.wav"),
    ],
)
def test_a_bad_line_is_named(manifest, line, what):
    first = manifest.read_text(encoding="utf-8").splitlines()[0]
    manifest.write_text(f"{first}\n{line}\n", encoding="utf-8")
    with pytest.raises(BadInput, match=what):
        read_manifest(manifest)


def test_an_empty_manifest_is_an_error(tmp_path):
    (tmp_path / "m.tsv").write_text("\n", encoding="utf-8")
    with pytest.raises(BadInput, match="empty"):
        read_manifest(tmp_path / "m.tsv")


def test_what_is_missing_is_named(tmp_path):
    with pytest.raises(NotFound, match="no such manifest"):
        read_manifest(tmp_path / "gone.tsv")
    with pytest.raises(NotFound, match="no such file of phrases"):
        read_phrases(tmp_path / "gone.txt")
    with pytest.raises(NotFound, match="no model is called 'nobody'"):
        load_ear("nobody")


def test_a_broken_sound_file_is_one_clear_line(manifest):
    (manifest.parent / "1.wav").write_text("not a sound", encoding="utf-8")
    with pytest.raises(AudioError, match=r"1\.wav"):
        bench("fake", manifest, ear=FakeEar())


def test_texts_are_compared_word_by_word():
    assert comparable("J'ai un rendez-vous, quatre-vingt-deux") == (
        "j' ai un rendez vous quatre vingt deux"
    )
    assert comparable("d u p") == comparable("d. u. p.")
