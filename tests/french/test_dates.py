from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.french.dates import read_date, say_date, say_time

NOW = datetime(2026, 1, 14, 21, 30, tzinfo=ZoneInfo("Europe/Paris"))  # a Wednesday


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("demain", "2026-01-15"),
        ("demain matin", "2026-01-15/matin"),
        ("rappelez-moi demain après-midi s'il vous plaît", "2026-01-15/apres-midi"),
        ("après-demain", "2026-01-16"),
        ("aujourd'hui", "2026-01-14"),
        ("mardi", "2026-01-20"),
        ("mardi prochain", "2026-01-20"),
        ("mardi en huit", "2026-01-27"),
        ("mardi en quinze", "2026-02-03"),
        ("mercredi", "2026-01-21"),
        ("lundi à quatorze heures trente", "2026-01-19T14:30"),
        ("lundi à 14h30", "2026-01-19T14:30"),
        ("lundi de la semaine prochaine", "2026-01-19"),
        ("jeudi prochain vers seize heures", "2026-01-15T16:00"),
        ("dans quinze jours", "2026-01-28"),
        ("dans huit jours", "2026-01-21"),
        ("dans trois jours", "2026-01-17"),
        ("dans une semaine", "2026-01-21"),
        ("dans deux heures", "2026-01-14T23:30"),
        ("le quinze février", "2026-02-15"),
        ("le premier mars à dix heures", "2026-03-01T10:00"),
        ("le vingt-deux", "2026-01-22"),
        ("vendredi vingt-trois janvier", "2026-01-23"),
        ("15/03/2026", "2026-03-15"),
        ("le trois juin deux mille vingt-sept", "2027-06-03"),
        ("vers midi et demi", "2026-01-15T12:30"),
        ("à midi", "2026-01-15T12:00"),
        ("à huit heures du matin", "2026-01-15T08:00"),
        ("demain soir à huit heures", "2026-01-15T20:00"),
        ("à neuf heures moins le quart", "2026-01-15T08:45"),
        ("samedi à dix heures et quart", "2026-01-17T10:15"),
        ("samedi matin à dix heures", "2026-01-17T10:00"),
        ("ce week-end", "2026-01-17"),
        ("la semaine prochaine", "2026-01-19"),
        ("vingt-deux heures", "2026-01-14T22:00"),
        ("non pas lundi plutôt", "2026-01-19"),
    ],
)
def test_reads(text, iso):
    found = read_date(text, NOW)
    assert found is not None
    assert found.iso == iso
    assert not found.past


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("hier", "2026-01-13"),
        ("avant-hier", "2026-01-12"),
        ("lundi dernier", "2026-01-12"),
        ("le trois janvier", "2026-01-03"),
        ("ce matin", "2026-01-14/matin"),
    ],
)
def test_says_what_is_past(text, iso):
    found = read_date(text, NOW)
    assert found is not None
    assert (found.iso, found.past) == (iso, True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "bonjour",
        "j'ai une fuite",
        "c'est le zéro six douze",
        "douze rue des Lilas",
        "depuis deux heures",
        "le trente et un février",
        "tout de suite",
        "allez bonne soirée",
    ],
)
def test_what_is_no_date(text):
    assert read_date(text, NOW) is None


@given(st.integers(0, 250), st.integers(0, 23), st.integers(0, 59))
def test_what_is_read_back_is_read_again(days, hour, minute):
    moment = (NOW + timedelta(days=days)).replace(hour=hour, minute=minute)
    iso = moment.strftime("%Y-%m-%dT%H:%M")
    found = read_date(say_date(iso, NOW), NOW)
    assert found is not None and found.iso == iso


def test_read_back_is_how_one_says_it():
    assert say_date("2026-01-15T14:30", NOW) == (
        "demain, jeudi quinze janvier, à quatorze heures trente"
    )
    assert say_date("2026-03-01", NOW) == "dimanche premier mars"
    assert say_time(datetime(2026, 1, 1, 21, 21).time()) == "vingt et une heures vingt et une"


@given(st.text(max_size=60))
def test_never_raises(text):
    read_date(text, NOW)
