from datetime import timedelta

import numpy as np
import pytest

from tests.web.conftest import NOW
from voicebot.store.entry import Entry
from voicebot.web.alignment import aligned
from voicebot.web.sound import FRAME_S, Loudness
from voicebot.web.turns import Transcript


def spoken(caller=(), bot=(), seconds=60):
    """A recording in which each voice is heard in these spans."""
    peaks = np.zeros((round(seconds / FRAME_S), 2), np.uint16)
    for voice, spans in enumerate((caller, bot)):
        for begin, end in spans:
            peaks[round(begin / FRAME_S) : round(end / FRAME_S), voice] = 9000
    return Loudness(peaks, seconds)


def said(at, *texts):
    return [Entry("said", NOW + timedelta(seconds=at), {"text": text}) for text in texts]


def heard(at, text="euh", speech_ms=500):
    return Entry("heard", NOW + timedelta(seconds=at), {"text": text, "speech_ms": speech_ms})


def starts(entries, loud):
    return [turn.start_s for turn in aligned(Transcript(NOW).lines(entries), NOW, loud)]


def test_a_number_begins_where_its_first_digit_does():
    digits = [(30.3, 30.8), (31.3, 32.2), (33.6, 34.2), (35.2, 35.5)]

    assert starts([heard(35.8)], spoken(caller=digits)) == [pytest.approx(30.3)]


def test_what_was_said_before_belongs_to_what_was_heard_before():
    loud = spoken(caller=[(5.0, 6.0), (6.9, 7.5)])

    assert starts([heard(6.3), heard(7.8)], loud) == [pytest.approx(5.0), pytest.approx(6.9)]


def test_a_cough_long_before_is_no_word():
    assert starts([heard(12)], spoken(caller=[(3.0, 3.3), (10.0, 11.5)])) == [pytest.approx(10.0)]


def test_sentences_in_a_row_begin_after_the_pauses_between_them():
    greeting = "Cabinet de Maître Durand, bonjour. Je suis l'assistant vocal du cabinet."
    loud = spoken(bot=[(0.0, 1.8), (2.2, 5.9), (6.3, 7.3)])

    entries = said(0, greeting, "Que puis-je pour vous ?")

    assert starts(entries, loud) == [0.0, pytest.approx(6.3)]


def test_a_sentence_cut_off_leaves_the_next_one_where_it_is():
    loud = spoken(caller=[(2.0, 3.0)], bot=[(0.0, 2.1), (4.0, 5.0)])
    entries = [*said(0, "Bonjour."), heard(3.3), *said(3.9, "Oui ?")]

    assert starts(entries, loud) == [0.0, pytest.approx(2.0), pytest.approx(4.0)]


def test_where_nothing_is_heard_the_journal_has_the_last_word():
    entries = [*said(1, "Bonjour."), heard(9)]

    assert starts(entries, spoken()) == [t.start_s for t in Transcript(NOW).lines(entries)]


def test_keys_and_notes_stay_where_they_are():
    entries = [Entry("pressed", NOW + timedelta(seconds=4), {"key": "1"}), Entry("silent", NOW)]

    assert starts(entries, spoken(caller=[(1, 2)])) == [4.0, None]


def test_what_two_people_say_is_found_on_each_one_s_channel():
    loud = spoken(caller=[(3.0, 4.0)])
    peaks = np.zeros((len(loud.peaks), 3), np.uint16)
    peaks[:, :2] = loud.peaks
    peaks[round(5.2 / FRAME_S) : round(6.5 / FRAME_S), 2] = 9000
    said_by = [("caller", 4.4), ("person", 7.0)]
    entries = [
        Entry("overheard", NOW + timedelta(seconds=at), {"who": who, "text": "oui"})
        for who, at in said_by
    ]

    found = starts(entries, Loudness(peaks, loud.seconds))

    assert found == [pytest.approx(3.0), pytest.approx(5.2)]
