import pytest

from voicebot.speech.english.words import normalise, tokens, written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("There’s no hot water!", "there's no hot water"),
        ("twenty-five, check-in", "twenty five check in"),
        ("I'm the doctor's wife", "i'm the doctor's wife"),
        ("it's B. as in Bob", "it's b. as in bob"),
        ("that's a. n. n. a.", "that's a. n. n. a."),
        ("so do I.", "so do i"),
        ("'cause it's late", "'cause it's late"),
        ("The end. A new start.", "the end a new start"),
        ("", ""),
    ],
)
def test_tokens(text, expected):
    assert normalise(text) == expected


def test_what_is_written_can_be_read_again():
    text = "i can't get in and the lift's stuck at nine o'clock"
    assert written(tokens(text)) == text


def test_spelt_letters_are_written_as_letters():
    assert written(["h.", "u.", "double", "s."]) == "h u double s"
