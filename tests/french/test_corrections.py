import pytest

from voicebot.french.corrections import Correction, read_correction


@pytest.mark.parametrize(
    ("text", "new", "old"),
    [
        ("non c'est treize au lieu de douze", "13", "12"),
        ("douze au lieu de treize", "12", "13"),
        ("non pas le 42, le 43", "43", "42"),
        ("c'est 06 13 pas 06 12", "0613", "0612"),
        ("c'est pas quarante deux c'est quarante trois", "43", "42"),
        ("non pas quarante-deux quarante-trois", "43", "42"),
        ("soixante dix huit et pas soixante huit", "78", "68"),
        ("quatre vingt dix à la place de quatre vingt", "90", "80"),
    ],
)
def test_reads_what_takes_the_place_of_what(text, new, old):
    assert read_correction(text) == Correction(new, old)


@pytest.mark.parametrize(
    "text",
    ["", "oui", "non", "non c'est pas ça", "06 12 34 56 78", "non le 06 12 34 56 79", "pas le 42"],
)
def test_what_is_no_correction(text):
    assert read_correction(text) is None
