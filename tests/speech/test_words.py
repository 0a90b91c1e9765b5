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


@pytest.mark.parametrize(
    "text",
    [
        "l'hiver", "l'humidité", "l'huissier", "d'honoraires", "j'hésite", "l'huître", "l'haleine",
        "d'habitude", "l'hôpital", "d'hier", "l'hameçon", "l'héritage", "l'héroïne", "l'homme",
        "le haut", "la hauteur", "le huit mars", "la honte", "le hasard", "le handicap", "la hotte",
        "le hangar", "la hanche", "le harcèlement", "la hernie", "le héros", "de heurter",
        "le hibou", "le hockey", "de hors", "la housse", "le hublot", "de hurler", "la hutte",
        "la halte", "le hamac", "le hameau", "le hamster", "le haricot", "la hache", "le harnais",
        "la hausse", "la hâte", "le hérisson", "la hollande", "la hongrie", "le hlm",
        "la hiérarchie", "la haie",
        "le yaourt", "que yann", "de yasmine", "l'yonne", "j'y vais", "d'yeux", "d'yvonne",
        "le onze", "le oui", "que euh", "c'est le un quarante", "l'un ou l'autre", "la une",
        "monsieur n'diaye", "madame m'baye", "l'heure", "l'iode", "l'ouest",
    ],
)  # fmt: skip
def test_what_is_elided_and_what_is_not(text):
    words = normalise(text.replace("n'd", "N'D").replace("m'b", "M'B")).split()
    assert written(words) == text
    restored = {"l'": "la", "j'": "je", "d'": "de"}
    assert written([restored.get(word, word) for word in words]) == text or "l'un" in text


@pytest.mark.parametrize("text", ["l' hublot", "d' haricots", "j' hurle", "qu' yann", "n' dors"])
def test_an_apostrophe_heard_before_no_vowel_is_written_in_full(text):
    assert "'" not in written(text.split())


@pytest.mark.parametrize(
    ("name", "token"),
    [
        ("N'Diaye", "n'diaye"),
        ("M’Baye", "m'baye"),
        ("O'Connor", "o'connor"),
        ("D'Souza", "d'souza"),
        ("d'Harcourt", "d'harcourt"),
        ("D'Angelo", "d' angelo"),
        ("L'Hôte", "l' hôte"),
    ],
)
def test_names_come_out_as_they_were_written(name, token):
    assert normalise(name) == token
    assert written(["monsieur", *tokens(name)]) == "monsieur " + name.lower().replace("’", "'")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("elle en a.", "elle en a"),
        ("Il y en a. Vite.", "il y en a vite"),
        ("j'y.", "j' y"),
        ("c'est là où il va à.", "c' est là où il va à"),
        ("le numéro 5.", "le numéro 5"),
        ("J'VEUX", "j' veux"),
        ("bâtiment a.", "bâtiment a."),
        ("a. b. y.", "a. b. y."),
        ("un quatre a.", "un quatre a."),
    ],
)
def test_a_full_stop_is_no_spelt_letter(text, expected):
    assert normalise(text) == expected
