import pytest

from voicebot.accounts import password
from voicebot.errors import BadInput


def test_what_is_kept_opens_with_the_password_alone():
    kept = password.hashed("cheval agrafe pile correcte")
    assert kept.startswith("$argon2id$")
    assert "cheval" not in kept
    assert password.matches(kept, "cheval agrafe pile correcte")
    assert not password.matches(kept, "cheval agrafe pile Correcte")
    assert not password.worn(kept)


def test_two_keyboards_write_one_accent():
    kept = password.hashed("été à la plage")
    assert password.matches(kept, "été à la plage")


def test_where_there_is_no_account_nothing_opens():
    assert not password.matches(None, "cheval agrafe pile correcte")


def test_where_there_is_no_account_the_answer_takes_as_long():
    assert not password.worn(password.DECOY)


def test_a_crowd_is_sent_away_and_the_door_opens_again():
    for _ in range(8):
        assert password.CROWD.acquire(blocking=False)
    with pytest.raises(password.TooMany):
        password.matches(None, "cheval agrafe pile correcte")
    for _ in range(8):
        password.CROWD.release()
    assert not password.matches(None, "cheval agrafe pile correcte")


def test_a_hash_of_other_costs_is_worn():
    assert password.worn("$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$" + "A" * 43)


@pytest.mark.parametrize(
    "good", ["cheval agrafe pile", "vX9;kq2?pLw8", "un chat dort sous la table"]
)
def test_what_may_be_used(good):
    assert password.good(good, "claire", "Claire Martin") == good


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "court",
        "onze signes",
        "aaaaaaaaaaaaaaaa",
        "motdepasse123",
        "azertyuiop1234",
        "Claire.Martin!",
        "clairemartin2026",
        "x" * 257,
    ],
)
def test_what_may_not(bad):
    with pytest.raises(BadInput):
        password.good(bad, "claire.martin", "Claire Martin")
