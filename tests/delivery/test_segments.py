import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.delivery.segments import EXTENDED, GSM7, length, plain, shortened


@pytest.mark.parametrize(
    ("text", "units", "segments", "unicode"),
    [
        ("", 0, 0, False),
        ("é" * 160, 160, 1, False),
        ("a" * 161, 161, 2, False),
        ("a" * 306, 306, 2, False),
        ("a" * 307, 307, 3, False),
        ("€" * 80, 160, 1, False),
        ("€" * 81, 162, 2, False),
        # 153 is odd: the 77th € would be torn in two, so it moves to the next part.
        ("€" * 152, 304, 2, False),
        ("€" * 153, 306, 3, False),
        ("ê" * 70, 70, 1, True),
        ("ê" * 71, 71, 2, True),
        ("ê" * 134, 134, 2, True),
        ("ê" * 135, 135, 3, True),
        ("😀" * 35, 70, 1, True),
        # 67 is odd too.
        ("😀" * 66, 132, 2, True),
        ("😀" * 67, 134, 3, True),
        ("à é è ù ì ò Ç É Ä Ö ñ ü", 23, 1, False),
    ],
)
def test_length(text, units, segments, unicode):
    assert vars(length(text)) == {"units": units, "segments": segments, "unicode": unicode}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Réponds à l'été, où ?", "Réponds à l'été, où ?"),
        ("Forêt, Noël, ça, août", "Foret, Noel, ca, aout"),
        ("« L’œuvre » … déjà — 12 °C", '" L\'oeuvre " ... déjà - 12 oC'),
        ("e\N{COMBINING ACUTE ACCENT}te\N{COMBINING CIRCUMFLEX ACCENT}", "éte"),
        ("22\N{NO-BREAK SPACE}h\N{NARROW NO-BREAK SPACE}05", "22 h 05"),
        ("Şahin", "Sahin"),
        ("Ωmega €", "Ωmega €"),
        ("日本", "??"),
    ],
)
def test_plain(text, written):
    assert plain(text) == written


def test_shortened_cuts_between_words():
    text = "Fuite d'eau qui coule du plafond, deuxième étage"
    assert shortened(text, 200) == text
    assert shortened(text, 30) == "Fuite d'eau qui coule du..."


def test_shortened_cuts_a_word_that_is_too_long():
    assert shortened("a" * 50, 20) == "a" * 17 + "..."


@given(st.text(max_size=400), st.integers(10, 300))
def test_shortened_is_never_longer(text, units):
    short = shortened(text, units)
    assert length(short).units <= units
    assert set(short) <= GSM7 | EXTENDED
