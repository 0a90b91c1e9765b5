from datetime import UTC, datetime

import pytest

from voicebot.dialogue.spoken import phone_end, polite, spoken, wish

NOW = datetime(2026, 1, 14, 21, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "type_", "words"),
    [
        ("+33612345678", "phone_number", "06, 12, 34, 56, 78"),
        ("+41791234567", "phone_number", "plus 4, 17, 91, 23, 45, 67"),
        ("2026-01-14", "date", "aujourd'hui"),
        ("2026-01-15T14:30", "date", "demain à 14 heures 30"),
        ("2026-01-20T12:00", "date", "mardi 20 janvier à midi"),
        ("2026-02-01", "date", "dimanche 1er février"),
        ("dès que possible", "date", "dès que possible"),
        ("AB12", "reference", "A, B, 1, 2"),
        (True, "yes_no", "oui"),
        (None, "text", ""),
        (12, "number", "12"),
    ],
)
def test_in_french(value, type_, words):
    assert spoken(value, type_, "fr", NOW) == words


@pytest.mark.parametrize(
    ("value", "language", "words"),
    [
        ("2026-01-15/matin", "fr", "demain matin"),
        ("2026-01-14/soir", "fr", "ce soir"),
        ("2026-01-20/apres-midi", "fr", "mardi 20 janvier après-midi"),
        ("2026-01-15/matin", "en", "tomorrow morning"),
        ("dès que possible", "fr", "dès que possible"),
    ],
)
def test_a_part_of_the_day_is_no_hour(value, language, words):
    assert spoken(value, "date", language, NOW) == words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("madame Martin", "madame Martin"),
        ("monsieur Luc Morel", "monsieur Morel"),
        ("madame Le Goff", "madame Le Goff"),
        ("Luc Morel", ""),
        ("Martin", ""),
    ],
)
def test_a_name_without_a_title_is_not_addressed(name, words):
    assert polite(name) == words


def test_in_english():
    assert spoken("2026-01-20T09:05", "date", "en", NOW) == "Tuesday, January 20 at 9:05"


def test_an_unknown_language_is_not_an_error():
    assert spoken(True, "bool", "eu", NOW) == "oui"


def test_the_end_of_a_number():
    assert phone_end("+33612345678") == "78"


def test_wishes_follow_the_hour():
    assert [wish("fr", NOW.replace(hour=h)) for h in (9, 18, 2)] == [
        "bonne journée",
        "bonne soirée",
        "bonne nuit",
    ]
