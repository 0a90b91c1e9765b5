import pytest

from voicebot.accounts.account import Place
from voicebot.accounts.role import Role
from voicebot.clock import FakeClock
from voicebot.errors import BadInput, NotFound
from voicebot.store import recovery_codes, sessions, users

ADMIN = Place(Role.ADMINISTRATOR)
MOREAU = frozenset({"plomberie-moreau"})


@pytest.fixture
def now():
    return FakeClock().now()


@pytest.fixture
def connection(database):
    with database.write() as connection:
        yield connection


@pytest.fixture
def anne(connection, now):
    return users.add(connection, "Anne", "Anne Leroy", ADMIN, now)


def test_an_account_is_found_again(connection, now):
    assert users.none_yet(connection)
    made = users.add(connection, "Karim", "Karim Haddad", Place(Role.TECHNICIAN, MOREAU, "k"), now)

    assert users.find(connection, made.id) == users.by_login(connection, " KARIM ") == made
    assert (made.login, made.clients, made.technician) == ("karim", MOREAU, "k")
    assert not made.has_password and not made.second_factor
    assert not users.none_yet(connection)


def test_a_login_is_given_once(connection, now, anne):
    with pytest.raises(BadInput, match="already"):
        users.add(connection, "ANNE", "Anne Petit", ADMIN, now)


def test_who_is_not_there(connection):
    with pytest.raises(NotFound):
        users.find(connection, 7)
    with pytest.raises(NotFound):
        users.by_login(connection, "nobody")


def test_the_last_administrator_stays(connection, now, anne):
    closed = users.add(connection, "old", "Old", ADMIN, now)
    users.disable(connection, closed.id, now)
    for undo in (
        lambda: users.disable(connection, anne.id, now),
        lambda: users.change(connection, anne.id, "Anne", Place(Role.OPERATOR)),
        lambda: users.remove(connection, anne.id),
    ):
        with pytest.raises(BadInput, match="last administrator"):
            undo()

    users.enable(connection, closed.id)
    users.disable(connection, anne.id, now)
    assert users.find(connection, anne.id).disabled_at == now


def test_an_account_that_is_closed_is_signed_out_everywhere(connection, now, anne):
    operator = users.add(connection, "op", "Op", Place(Role.OPERATOR), now)
    token = sessions.begin(connection, operator.id, now)
    assert sessions.find(connection, token, now)
    users.disable(connection, operator.id, now)
    assert sessions.find(connection, token, now) is None
    users.enable(connection, operator.id)
    assert sessions.find(connection, token, now) is None


def test_a_code_counts_once(connection, now, anne):
    users.keep_secret(connection, anne.id, "SECRET")
    assert not users.proof(connection, anne.id).second_factor
    users.confirm_secret(connection, anne.id, 100, now)

    assert users.proof(connection, anne.id).second_factor
    assert users.use_step(connection, anne.id, 101)
    assert not users.use_step(connection, anne.id, 101)
    assert not users.use_step(connection, anne.id, 100)


def test_a_recovery_code_opens_once_and_for_its_owner(connection, now, anne):
    other = users.add(connection, "op", "Op", Place(Role.OPERATOR), now)
    recovery_codes.replace(connection, anne.id, ["aaaa-bbbb", "cccc-dddd"])

    assert not recovery_codes.use(connection, other.id, "aaaa-bbbb", now)
    assert recovery_codes.use(connection, anne.id, "AAAA BBBB", now)
    assert not recovery_codes.use(connection, anne.id, "aaaa-bbbb", now)
    assert recovery_codes.left(connection, anne.id) == 1
    recovery_codes.replace(connection, anne.id, [])
    assert not recovery_codes.use(connection, anne.id, "cccc-dddd", now)
