import pytest

from voicebot.accounts.takes import MOST_SKILLS, Takes, takes_of
from voicebot.errors import BadInput


def test_what_was_typed_is_kept_without_its_blanks():
    found = takes_of([" gaz ", "pompe\tà  chaleur", "", "gaz"], [" EN", "fr"], 2)
    assert found == Takes(frozenset({"gaz", "pompe à chaleur"}), frozenset({"en", "fr"}), 2)
    assert str(found) == "en, fr; 2 at once; skills: gaz, pompe à chaleur"


def test_french_and_one_call_when_nothing_is_said():
    assert str(Takes()) == "fr; 1 at once"


@pytest.mark.parametrize(
    ("given", "match"),
    [
        (([], [], 1), "a language at least"),
        (([], ["français"], 1), "'français' is not a language"),
        (([], ["fr"], 0), "1 to 5"),
        (([], ["fr"], 6), "1 to 5"),
        (([f"skill {n}" for n in range(MOST_SKILLS + 1)], ["fr"], 1), "30 skills"),
    ],
)
def test_what_nobody_can_take(given, match):
    with pytest.raises(BadInput, match=match):
        takes_of(*given)


def test_a_skill_is_kept_as_it_is_compared():
    with pytest.raises(BadInput, match="not a skill"):
        Takes(frozenset({" gaz"}))
