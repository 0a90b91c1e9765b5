from datetime import UTC, datetime, timedelta

from voicebot.accounts.session import HALFWAY, IDLE, LIFE, Session

NOW = datetime(2026, 1, 14, 21, 30, tzinfo=UTC)
A_SECOND = timedelta(seconds=1)


def session(made=NOW, seen=NOW, halfway=False):
    return Session(1, 1, "csrf", made, seen, halfway)


def test_it_ends_when_nobody_uses_it():
    assert not session().over(NOW + IDLE - A_SECOND)
    assert session().over(NOW + IDLE)


def test_it_ends_however_much_it_is_used():
    seen = NOW + LIFE - A_SECOND
    assert not session(seen=seen).over(NOW + LIFE - A_SECOND)
    assert session(seen=seen).over(NOW + LIFE)


def test_halfway_it_ends_soon():
    assert not session(halfway=True).over(NOW + HALFWAY - A_SECOND)
    assert session(halfway=True).over(NOW + HALFWAY)


def test_a_clock_put_back_by_a_little_ends_nothing_and_by_much_does():
    assert not session().over(NOW - A_SECOND)
    assert session().over(NOW - IDLE - A_SECOND)


def test_not_every_request_is_written_down():
    assert not session().stale(NOW + timedelta(seconds=59))
    assert session().stale(NOW + timedelta(seconds=60))
