"""Who speaks in a corpus, and what each says."""

from random import Random

import pytest

from tests.models.stamps import TEXTS, make_stamps
from voicebot.models.cast import SIGNS, Recorded
from voicebot.models.corpus import Director
from voicebot.models.recordings import FOREIGN
from voicebot.speech.encoder import WINDOW
from voicebot.speech.phones import INDEX


@pytest.fixture(scope="module")
def stamps(tmp_path_factory):
    return make_stamps(tmp_path_factory.mktemp("stamps"))


def said_by(cast, count=40):
    _, sayings = cast.people(1).somebody(Random(1))
    return [next(sayings) for _ in range(count)]


def test_french_recordings_have_the_ears_phonemes(stamps):
    cast = Recorded(folder=stamps)
    assert cast.labels is INDEX
    said = said_by(cast)
    assert {s.text for s in said} <= set(TEXTS["fr"])
    assert all(phone in INDEX for s in said for phone in s.phones)
    assert ("d", "ø", "p", "o", "m") in [s.phones for s in said]


def test_what_is_kept_out_is_said_by_nobody_in_training(stamps):
    trained = {s.text for s in said_by(Recorded(folder=stamps), 300)}
    tested = {s.text for s in said_by(Recorded(held_out=True, folder=stamps), 300)}
    assert trained and tested
    assert not trained & tested
    assert trained | tested == set(TEXTS["fr"])


def test_other_languages_have_signs_of_their_own(stamps):
    cast = Recorded(FOREIGN, folder=stamps)
    assert cast.labels[SIGNS[0]] == 1
    assert len(cast.labels) == len(SIGNS)
    said = said_by(cast)
    assert all(sign in cast.labels for s in said for sign in s.phones)
    assert any("ɾ" in s.phones or "r" in s.phones for s in said)


def test_no_two_times_alike(stamps):
    said = said_by(Recorded(folder=stamps))
    again = [s for s in said if s.text == said[0].text]
    assert len(again) > 1
    assert len({len(s.samples) for s in again}) > 1


def test_a_window_of_recorded_people_is_at_most_eight_seconds(stamps):
    director = Director(Recorded(folder=stamps).people(1), 1)
    windows = [director.window() for _ in range(12)]
    assert all(len(w.samples) <= WINDOW for w in windows)
    assert sum(bool(w.phones) for w in windows) > 6
