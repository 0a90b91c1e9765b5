"""Recordings that can be read whatever happened."""

import wave

import numpy as np

from voicebot.voice.recorder import BOT, CALLER, Recorder, repair


def tone(seconds, value):
    return np.full(int(seconds * 16_000), value, np.int16)


def read(path):
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getframerate(), file.getsampwidth()) == (2, 16_000, 2)
        return np.frombuffer(file.readframes(file.getnframes()), np.int16).reshape(-1, 2)


def test_both_channels_stand_at_their_time(tmp_path):
    recorder = Recorder(tmp_path / "new" / "call.wav")
    recorder.add(CALLER, tone(1.0, 100), until_s=1.0)
    recorder.add(BOT, tone(0.5, 200), until_s=2.0)
    recorder.write(recorder.take(2.0, last=True))
    recorder.close()
    sound = read(recorder.path)
    assert len(sound) == 32_000
    assert sound[8_000].tolist() == [100, 0]
    assert sound[23_900].tolist() == [0, 0]
    assert sound[24_100].tolist() == [0, 200]


def test_it_is_whole_after_every_write_without_being_closed(tmp_path):
    recorder = Recorder(tmp_path / "call.wav")
    for second in (1, 2, 3):
        recorder.add(CALLER, tone(1.0, second), until_s=second)
        recorder.write(recorder.take(second))
        assert abs(len(read(recorder.path)) - (second - 0.3) * 16_000) < 2
    assert read(recorder.path)[-1, CALLER] == 3
    recorder.close()


def test_a_channel_that_is_late_finds_its_place(tmp_path):
    recorder = Recorder(tmp_path / "call.wav")
    recorder.add(BOT, tone(2.0, 7), until_s=2.0)
    recorder.write(recorder.take(2.0))
    recorder.add(CALLER, tone(0.2, 9), until_s=2.2)
    recorder.write(recorder.take(2.2, last=True))
    recorder.close()
    sound = read(recorder.path)
    assert sound[:27_200, BOT].all()
    assert abs(int(np.flatnonzero(sound[:, CALLER])[0]) - 32_000) <= 960


def test_repair_sets_right_what_a_killed_process_left(tmp_path):
    recorder = Recorder(tmp_path / "call.wav")
    recorder.add(CALLER, tone(1.0, 5), until_s=1.0)
    recorder.write(recorder.take(1.0, last=True))
    recorder.close()
    with recorder.path.open("ab") as file:  # sound without its header, and half a frame
        file.write(b"\1\0\2\0" * 100 + b"\1")
    assert repair(tmp_path) == [recorder.path]
    assert len(read(recorder.path)) == 16_100
    assert repair(tmp_path) == []


def test_repair_leaves_what_is_no_recording(tmp_path):
    (tmp_path / "empty.wav").touch()
    assert repair(tmp_path) == []
    assert repair(tmp_path / "nowhere") == []
