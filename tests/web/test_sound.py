import wave

import numpy as np
import pytest

from tests.web.conftest import recording
from voicebot.web.sound import loudness
from voicebot.web.wave import drawing


def write(file, samples, rate=8000, width=2):
    with wave.open(str(file), "wb") as wav:
        wav.setparams((samples.shape[1], width, rate, 0, "NONE", ""))
        wav.writeframes(samples.astype("<i2").tobytes())
    return file


@pytest.mark.parametrize("voices", [2, 3])
def test_each_voice_is_heard_when_it_speaks(tmp_path, voices):
    file = tmp_path / "call.wav"
    recording(file, 65, voices=voices)

    loud = loudness(file)

    assert (loud.voices, loud.seconds) == (voices, 65)
    assert loud.spans(0) == (pytest.approx((5.0, 9.0), abs=0.02),)
    assert loud.spans(1) == (pytest.approx((0.0, 3.0), abs=0.02),)
    assert loud.spans(2) == ()


def test_a_recording_that_grows_is_read_anew(tmp_path):
    file = tmp_path / "call.wav"
    recording(file, 10)
    before = loudness(file)
    recording(file, 12)

    assert (before.seconds, loudness(file).seconds) == (10, 12)


def test_more_than_a_minute_is_read_in_pieces_that_fit(tmp_path):
    sound = np.zeros((8000 * 130 + 3, 2))
    sound[8000 * 125 : 8000 * 126, 0] = 8000
    loud = loudness(write(tmp_path / "call.wav", sound))

    assert loud.seconds == pytest.approx(130, abs=0.01)
    assert loud.spans(0) == (pytest.approx((125.0, 126.0), abs=0.05),)


@pytest.mark.parametrize("broken", [b"", b"RIFF", b"hello" * 100])
def test_a_damaged_file_has_no_loudness(tmp_path, broken):
    file = tmp_path / "call.wav"
    file.write_bytes(broken)

    assert loudness(file) is None


def test_a_recording_of_nothing_has_none_either(tmp_path):
    assert loudness(write(tmp_path / "call.wav", np.zeros((0, 2)))) is None


def test_a_very_short_recording_is_drawn(tmp_path):
    loud = loudness(write(tmp_path / "call.wav", np.full((100, 2), 20000)))

    drawn = drawing(loud, names=("Madame Martin",))

    assert [lane.name for lane in drawn.lanes] == ["Madame Martin", "Assistant"]
    assert drawn.width == 1
    assert drawn.lanes[0].path.startswith("M0 ")
