import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.french.names import read_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("je m'appelle Martin Dupont", "Martin Dupont"),
        ("c'est madame lefèvre à l'appareil", "Lefèvre"),
        ("Dupont à l'appareil", "Dupont"),
        ("bonjour mon nom c'est karim benali", "Karim Benali"),
        ("je suis madame petit et j'ai une fuite", "Petit"),
        ("je m'appelle dupont et mon chauffage marche plus", "Dupont"),
        ("je m'appelle jean pierre de la tour", "Jean-Pierre de La Tour"),
        ("ça s'écrit d u p o n t", "Dupont"),
        ("d comme denise u p o n t", "Dupont"),
    ],
)
def test_reads_who_introduces_himself(text, name):
    found = read_name(text)
    assert found is not None and found.value == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("martin", "Martin"),
        ("oui bonjour c'est jean pierre martin", "Jean-Pierre Martin"),
        ("euh ben sophie bernard voilà", "Sophie Bernard"),
        ("monsieur garcia", "Garcia"),
        ("legrand sophie legrand", "Sophie Legrand"),
        ("lefort lefort à l'appareil", "Lefort"),
        ("l e deux l o u c h e", "Lellouche"),
        ("d apostrophe a l m e i d a", "D'Almeida"),
        ("non c'est durand", "Durand"),
        ("non c'est pas ça c'est durand avec un d", "Durand"),
        ("O'Brien", "O'Brien"),
    ],
)
def test_reads_a_bare_name_where_one_is_awaited(text, name):
    found = read_name(text, expected=True)
    assert found is not None and found.value == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "oui",
        "je voudrais un rendez-vous",
        "c'est pour une fuite",
        "je suis dans la rue",
        "attendez",
        "non merci",
        "zéro six douze",
        "non vous vous trompez",
    ],
)
def test_what_is_no_name(text):
    assert read_name(text, expected=True) is None


@given(st.text(max_size=60))
def test_never_raises(text):
    read_name(text, expected=True)
