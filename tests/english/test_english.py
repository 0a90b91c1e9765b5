from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.english.dates import any_time, read_date
from voicebot.english.names import read_name
from voicebot.english.numbers import read_number
from voicebot.english.phone import read_phone
from voicebot.english.words import is_english, plain_words
from voicebot.english.yes_no import read_yes_no

NOW = datetime(2026, 1, 14, 21, 30)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("oh six one two three four five six seven eight", "+33612345678"),
        ("it's zero six, twelve, thirty-four, fifty-six, seventy-eight", "+33612345678"),
        ("plus four four seven seven double oh nine double oh one two three", "+447700900123"),
        ("oh two oh seven nine four six double oh one eight", "+442079460018"),
        ("0612345678", "+33612345678"),
    ],
)
def test_reads_numbers(text, number):
    found = read_phone(text)
    assert found is not None and (found.number, found.complete) == (number, True)


def test_a_part_of_a_number_only_where_one_is_awaited():
    assert read_phone("oh six one two") is None
    found = read_phone("oh six one two", expected=True)
    assert found is not None and (found.number, found.complete) == ("0612", False)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("my name is John Smith", "John Smith"),
        ("hello this is mrs brown", "Mrs Brown"),
        ("john smith", "John Smith"),
        ("it's Brown", "Brown"),
        ("yes I'm Peter Green and I have a booking", "Peter Green"),
        ("Smith speaking", "Smith"),
    ],
)
def test_reads_names_where_one_is_awaited(text, name):
    found = read_name(text, expected=True)
    assert found is not None and found.value == name


@pytest.mark.parametrize(
    "text", ["I'm locked out", "can I speak to someone", "yes", "I don't know", "tomorrow morning"]
)
def test_what_is_no_name(text):
    assert read_name(text, expected=True) is None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("tomorrow morning", "2026-01-15/matin"),
        ("on Friday at ten am", "2026-01-16T10:00"),
        ("tomorrow at half past three pm", "2026-01-15T15:30"),
        ("next Monday", "2026-01-19"),
        ("in the morning", "2026-01-15/matin"),
        ("no idea", None),
    ],
)
def test_reads_days(text, iso):
    assert read_date(text, NOW) == iso


def test_any_time():
    assert any_time("whenever you like") and any_time("as soon as possible")
    assert not any_time("on Friday")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("yes", True),
        ("yeah that's fine", True),
        ("that's right", True),
        ("no", False),
        ("that's not right", False),
        ("not really", False),
        ("I don't know", None),
        ("Brown", None),
    ],
)
def test_yes_and_no(text, said):
    assert read_yes_no(text, expected=True) is said


@pytest.mark.parametrize(
    ("text", "number"),
    [("room twelve", 12), ("two one four", 214), ("two hundred and fourteen", 214), ("no", None)],
)
def test_counts(text, number):
    assert read_number(plain_words(text)) == number


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("hello do you speak english", True),
        ("we are locked out of the hotel", True),
        ("je voudrais réserver une chambre", False),
        ("oui hello c'est pour une room", False),
        ("yes", False),
        ("12 rue des Lilas", False),
        ("le serveur est down on a un message help", False),
    ],
)
def test_tells_english_from_french(text, english):
    assert is_english(text) is english


@given(st.text(max_size=60))
def test_never_raises(text):
    read_phone(text, expected=True)
    read_name(text, expected=True)
    read_date(text, NOW)
    read_yes_no(text, expected=True)
    read_number(plain_words(text))
