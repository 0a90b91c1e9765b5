import pytest

from voicebot.oncall.pattern import compile_pattern
from voicebot.oncall.words import words_of


def found(pattern: str, text: str) -> str | None:
    words = words_of(text)
    span = next(compile_pattern(pattern).spans(words), None)
    return " ".join(words[span[0] : span[1] + 1]) if span else None


@pytest.mark.parametrize(
    ("pattern", "text", "words"),
    [
        ("respire plus/pas", "il ne respire plus", "respire plus"),
        ("respire plus/pas", "elle respire presque plus", "respire presque plus"),
        ("mal poitrine", "j'ai vraiment mal là à la poitrine", "mal la a la poitrine"),
        ("inond*", "la cave est toute inondée", "inondee"),
        ("fuite/fuit partout", "ça fuit de partout", "fuit de partout"),
        ("plus chauffage", "on n'a plus du tout de chauffage", "plus du tout de chauffage"),
        ("feu [dans] grange", "le feu à la grange", "feu a la grange"),
        ("du +sang", "y a du sang", "du sang"),
        ("quarante fievre", "plus de quarante de fièvre", "quarante de fievre"),
        ("sent gaz", "ça sent vraiment très fort le gaz", "sent vraiment tres fort le gaz"),
    ],
)
def test_matches(pattern, text, words):
    assert found(pattern, text) == words


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("respire plus/pas", "il respire bien mais il parle plus"),
        ("du +sang", "du coup je me sens mieux"),
        ("feu", "il n'y a pas de feu"),
        ("feu", "y a plus de feu"),
        ("fuit", "ça fuit plus"),
        ("fuite", "sans aucune fuite"),
        ("mal poitrine", "il a pas mal à la poitrine"),
        ("sent gaz", "ça sent pas le gaz"),
        ("mal poitrine", "j'ai mal au dos. ma poitrine va bien"),
        ("mal poitrine", "j'ai mal mais pas à la poitrine"),
        ("infarctus", "j'ai fait un infarctus il y a deux ans"),
        ("feu", "l'année dernière on a eu le feu"),
        ("plus connaissance", "non pas perdu connaissance"),
    ],
)
def test_does_not_match(pattern, text):
    assert found(pattern, text) is None


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("saigne", "il saigne plus fort qu'avant"),
        ("feu", "y a du feu pas loin"),
        ("mal poitrine", "il y a deux ans un infarctus et maintenant il a mal à la poitrine"),
        ("mort", "mon mari est mort je crois"),
    ],
)
def test_what_only_looks_like_a_denial_counts(pattern, text):
    assert found(pattern, text) is not None


@pytest.mark.parametrize("text", ["", "[feu]", "feu é+é", "garde-à-vue"])
def test_refuses_what_is_no_pattern(text):
    with pytest.raises(ValueError):
        compile_pattern(text)
