from datetime import UTC, datetime, timedelta

import pytest

from voicebot.accounts.device import LIFE, known, token
from voicebot.accounts.keyring import by_chance

NOW = datetime(2026, 1, 14, 21, 30, tzinfo=UTC)
CHOSEN = NOW - timedelta(days=9)
RING = by_chance()


def test_it_is_known_again_until_its_time_is_over():
    given = token(RING, 7, CHOSEN, NOW)
    name = known(RING, given, 7, CHOSEN, NOW + LIFE - timedelta(seconds=1))
    assert len(name) > 40
    assert known(RING, given, 7, CHOSEN, NOW) == name
    assert known(RING, given, 7, CHOSEN, NOW + LIFE) == ""


def test_two_devices_have_two_names():
    first, second = (known(RING, token(RING, 7, CHOSEN, NOW), 7, CHOSEN, NOW) for _ in range(2))
    assert first != second


@pytest.mark.parametrize(
    ("ring", "user_id", "chosen_at"),
    [(by_chance(), 7, CHOSEN), (RING, 8, CHOSEN), (RING, 7, NOW), (RING, 7, None)],
    ids=["another key", "another account", "another password", "no password"],
)
def test_it_is_known_for_nothing_else(ring, user_id, chosen_at):
    assert known(ring, token(RING, 7, CHOSEN, NOW), user_id, chosen_at, NOW) == ""


@pytest.mark.parametrize("given", ["", ".", "..", "1.a.b", "é.é.é", "x" * 5000])
def test_what_a_stranger_makes_up(given):
    assert known(RING, given, 7, CHOSEN, NOW) == ""


def test_its_time_cannot_be_put_off():
    since, _, rest = token(RING, 7, CHOSEN, NOW).partition(".")
    later = NOW + LIFE
    assert known(RING, f"{int(since) + 9}.{rest}", 7, CHOSEN, later) == ""
