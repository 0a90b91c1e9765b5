import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.french.names import read_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("je m'appelle Martin Dupont", "Martin Dupont"),
        ("c'est madame lefèvre à l'appareil", "madame Lefèvre"),
        ("Dupont à l'appareil", "Dupont"),
        ("bonjour mon nom c'est karim benali", "Karim Benali"),
        ("je suis madame petit et j'ai une fuite", "madame Petit"),
        ("je m'appelle dupont et mon chauffage marche plus", "Dupont"),
        ("je m'appelle jean pierre de la tour", "Jean-Pierre de La Tour"),
        ("je suis martin dupont et je voudrais savoir", "Martin Dupont"),
        ("oui bonsoir c'est luc morel", "Luc Morel"),
        ("c'est bertrand de la société lambert", "Bertrand"),
        ("madame martin", "madame Martin"),
        ("oui c'est madame martin à la parail", "madame Martin"),
        ("bonsoir monsieur le goff", "monsieur Le Goff"),
        ("c'est le docteur vidal", "docteur Vidal"),
        ("bonjour je suis Zoltan Kovacs", "Zoltan Kovacs"),
        ("my name is John Smith", "John Smith"),
        ("Mme Sophie Leroy à l'appareil", "madame Sophie Leroy"),
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
        ("monsieur garcia", "monsieur Garcia"),
        ("legrand sophie legrand", "Sophie Legrand"),
        ("lefort lefort à l'appareil", "Lefort"),
        ("l e deux l o u c h e", "Lellouche"),
        ("d apostrophe a l m e i d a", "D'Almeida"),
        ("non c'est durand", "Durand"),
        ("non c'est pas ça c'est durand avec un d", "Durand"),
        ("O'Brien", "O'Brien"),
        ("le goff", "Le Goff"),
        ("c'est monsieur le gall", "monsieur Le Gall"),
        ("docteur keller", "docteur Keller"),
        ("petit", "Petit"),
        ("je vous l'ai dit martin", "Martin"),
        ("c'est monsieur ben amar", "monsieur Ben Amar"),
        ("martine leroy de la pharmacie", "Martine Leroy"),
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
        "pour le docteur keller",
        "c'est pour le docteur keller",
        "jeudi ou vendredi plutôt le matin",
        "non je veux quelqu'un c'est au sujet de mon divorce",
        "en fin de matinée",
        "demain matin",
    ],
)
def test_what_is_no_name(text):
    assert read_name(text, expected=True) is None


@pytest.mark.parametrize(
    "text",
    [
        "allô maître durand",
        "bonjour docteur keller",
        "je voudrais parler à madame martin",
        "c'est pour monsieur dupont",
        "je vous appelle de la part de madame dupont",
        "je suis malade",
        "je suis enfermé dehors",
        "c'est claire",
        "c'est urgent",
        "je suis client chez vous",
        "oui madame",
        "bonjour madame je voudrais un rendez-vous",
        "je suis la voisine de madame martin",
    ],
)
def test_who_is_called_or_spoken_of_is_not_who_calls(text):
    assert read_name(text) is None


@given(st.text(max_size=60))
def test_never_raises(text):
    read_name(text, expected=True)
