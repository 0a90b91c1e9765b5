import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicebot.french.phone import national, read_phone, spell_back

MOBILE = "+33612345678"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("zéro six douze trente-quatre cinquante-six soixante-dix-huit", MOBILE),
        ("zéro six douze trente quatre cinquante six soixante dix huit", MOBILE),
        ("zéro six un deux trois quatre cinq six sept huit", MOBILE),
        ("zéro six douze trois quatre cinquante-six sept huit", MOBILE),
        ("c'est le zéro six douze trente-quatre cinquante-six soixante-dix-huit merci", MOBILE),
        ("mon numéro euh zéro six euh douze trente-quatre cinquante-six soixante-dix-huit", MOBILE),
        ("06 12 34 56 78", MOBILE),
        ("06.12.34.56.78", MOBILE),
        ("0612345678", MOBILE),
        ("06 12 34 56 soixante-dix-huit", MOBILE),
        ("plus trente-trois six douze trente-quatre cinquante-six soixante-dix-huit", MOBILE),
        ("+33 6 12 34 56 78", MOBILE),
        ("zéro six douze trente-quatre cinquante-six septante-huit", MOBILE),
        ("zéro un quarante-deux quarante-trois zéro zéro quatre-vingt-dix-huit", "+33142430098"),
        ("zéro un quarante-deux quarante-trois double zéro nonante-huit", "+33142430098"),
        ("zéro quatre soixante-douze dix onze quatre-vingt un", "+33472101181"),
        ("zéro huit cent quarante-sept trente-trois trente-trois", "+33800473333"),
        (
            "zéro six douze trente-quatre cinquante-six soixante-dix-huit non pardon "
            "soixante-dix-neuf",
            "+33612345679",
        ),
        ("zéro six douze trente-trois non trente-quatre cinquante-six soixante-dix-huit", MOBILE),
        (
            "zéro six non pardon zéro sept quatre-vingt-un trente-quatre cinquante-six douze",
            "+33781345612",
        ),
        (
            "zéro un vingt-deux non je me trompe c'est le zéro six douze trente-quatre "
            "cinquante-six soixante-dix-huit",
            MOBILE,
        ),
    ],
)
def test_reads_a_whole_number(text, number):
    found = read_phone(text)
    assert found is not None
    assert (found.number, found.complete) == (number, True)


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("zéro six douze", "0612"),
        ("zéro six", "06"),
        ("les deux derniers c'est soixante-dix-neuf", "79"),
        ("06 12 34", "061234"),
        ("zéro six douze trente-quatre cinquante-six", "06123456"),
    ],
)
def test_a_part_is_kept_where_a_number_is_awaited(text, digits):
    found = read_phone(text, expected=True)
    assert found is not None
    assert (found.number, found.complete) == (digits, False)
    assert read_phone(text) is None


@pytest.mark.parametrize(
    "text",
    ["", "bonjour", "j'ai deux enfants", "demain à quatorze heures trente", "douze rue des Lilas"],
)
def test_other_numbers_are_no_telephone_numbers(text):
    assert read_phone(text) is None


@given(st.integers(1, 7), st.integers(0, 99_999_999))
def test_what_is_read_back_is_read_again(kind, rest):
    text = f"0{kind}{rest:08d}"
    found = read_phone(text)
    if found is None:  # not a number that France has given out
        return
    again = read_phone(spell_back(found.number))
    assert again is not None and again.number == found.number
    assert national(found.number) == text


def test_reads_back_in_pairs():
    assert spell_back(MOBILE) == "zéro six, douze, trente-quatre, cinquante-six, soixante-dix-huit"


def test_reads_back_a_number_from_abroad():
    assert spell_back("+41446681800").startswith("plus quarante et un, ")


@given(st.text(max_size=60))
def test_never_raises(text):
    read_phone(text, expected=True)


@pytest.mark.parametrize(
    "text",
    [
        " ".join(["quatre vingt dix"] * 60),
        " ".join(["un deux"] * 300),
        " ".join(["double zéro"] * 200),
        "deux fois " * 200,
        "zéro six de si sans cette " * 60,
    ],
)
def test_a_recitation_is_no_number_and_takes_no_time(text):
    found = read_phone(text, expected=True)
    assert found is None or not found.complete
