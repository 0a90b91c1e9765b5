"""What Whisper writes, in the words that an ear gives."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.speech.spoken import as_spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Bonjour, c'est Mme Le Goff !", "bonjour c'est madame le goff"),
        ("06.12.34.05.70", "zéro six douze trente quatre zéro cinq soixante dix"),
        ("0612340570", "zéro six douze trente quatre zéro cinq soixante dix"),
        ("à 14h30", "à quatorze heures trente"),
        ("vers 8 h", "vers huit heures"),
        ("à 1h du matin", "à une heure du matin"),
        ("demain à 21h15", "demain à vingt et une heures quinze"),
        ("à 11h", "à onze heures"),
        ("le 1er mars, au 2e étage", "le premier mars au deuxième étage"),
        ("la 1ère à droite, la 2nde à gauche", "la première à droite la seconde à gauche"),
        ("né le 03/05/1987", "né le trois mai mille neuf cent quatre vingt sept"),
        ("le 1/12/2026", "le premier décembre deux mille vingt six"),
        ("24/7", "vingt quatre sept"),
        ("38,5 °C", "trente huit virgule cinq degrés"),
        ("0,5", "zéro virgule cinq"),
        ("06,12,34,05,70", "zéro six douze trente quatre zéro cinq soixante dix"),
        ("N° 12", "numéro douze"),
        ("M. Petit, Mlle Roy et le Dr Adam", "monsieur petit mademoiselle roy et le docteur adam"),
        ("un RDV avec Me Durand", "un rendez-vous avec maître durand"),
        ("Me voilà", "me voilà"),
        ("M A R T I N", "m a r t i n"),
        ("M. A. R. T. I. N.", "m a r t i n"),
        ("la référence 12E", "la référence douze e"),
        ("jean.petit@exemple.fr", "jean point petit arobase exemple point fr"),
        ("1 200 euros", "mille deux cents euros"),
        ("21 personnes et 11 semaines", "vingt et une personnes et onze semaines"),
        ("réf. AB-2041", "réf ab deux mille quarante et un"),
        ("12345", "un deux trois quatre cinq"),
        ("00", "zéro zéro"),
        ("l’eau coule – vite", "l'eau coule vite"),
        ("1\u202f200 €", "mille deux cents euros"),
        ("rendez-vous 'demain'", "rendez-vous demain"),
        ("", ""),
    ],
)
def test_written_french_as_it_is_spoken(written: str, spoken: str) -> None:
    assert as_spoken(written) == spoken


def test_written_english_as_it_is_spoken() -> None:
    assert as_spoken("Room 12, please.", "en") == "room twelve please"
    assert as_spoken("The 21st, at 3.5 or jo@site.com", "en") == (
        "the twenty first at three point five or jo at site dot com"
    )


@given(st.text(max_size=60), st.sampled_from(["fr", "en"]))
def test_nothing_but_words_is_left_and_once_is_enough(text: str, language: str) -> None:
    spoken = as_spoken(text, language)
    assert spoken == " ".join(spoken.split()) == spoken.lower()
    assert not re.search(r"[0-9.,;:!?€%]", spoken)


@given(st.integers(0, 9_999))
def test_a_number_is_the_same_whatever_stands_around_it(number: int) -> None:
    assert as_spoken(f"({number})") == as_spoken(str(number))
