"""Recorded people: which recordings are taken, and how they are heard."""

import pytest

from tests.models.stamps import TEXTS, make_stamps
from voicebot.models.recordings import (
    FOREIGN,
    FRENCH,
    HOW_TO_GET,
    STAMPS,
    has_recordings,
    recordings,
)
from voicebot.speech.ear import SAMPLE_RATE


@pytest.fixture(scope="module")
def stamps(tmp_path_factory):
    return make_stamps(tmp_path_factory.mktemp("stamps"))


def test_each_recording_stands_beside_its_text(stamps):
    assert [r.text for r in recordings(FRENCH, stamps)] == list(TEXTS["fr"])
    assert {r.language for r in recordings(FOREIGN, stamps)} == {"es"}


def test_the_silence_around_the_words_is_cut_off(stamps):
    first = recordings(FRENCH, stamps)[0].sound()
    assert 0.4 * SAMPLE_RATE < len(first) < 1.6 * SAMPLE_RATE
    assert abs(first).max() == pytest.approx(0.5)


@pytest.mark.parametrize(
    "text", ["Une pièce de 25 cents.", "Un « quarter ».", "Un dollar ($).", ""]
)
def test_what_is_more_than_words_is_left_out(tmp_path, text):
    make_stamps(tmp_path)
    (tmp_path / "animals" / "fr0.txt").write_text(f"x\nfr.utf8={text}\n", encoding="utf-8")
    assert text not in [r.text for r in recordings(FRENCH, tmp_path)]
    assert len(recordings(FRENCH, tmp_path)) == len(TEXTS["fr"]) - 1


def test_a_recording_without_its_text_is_left_out(tmp_path):
    make_stamps(tmp_path)
    (tmp_path / "animals" / "fr0.txt").unlink()
    assert TEXTS["fr"][0] not in [r.text for r in recordings(FRENCH, tmp_path)]


def test_without_the_package_there_are_none(tmp_path):
    assert not has_recordings(tmp_path / "nowhere")


@pytest.mark.skipif(not has_recordings(), reason=f"no recordings of people: {HOW_TO_GET}")
def test_the_packages_recordings_are_enough_and_some_are_kept_out():
    french = recordings(FRENCH, STAMPS)
    kept_out = {r.text for r in french if r.held_out}
    assert len(french) > 700
    assert 60 < len(kept_out) < 200
    assert not kept_out & {r.text for r in french if not r.held_out}
