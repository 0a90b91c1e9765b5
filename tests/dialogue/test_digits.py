import pytest

from voicebot.dialogue.digits import join, patched, telephone, too_many


@pytest.mark.parametrize(
    ("digits", "number"),
    [
        ("0612345678", "+33612345678"),
        ("061234567", None),
        ("06123456789", None),
        ("+41791234567", "+41791234567"),
        ("0041791234567", "+41791234567"),
        ("612345678", None),
        ("", None),
        ("²²²²²²²²²²", None),
    ],
)
def test_telephone(digits, number):
    assert telephone(digits) == number


def test_a_caller_who_starts_again_is_believed():
    assert join("0612", "3456") == "06123456"
    assert join("0612", "0612345678") == "0612345678"


@pytest.mark.parametrize(
    ("part", "words", "number"),
    [
        ("42", "non quarante-deux à la fin", "+33612345642"),
        ("07", "non ça commence par zéro sept", "+33712345678"),
        ("42", "non quarante-deux", None),
        ("061234567899", "à la fin", None),
    ],
)
def test_patched(part, words, number):
    assert patched("+33612345678", part, words) == number


def test_too_many():
    assert too_many("06123456789") and not too_many("0033612345678")


def test_a_pair_alone_takes_the_place_of_the_one_like_it():
    assert patched("+33612345699", "13", "non treize") == "+33613345699"
    assert patched("+33612131499", "15", "non quinze") is None
