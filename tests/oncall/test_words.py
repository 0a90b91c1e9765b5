import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.oncall.words import plain, sound, words_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("fuite", "fuites"),
        ("respire", "respirer"),
        ("respire", "respirent"),
        ("brûlé", "brûlée"),
        ("brûlé", "brûler"),
        ("étouffe", "étouffé"),
        ("mort", "mord"),
        ("tombé", "tombe"),
        ("chaudière", "chaudières"),
        ("eau", "eaux"),
        ("plus", "plu"),
        ("saigne", "saignent"),
    ],
)
def test_what_sounds_alike_is_one(one, other):
    assert sound(plain(one)) == sound(plain(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("feu", "fuite"), ("gaz", "gars"), ("fumée", "faim"), ("mur", "mort"), ("pas", "plus")],
)
def test_what_does_not_is_two(one, other):
    assert sound(plain(one)) != sound(plain(other))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Euh, il n'respire plus !", ("il", "respire", "plus", ".")),
        ("il ne respire plus", ("il", "respire", "plus")),
        ("du s- sang", ("du", "sang")),
        ("Y’a l’eau qui coule", ("y", "a", "eau", "qui", "coule")),
        ("", ()),
    ],
)
def test_words_of(text, words):
    assert words_of(text) == words


@given(st.text(max_size=80))
def test_never_raises(text):
    for word in words_of(text):
        sound(word)
