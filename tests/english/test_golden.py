"""What English speakers say, table by table (`golden/*.yml`)."""

from pathlib import Path

import pytest

from tests.golden import cases, now_of
from voicebot.english.dates import read_date
from voicebot.english.names import read_name
from voicebot.english.phone import continue_phone, corrected, read_phone
from voicebot.english.references import read_reference
from voicebot.english.yes_no import read_yes_no

GOLDEN = Path(__file__).parent / "golden"
READ_BACK = "+33612345678"


def table(name):
    return pytest.mark.parametrize(("text", "holds", "value"), list(cases(GOLDEN, name)))


@table("phone")
def test_telephone_numbers(text, holds, value):
    partial = holds.get("partial")
    found = continue_phone(partial, text) if partial else read_phone(text, **holds)
    told = None if not found else found.number if found.complete else {"part": found.number}
    assert told == value


@table("corrections")
def test_corrections_of_a_number_read_back(text, holds, value):
    assert corrected(READ_BACK, text) == value


@table("yes_no")
def test_yes_and_no(text, holds, value):
    assert read_yes_no(text, **holds) is value


@table("dates")
def test_dates(text, holds, value):
    assert read_date(text, now_of(holds)) == value


@table("names")
def test_names(text, holds, value):
    found = read_name(text, **holds)
    assert (found.value if found else None) == value


@table("references")
def test_references(text, holds, value):
    assert read_reference(text, **holds) == value
