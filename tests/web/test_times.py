from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from voicebot.web import times

PARIS = ZoneInfo("Europe/Paris")
REUNION = ZoneInfo("Indian/Reunion")
EVENING = datetime(2026, 1, 14, 22, 59, 59, tzinfo=UTC)  # a second before midnight in Paris


def test_the_client_s_own_zone():
    assert times.hour(EVENING, PARIS) == "23:59"
    assert times.stamp(EVENING, REUNION) == "02:59:59"
    assert times.when(EVENING, REUNION) == "jeudi 15 janvier 2026 à 2\xa0h\xa059"


def test_the_day_turns_at_the_client_s_midnight():
    after = EVENING + timedelta(seconds=1)

    assert times.day(EVENING, PARIS, EVENING) == "Aujourd'hui"
    assert times.day(EVENING, PARIS, after) == "Hier"
    assert times.day(EVENING, REUNION, after) == "Aujourd'hui"
    assert times.day(EVENING, PARIS, after + timedelta(days=1)) == "Mercredi 14 janvier 2026"


def test_both_nights_of_the_clock_change():
    spring = datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    autumn = datetime(2026, 10, 25, 1, 0, tzinfo=UTC)

    assert times.hour(spring - timedelta(seconds=1), PARIS) == "01:59"
    assert times.hour(spring, PARIS) == "03:00"
    assert times.hour(autumn - timedelta(seconds=1), PARIS) == "02:59"
    assert times.hour(autumn, PARIS) == "02:00"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 s"), (59.4, "59 s"), (59.6, "1 min 00 s"), (65, "1 min 05 s"), (None, "…")],
)
def test_durations(seconds, text):
    assert times.duration(seconds) == text.replace(" ", "\xa0")


def test_in_english(english):
    assert times.when(EVENING, REUNION) == "Thursday 15 January 2026 at 02:59"
    assert times.day(EVENING, PARIS, EVENING) == "Today"
    assert times.day(EVENING, PARIS, EVENING + timedelta(days=1)) == "Yesterday"
    assert times.day(EVENING, PARIS, EVENING + timedelta(days=9)) == "Wednesday 14 January 2026"
    assert times.duration(65) == "1\xa0min\xa005\xa0s"


def test_the_first_of_a_month():
    first = datetime(2026, 11, 1, 10, 0, tzinfo=UTC)
    assert times.written(first.date()) == "dimanche 1er novembre 2026"
    assert times.written(first.date().replace(day=11)) == "mercredi 11 novembre 2026"


def test_the_first_of_a_month_in_english(english):
    assert times.written(datetime(2026, 11, 1).date()) == "Sunday 1 November 2026"


def test_a_capital_spares_those_within():
    assert times.capital("lundi 5 mai") == "Lundi 5 mai"
    assert times.small("Would like to speak English") == "would like to speak English"
