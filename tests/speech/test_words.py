import pytest

from voicebot.speech.words import normalise, tokens, written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("J’ai plus d'eau !", "j' ai plus d' eau"),
        ("Quatre-vingt-dix-sept", "quatre vingt dix sept"),
        ("un rendez-vous aujourd'hui", "un rendez-vous aujourd'hui"),
        ("qu'est-ce qu'il dit ?", "qu' est-ce qu' il dit"),
        ("d'accord, quelqu'un", "d'accord quelqu'un"),
        ("b. comme Bernard", "b. comme bernard"),
        ("Fin. Début", "fin début"),
        ("", ""),
    ],
)
def test_tokens(text, expected):
    assert normalise(text) == expected


def test_what_is_written_can_be_read_again():
    text = "j'ai dit qu'il n'y a plus d'eau aujourd'hui et c'est grave"
    assert written(tokens(text)) == text


def test_an_elided_word_before_a_consonant_gets_its_vowel_back():
    assert written(["j'", "voudrais"]) == "je voudrais"


def test_spelt_letters_are_written_as_letters():
    assert written(["d.", "u.", "p."]) == "d u p"
