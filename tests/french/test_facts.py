"""Yes and no, addresses, references, since when."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.french.addresses import read_address
from voicebot.french.references import read_reference
from voicebot.french.since import read_since
from voicebot.french.yes_no import read_yes_no


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("oui", True),
        ("ouais c'est ça", True),
        ("tout à fait", True),
        ("si", True),
        ("si si", True),
        ("d'accord", True),
        ("ben oui", True),
        ("euh oui je crois", True),
        ("je veux bien", True),
        ("non mais oui", True),
        ("ok merci", True),
        ("non", False),
        ("nan", False),
        ("pas vraiment", False),
        ("non merci", False),
        ("c'est pas ça", False),
        ("oui enfin non", False),
        ("bien sûr que non", False),
        ("pas du tout", False),
        ("non non ça ira", False),
        ("pas la peine", False),
        ("je sais pas", None),
        ("peut-être", None),
        ("y a une fuite", None),
        ("je n'arrive pas à couper l'eau", False),
        ("j'y arrive pas", False),
        ("impossible", False),
        ("si j'ai un problème", None),
        ("", None),
    ],
)
def test_yes_and_no(text, said):
    assert read_yes_no(text, expected=True) is said


def test_a_long_sentence_answers_only_a_question():
    text = "oui c'est madame dupont à l'appareil pour un rendez-vous"
    assert read_yes_no(text, expected=True) is True
    assert read_yes_no(text) is None


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("douze rue des Lilas à Lyon", "12 rue des Lilas à Lyon"),
        ("12 rue de la République", "12 rue de la République"),
        ("c'est 5 impasse du moulin, 69003 Lyon", "5 impasse du Moulin 69003 Lyon"),
        (
            "j'habite au quatre-vingt-deux bis avenue jean jaurès à villeurbanne troisième étage",
            "82 bis avenue Jean Jaurès à Villeurbanne, troisième étage",
        ),
        ("trois place Bellecour", "3 place Bellecour"),
    ],
)
def test_reads_an_address(text, address):
    found = read_address(text)
    assert found is not None
    assert (found.value, found.complete) == (address, True)


@pytest.mark.parametrize(
    ("text", "address"),
    [("à Lyon", "à Lyon"), ("place bellecour", "place Bellecour")],
)
def test_a_place_alone_is_an_address_where_one_is_awaited(text, address):
    found = read_address(text, expected=True)
    assert found is not None
    assert (found.value, found.complete) == (address, False)
    assert read_address(text) is None


@pytest.mark.parametrize("text", ["", "je suis dans la rue", "j'ai une fuite", "oui"])
def test_what_is_no_address(text):
    assert read_address(text, expected=True) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("le dossier numéro douze trente-quatre", "1234"),
        ("ticket 4587", "4587"),
        ("référence ab-2034", "AB-2034"),
        ("contrat c comme charlie sept cent douze", "C712"),
        ("commande deux mille trente-quatre", "2034"),
    ],
)
def test_reads_a_reference_after_its_cue(text, code):
    found = read_reference(text)
    assert found is not None and found.value == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("A B deux mille trente-quatre", "AB2034"),
        ("zéro sept b douze", "07B12"),
        ("c'est le FR-2026-17", "FR-2026-17"),
        ("deux b quarante", "BB40"),
    ],
)
def test_reads_a_bare_reference_where_one_is_awaited(text, code):
    found = read_reference(text, expected=True)
    assert found is not None and found.value == code
    assert read_reference(text) is None


@pytest.mark.parametrize("text", ["", "je l'ai pas", "j'ai deux enfants", "oui"])
def test_what_is_no_reference(text):
    assert read_reference(text, expected=True) is None


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("ça fuit depuis hier soir", "depuis hier soir"),
        ("ça fait trois jours que ça dure", "ça fait trois jours"),
        ("depuis ce matin huit heures y a plus d'eau", "depuis ce matin huit heures"),
        ("il y a une fuite depuis une demi-heure", "depuis une demi-heure"),
        ("c'est arrivé y a deux heures", "y a deux heures"),
        ("y a plus d'eau", None),
        ("ça fait du bruit", None),
        ("", None),
    ],
)
def test_since_when(text, since):
    assert read_since(text) == since


@given(st.text(max_size=60))
def test_never_raises(text):
    read_yes_no(text, expected=True)
    read_address(text, expected=True)
    read_reference(text, expected=True)
    read_since(text)
