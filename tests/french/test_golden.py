"""What people say, table by table (`golden/*.yml`)."""

from pathlib import Path

import pytest

from tests.golden import cases, now_of
from voicebot.french.addresses import continue_address, read_address
from voicebot.french.corrections import corrected
from voicebot.french.dates import any_time, no_such_moment, read_date
from voicebot.french.names import read_name
from voicebot.french.normalise import words
from voicebot.french.numbers import read_number
from voicebot.french.own_number import means_own_number
from voicebot.french.phone import continue_phone, read_phone
from voicebot.french.references import read_reference
from voicebot.french.since import read_since
from voicebot.french.yes_no import read_yes_no

GOLDEN = Path(__file__).parent / "golden"
LEAST_CASES = 400
READ_BACK = "+33612345678"


def table(name):
    return pytest.mark.parametrize(("text", "holds", "value"), list(cases(GOLDEN, name)))


@table("phone")
def test_telephone_numbers(text, holds, value):
    assert phone(text, **holds) == value


@table("dictated")
def test_telephone_numbers_over_several_turns(text, holds, value):
    so_far = None
    for turn in text.split(" | "):
        heard = continue_phone(so_far.number, turn) if so_far else read_phone(turn, expected=True)
        so_far = heard or so_far
    assert told(so_far) == value


@table("homophones")
def test_digits_heard_as_other_words(text, holds, value):
    assert phone(text, **holds) == value


@table("numbers")
def test_numbers(text, holds, value):
    tokens = [word.plain for word in words(text)]
    found = read_number(tokens)
    whole = found[0] if found and found[1] == len(tokens) else None
    assert whole == (None if value is None else int(value))


@table("yes_no")
def test_yes_and_no(text, holds, value):
    assert read_yes_no(text, **holds) is value


@table("dates")
def test_dates(text, holds, value):
    now = now_of(holds)
    found = read_date(text, now)
    if value == "impossible":
        assert found is None and no_such_moment(text, now) is not None
        return
    assert no_such_moment(text, now) is None
    told = None if found is None else {"past": found.iso} if found.past else found.iso
    assert told == value


@table("any_time")
def test_any_moment(text, holds, value):
    assert any_time(text) is value


@table("names")
def test_names(text, holds, value):
    found = read_name(text, **holds)
    assert (found.value if found else None) == value


@table("addresses")
def test_addresses(text, holds, value):
    before = holds.get("partial")
    found = continue_address(before, text) if before else read_address(text, **holds)
    told = None if not found else found.value if found.complete else {"part": found.value}
    assert told == value


@table("references")
def test_references(text, holds, value):
    found = read_reference(text, **holds)
    assert (found.value if found else None) == value


@table("since")
def test_since_when(text, holds, value):
    assert read_since(text) == value


@table("own_number")
def test_the_number_one_calls_from(text, holds, value):
    assert means_own_number(text, **holds) is value


@table("corrections")
def test_corrections_of_a_number_read_back(text, holds, value):
    assert corrected(READ_BACK, text) == value


def phone(text, *, expected=False, partial=""):
    return told(continue_phone(partial, text) if partial else read_phone(text, expected=expected))


def told(found):
    if found is None:
        return None
    return found.number if found.complete else {"part": found.number}


def test_there_are_enough_of_them():
    told = sum(len(list(cases(GOLDEN, path.stem))) for path in GOLDEN.glob("*.yml"))
    assert told >= LEAST_CASES
