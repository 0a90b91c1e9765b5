from __future__ import annotations

import logging
import resource
import signal
import threading
from pathlib import Path

import numpy as np
import pytest

from voicebot.errors import BadInput, VoicebotError
from voicebot.speech.audiofile import write_wav
from voicebot.speech.loudness import LEVEL, PEAK
from voicebot.speech.mouth import FakeMouth, Sound
from voicebot.speech.prompts import PASSING, Prompts
from voicebot.speech.telephone import level


class CountingMouth(FakeMouth):
    """A hum between two silences, at 22,050 Hz, that counts how often it was asked."""

    def __init__(self, name: str = "counting", loudness: float = 0.02) -> None:
        self.name = name
        self.asked: list[tuple[str, str]] = []
        self._loudness = loudness

    def speak(self, text: str, language: str = "fr") -> Sound:
        self.asked.append((text, language))
        time = np.arange(int(len(text) * 0.05 * 22_050)) / 22_050
        hum = self._loudness * np.sin(2 * np.pi * 220 * time)
        silence = np.zeros(11_025)
        return Sound(np.concatenate([silence, hum, silence]).astype(np.float32), 22_050)


class BrokenMouth(CountingMouth):
    """Fails until it is told not to."""

    error: Exception | None = VoicebotError("the voice has gone")

    def speak(self, text: str, language: str = "fr") -> Sound:
        if self.error:
            raise self.error
        return super().speak(text, language)


def test_a_prompt_is_trimmed_levelled_and_at_16_khz(tmp_path: Path) -> None:
    sound = Prompts(CountingMouth(), tmp_path).get("Bonjour, vous êtes bien chez nous.")
    assert sound.sample_rate == 16_000
    assert sound.samples.dtype == np.float32
    assert 1.6 < sound.seconds < 1.85  # 1.7 s of hum; a second of silence is gone
    assert level(sound.samples) == pytest.approx(LEVEL, rel=0.1)
    assert np.abs(sound.samples).max() <= PEAK


def test_the_mouth_is_asked_once_then_memory_then_disk(tmp_path: Path) -> None:
    mouth = CountingMouth()
    first = Prompts(mouth, tmp_path)
    first.render(["Bonjour"])
    one = first.get("Bonjour")
    assert first.get("Bonjour") is one
    again = Prompts(mouth, tmp_path).get("Bonjour")
    assert len(mouth.asked) == 1
    assert np.allclose(one.samples, again.samples, atol=1e-4)


@pytest.mark.parametrize(
    ("other", "text", "language"),
    [
        (CountingMouth("another"), "Bonjour", "fr"),
        (CountingMouth(), "Bonsoir", "fr"),
        (CountingMouth(), "Bonjour", "en"),
    ],
)
def test_another_voice_text_or_language_is_another_prompt(
    tmp_path: Path, other: CountingMouth, text: str, language: str
) -> None:
    Prompts(CountingMouth(), tmp_path).render(["Bonjour"])
    Prompts(other, tmp_path).get(text, language)
    assert other.asked == [(text, language)]


def test_empty_text_is_empty_sound(tmp_path: Path) -> None:
    mouth = CountingMouth()
    assert Prompts(mouth, tmp_path).get("  ").seconds == 0
    assert mouth.asked == []


