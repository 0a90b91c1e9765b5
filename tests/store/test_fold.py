import pytest

from voicebot.store.fold import fold, terms


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Dégât  des EAUX", "degat des eaux"),
        ("Hélène Noël\n", "helene noel"),
        ("œuvre", "œuvre"),
        ("STRASSE straße", "strasse strasse"),
        ("", ""),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("fuite d'eau", ["fuite", "d'eau"]),
        ("06 12 34 56 78", ["612345678"]),
        ("06.12.34.56.78 Martin", ["612345678", "martin"]),
        ("+33 6 12 34 56 78", ["33612345678"]),
        ("12 rue des Lilas", ["12", "rue", "des", "lilas"]),
        ("2026-01", ["202601"]),
        ("", []),
    ],
)
def test_terms(search, found):
    assert terms(search) == found
