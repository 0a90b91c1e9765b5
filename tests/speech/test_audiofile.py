import numpy as np
import pytest
import soundfile

from voicebot.errors import AudioError
from voicebot.speech.audiofile import read_audio, write_wav

TONE = (0.5 * np.sin(2 * np.pi * 440 * np.arange(8_000) / 8_000)).astype(np.float32)


@pytest.mark.parametrize("kind", ["WAV", "FLAC", "OGG"])
@pytest.mark.parametrize("rate", [8_000, 44_100, 48_000])
def test_any_kind_and_rate_becomes_sixteen_kilohertz(tmp_path, kind, rate):
    path = tmp_path / f"tone.{kind.lower()}"
    soundfile.write(path, np.resize(TONE, rate), rate, format=kind)
    samples = read_audio(path)
    assert samples.dtype == np.float32
    assert abs(len(samples) - 16_000) < 50


def test_channels_are_mixed(tmp_path):
    path = tmp_path / "stereo.wav"
    soundfile.write(path, np.stack([TONE, -TONE], axis=1), 16_000)
    assert np.abs(read_audio(path)).max() < 0.01


def test_eight_bits_are_read(tmp_path):
    path = tmp_path / "old.wav"
    soundfile.write(path, TONE, 8_000, subtype="PCM_U8")
    assert np.abs(read_audio(path)).max() == pytest.approx(0.5, abs=0.05)


def test_what_is_written_is_read(tmp_path):
    write_wav(tmp_path / "tone.wav", TONE)
    assert np.allclose(read_audio(tmp_path / "tone.wav"), TONE, atol=1e-3)


@pytest.mark.parametrize(
    ("content", "what"),
    [(b"", "empty"), (b"hello, this is text", "no sound file"), (b"RIFF\0\0\0\0WAVE", "sound")],
)
def test_bad_files_are_one_clear_line(tmp_path, content, what):
    path = tmp_path / "bad.wav"
    path.write_bytes(content)
    with pytest.raises(AudioError, match=what) as caught:
        read_audio(path)
    assert "bad.wav" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_no_samples_is_an_error(tmp_path):
    soundfile.write(tmp_path / "none.wav", np.zeros(0, np.float32), 16_000)
    with pytest.raises(AudioError, match="no sound"):
        read_audio(tmp_path / "none.wav")


def test_a_missing_file_is_an_error(tmp_path):
    with pytest.raises(AudioError, match="no such sound file"):
        read_audio(tmp_path / "gone.wav")