@pytest.mark.parametrize("damage", ["empty", "text", "cut", "rate"])
def test_a_damaged_file_is_rendered_again(
    tmp_path: Path, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    mouth = CountingMouth()
    prompts = Prompts(mouth, tmp_path)
    prompts.render(["Bonjour"])
    good = prompts.get("Bonjour")
    (path,) = tmp_path.rglob("*.wav")
    whole = path.read_bytes()
    if damage == "rate":
        write_wav(path, good.samples, 8_000)
    else:
        path.write_bytes({"empty": b"", "text": b"hello", "cut": whole[:-1000]}[damage])
    with caplog.at_level(logging.WARNING):
        again = Prompts(mouth, tmp_path)
        again.render(["Bonjour"])
        healed = again.get("Bonjour")
    assert len(mouth.asked) == 2
    assert "damaged" in caplog.text
    assert len(healed.samples) == len(good.samples)
    assert path.read_bytes() == whole


def test_a_disk_that_refuses_leaves_the_prompt_in_memory(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    blocked = tmp_path / "cache"
    blocked.write_text("a file where the folder should be")
    mouth = CountingMouth()
    prompts = Prompts(mouth, blocked)
    with caplog.at_level(logging.WARNING):
        prompts.render(["Bonjour", "Bonsoir"])
    one = prompts.get("Bonjour")
    assert len(mouth.asked) == 2
    assert prompts.get("Bonjour") is one
    assert caplog.text.count("memory only") == 1


def test_a_disk_full_in_the_middle_leaves_no_half_file(tmp_path: Path) -> None:
    prompts = Prompts(CountingMouth(), tmp_path)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_096, limits[1]))
    try:
        prompts.render(["Bonjour"])  # 11 kB
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, ignored)
    assert prompts.get("Bonjour").seconds > 0
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_failing_voice_is_replaced_for_this_text_and_told(tmp_path: Path) -> None:
    told: list[tuple[str, str]] = []
    prompts = Prompts(
        BrokenMouth(),
        tmp_path,
        last_resort=CountingMouth(),
        on_trouble=lambda part, why: told.append((part, why)),
    )
    assert prompts.get("Au secours").seconds > 0
    assert told == [("voice", "the voice has gone")]
    assert list(tmp_path.rglob("*.wav")) == []


