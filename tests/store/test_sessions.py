from datetime import timedelta

import pytest
from sqlalchemy import select

from voicebot.accounts.account import Place
from voicebot.accounts.role import Role
from voicebot.accounts.session import IDLE, LIFE
from voicebot.clock import FakeClock
from voicebot.store import invitations, sessions, users
from voicebot.store.accounts_tables import sessions as table


@pytest.fixture
def now():
    return FakeClock().now()


@pytest.fixture
def connection(database):
    with database.write() as connection:
        yield connection


@pytest.fixture
def user(connection, now):
    return users.add(connection, "claire", "Claire", Place(Role.OPERATOR), now).id


def test_the_store_does_not_know_the_token(connection, user, now):
    token = sessions.begin(connection, user, now, agent="Firefox" * 100, address="192.0.2.1")

    assert token not in str(connection.execute(select(table)).all())
    found = sessions.find(connection, token, now)
    assert (found.user_id, found.address, len(found.agent)) == (user, "192.0.2.1", 256)
    assert sessions.find(connection, token + "x", now) is None
    assert sessions.find(connection, "", now) is None


def test_it_lasts_while_it_is_used(connection, user, now):
    token = sessions.begin(connection, user, now)
    assert sessions.find(connection, token, now + IDLE) is None
    found = sessions.find(connection, token, now)
    sessions.touch(connection, found.id, now + timedelta(hours=1))
    assert sessions.find(connection, token, now + IDLE)


def test_one_is_ended_or_all_but_this(connection, user, now):
    here, there, elsewhere = (sessions.begin(connection, user, now) for _ in range(3))
    mine = sessions.find(connection, here, now)
    sessions.end(connection, sessions.find(connection, there, now).id)
    assert len(sessions.of(connection, user, now)) == 2
    assert sessions.end_all(connection, user, but=mine.id) == 1
    assert sessions.of(connection, user, now) == (mine,)
    assert sessions.find(connection, elsewhere, now) is None


def test_old_ones_are_swept_away(connection, user, now):
    sessions.begin(connection, user, now)
    sessions.begin(connection, user, now + LIFE + timedelta(hours=1))
    assert len(connection.execute(select(table)).all()) == 1


def test_an_invitation_opens_once(connection, user, now):
    token = invitations.make(connection, user, now)
    found = invitations.find(connection, token)
    assert (found.user_id, found.over(now)) == (user, False)
    assert found.over(found.expires_at)
    assert invitations.use(connection, found.id, now)
    assert not invitations.use(connection, found.id, now)
    assert invitations.find(connection, token).over(now)


def test_a_later_invitation_closes_the_one_before(connection, user, now):
    first, other = invitations.make(connection, None, now), invitations.make(connection, user, now)
    second = invitations.make(connection, None, now)
    assert invitations.find(connection, first) is None
    assert invitations.find(connection, second) and invitations.find(connection, other)
