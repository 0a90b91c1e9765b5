import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.french.normalise import words
from voicebot.french.numbers import LARGEST, read_number, say_number


def read(text: str) -> int | None:
    tokens = [word.plain for word in words(text)]
    found = read_number(tokens)
    return found[0] if found and found[1] == len(tokens) else None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("zéro", 0),
        ("un", 1),
        ("une", 1),
        ("dix-sept", 17),
        ("vingt et un", 21),
        ("vingt-deux", 22),
        ("soixante et onze", 71),
        ("soixante-dix-huit", 78),
        ("quatre-vingts", 80),
        ("quatre-vingt-un", 81),
        ("quatre-vingt-dix-neuf", 99),
        ("septante-deux", 72),
        ("huitante-trois", 83),
        ("octante", 80),
        ("nonante-neuf", 99),
        ("nonante et un", 91),
        ("cent", 100),
        ("cent un", 101),
        ("deux cents", 200),
        ("six cent douze", 612),
        ("douze cent quatre", 1204),
        ("mille", 1000),
        ("deux mille trente-quatre", 2034),
        ("mille neuf cent quatre-vingt-quatre", 1984),
        ("douze mille trois cent quatre", 12_304),
        ("trois cent mille", 300_000),
        ("un million deux cent mille", 1_200_000),
        ("69003", 69_003),
        ("DEUX CENT", 200),
    ],
)
def test_reads(text, value):
    assert read(text) == value


@pytest.mark.parametrize("text", ["", "bonjour", "et", "vingts bonjour", "cent bonjour"])
def test_what_is_no_number_is_none_or_leaves_a_rest(text):
    assert read(text) is None


@given(st.integers(0, LARGEST))
def test_what_is_said_is_read_again(value):
    assert read(say_number(value)) == value


@pytest.mark.parametrize("value", [-1, LARGEST + 1])
def test_refuses_what_nobody_says(value):
    with pytest.raises(ValueError):
        say_number(value)