@pytest.mark.parametrize(
    "error", [VoicebotError("the voice has gone"), OSError(28, "disk full"), RuntimeError("Luc")]
)
def test_one_failure_is_not_remembered(
    tmp_path: Path, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    mouth, last = BrokenMouth(), CountingMouth()
    prompts = Prompts(mouth, tmp_path, last_resort=last)
    mouth.error = error
    prompts.render(["Bonjour"])
    assert prompts.get("Bonjour").seconds > 0
    assert len(last.asked) == 2
    mouth.error = None
    prompts.get("Bonjour")
    prompts.get("Bonjour")
    assert (len(last.asked), len(mouth.asked)) == (2, 1)
    assert "Luc" not in caplog.text  # another library's message may quote the text


def test_what_a_caller_said_is_never_on_disk(tmp_path: Path) -> None:
    mouth = CountingMouth()
    prompts = Prompts(mouth, tmp_path)
    prompts.render(["Bonjour"])
    read_back = "Madame Petit, au 06 12 34 56 78 ?"
    assert prompts.get(read_back) is prompts.get(read_back)
    assert prompts.ready(read_back)
    prompts.render(["Au revoir"])
    assert len(list(tmp_path.rglob("*.wav"))) == 2
    prompts.render([read_back])  # only a text named as fixed goes there
    assert len(list(tmp_path.rglob("*.wav"))) == 3


def test_callers_texts_are_bounded_and_push_out_no_fixed_one(tmp_path: Path) -> None:
    mouth = CountingMouth()
    prompts = Prompts(mouth, tmp_path)
    prompts.render(["Bonjour"])
    one = prompts.get("Bonjour")
    for n in range(PASSING + 1):
        prompts.get(f"N{n}")
    assert not prompts.ready("N0")
    assert prompts.ready("N1")
    assert prompts.get("Bonjour") is one


def test_what_was_kept_of_callers_before_is_removed(tmp_path: Path) -> None:
    old = tmp_path / "a1" / ("a1" + "0" * 62 + ".wav")
    old.parent.mkdir()
    old.write_bytes(b"a caller's name")
    Prompts(CountingMouth(), tmp_path).render(["Bonjour"])
    assert not old.exists()
    Prompts(CountingMouth(), tmp_path)
    assert len(list(tmp_path.rglob("*.wav"))) == 1


def test_a_recording_wins_over_the_voice(tmp_path: Path) -> None:
    folder = tmp_path / "prompts"
    folder.mkdir()
    hum = np.sin(np.arange(24_000) / 5).astype(np.float32)
    write_wav(folder / "bonjour.wav", hum, 48_000)
    write_wav(folder / "au-revoir.wav", hum[:12_000], 48_000)
    (folder / "index.yml").write_text(
        "- text: Bonjour,   vous êtes chez nous !\n  file: bonjour.wav\n"
        "- response: utter_goodbye\n  file: au-revoir.wav\n"
    )
    mouth = CountingMouth()
    prompts = Prompts(mouth, tmp_path / "cache", folder)
    assert prompts.get("Bonjour, vous êtes chez nous !").seconds == pytest.approx(0.5, abs=0.02)
    assert prompts.get("Au revoir.", response="utter_goodbye").seconds == pytest.approx(
        0.25, abs=0.02
    )
    assert mouth.asked == []
    assert prompts.get("Au revoir.").seconds > 0
    assert mouth.asked == [("Au revoir.", "fr")]


def test_the_clients_own_recording_wins_over_the_shared_one(tmp_path: Path) -> None:
    for name, seconds in (("client", 1), ("shared", 2)):
        (tmp_path / name).mkdir()
        write_wav(tmp_path / name / "a.wav", np.sin(np.arange(16_000 * seconds) / 5))
        (tmp_path / name / "index.yml").write_text("- {text: Bonjour, file: a.wav}\n")
    prompts = Prompts(
        CountingMouth(), tmp_path / "cache", [tmp_path / "client", tmp_path / "shared"]
    )
    assert prompts.get("Bonjour").seconds == pytest.approx(1, abs=0.02)


def test_a_recording_that_is_no_sound_does_not_stop_the_call(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_text("not a sound")
    (tmp_path / "index.yml").write_text("- {text: Bonjour, file: a.wav}\n")
    mouth = CountingMouth()
    assert Prompts(mouth, tmp_path / "cache", tmp_path).get("Bonjour").seconds > 0
    assert mouth.asked == [("Bonjour", "fr")]


@pytest.mark.parametrize(
    ("index", "message"),
    [
        ("- {text: Bonjour, file: absent.wav}", "no recording 'absent.wav'"),
        ("- {text: Bonjour}", "0.file: Field required"),
        ("- {text: Bonjour, file: a.wav, fil: b}", "0.fil"),
        ("- {file: a.wav}", "neither text nor response"),
        ("- [", "index.yml:2: not valid YAML"),
    ],
)
def test_a_wrong_index_is_one_clear_line(tmp_path: Path, index: str, message: str) -> None:
    write_wav(tmp_path / "a.wav", np.ones(100, np.float32))
    (tmp_path / "index.yml").write_text(index + "\n")
    with pytest.raises(BadInput, match=message) as caught:
        Prompts(CountingMouth(), tmp_path / "cache", tmp_path)
    assert "index.yml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_rendering_ahead_tells_its_progress_and_makes_get_instant(tmp_path: Path) -> None:
    mouth = CountingMouth()
    prompts = Prompts(mouth, tmp_path)
    steps: list[tuple[int, int]] = []
    assert not prompts.ready("Un")
    count = prompts.render(["Un", "Deux", "Un", " "], lambda done, of: steps.append((done, of)))
    assert count == 2
    assert steps == [(1, 2), (2, 2)]
    assert prompts.ready("Un")


def test_many_threads_wanting_one_prompt_render_it_once(tmp_path: Path) -> None:
    mouth = CountingMouth()
    prompts = Prompts(mouth, tmp_path)
    start = threading.Barrier(8)

    def want() -> None:
        start.wait()
        prompts.get("Bonjour à tous")

    threads = [threading.Thread(target=want) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(mouth.asked) == 1
