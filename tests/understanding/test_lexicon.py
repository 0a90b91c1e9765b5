import pytest

from voicebot.understanding.lexicon import Lexicon
from voicebot.understanding.training import read_lookups


@pytest.fixture(scope="module")
def lexicon(nlu) -> Lexicon:
    return Lexicon.read(nlu / "fr")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("la chaudière du sous-sol fuit", [("object", "chaudière"), ("place", "sous-sol")]),
        ("mes radiateurs sont froids", [("object", "radiateurs")]),
        ("le cumulus de la salle de bain", [("object", "cumulus"), ("place", "salle de bain")]),
        ("y a du bruit chambre douze", [("place", "chambre douze")]),
        ("au bâtiment B", [("place", "bâtiment B")]),
        ("il est au commissariat de Mulhouse", [("place", "commissariat de Mulhouse")]),
        ("ascenseur bloqué au troisième", [("object", "ascenseur"), ("place", "au troisième")]),
        ("bonjour madame", []),
        ("", []),
    ],
)  # fmt: skip
def test_says_what_is_broken_and_where(lexicon, text, found):
    assert lexicon.find(text) == found


def test_of_people_only_the_place_is_told(lexicon):
    assert lexicon.find("il s'est coincé sous la porte du garage", objects=False) == [
        ("place", "garage")
    ]


def test_words_of_one_sort_look_alike(lexicon):
    assert lexicon.sorted_text("la chaudiere marche plus") == lexicon.sorted_text(
        "la pac marche plus"
    )


def test_no_lookups_no_sorts(tmp_path):
    lexicon = Lexicon.read(tmp_path)
    assert lexicon.sorted_text("ma chaudiere") == "ma chaudiere"
    assert lexicon.find("ma chaudière") == []


def test_every_table_of_the_project_is_read(nlu):
    tables = read_lookups(nlu / "fr")
    assert {"place", "heating_object", "it_object"} <= tables.keys()
    assert all(tables.values())
