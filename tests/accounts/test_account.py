import pytest

from voicebot.accounts.account import Place, login_of, name_of
from voicebot.accounts.role import Role
from voicebot.errors import BadInput

MOREAU = frozenset({"plomberie-moreau"})


@pytest.mark.parametrize(
    ("typed", "kept"), [("Claire", "claire"), (" claire@exemple.fr ", "claire@exemple.fr")]
)
def test_logins(typed, kept):
    assert login_of(typed) == kept


@pytest.mark.parametrize("typed", ["", "a", "claire martin", "été", "../x", "a" * 65, "<b>"])
def test_what_is_no_login(typed):
    with pytest.raises(BadInput):
        login_of(typed)


def test_a_name_stands_on_one_line():
    assert name_of("  Claire\n Martin ") == "Claire Martin"
    assert len(name_of("x" * 500)) == 64
    with pytest.raises(BadInput):
        name_of(" \n ")


@pytest.mark.parametrize(
    "place",
    [
        (Role.ADMINISTRATOR,),
        (Role.OPERATOR,),
        (Role.OPERATOR, MOREAU),
        (Role.CLIENT, MOREAU),
        (Role.TECHNICIAN, MOREAU, "karim"),
    ],
)
def test_places(place):
    assert Place(*place).role is place[0]


@pytest.mark.parametrize(
    "place",
    [
        (Role.ADMINISTRATOR, MOREAU),
        (Role.OPERATOR, frozenset()),
        (Role.OPERATOR, frozenset({"../etc"})),
        (Role.OPERATOR, MOREAU, "karim"),
        (Role.CLIENT,),
        (Role.CLIENT, frozenset()),
        (Role.TECHNICIAN, None, "karim"),
        (Role.TECHNICIAN, MOREAU),
    ],
)
def test_what_would_show_too_much_or_nothing(place):
    with pytest.raises(BadInput):
        Place(*place)
