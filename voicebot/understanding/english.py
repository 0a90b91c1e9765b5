"""The facts in an English sentence, by the readers of english/."""

from __future__ import annotations

from datetime import datetime

from voicebot.dialogue.expectation import Expectation, Kind
from voicebot.dialogue.interpretation import Entity
from voicebot.english.dates import any_time, date_words, read_date
from voicebot.english.names import read_name
from voicebot.english.numbers import read_number
from voicebot.english.phone import continue_phone, corrected, read_phone
from voicebot.english.references import read_reference
from voicebot.english.words import plain_words
from voicebot.english.yes_no import read_yes_no
from voicebot.french.phone import read_phone as read_french_phone

SOON = "dès que possible"
"""What "any time" comes to: who reads the message reads French."""
_OWN = ("number i am calling from", "number i called from", "the same number", "this number")
_NUMBER_SLOT = "callback_number"


def read_english(text: str, expected: Expectation, now: datetime) -> tuple[Entity, ...]:
    """All facts in `text`, the one awaited first."""
    right = _corrected(text, expected)
    if right:
        return Entity("yes_no", False, text), right
    found = [
        _yes_no(text, expected),
        _own_number(text),
        phone := _phone(text, expected),
        None if phone else _date(text, expected, now),
        _number(text, expected),
        _person(text, expected),
        _reference(text, expected),
    ]
    return tuple(sorted(filter(None, found), key=lambda e: e.name != _AWAITED.get(expected.kind)))


_AWAITED = {
    Kind.YES_NO: "yes_no",
    Kind.PHONE_NUMBER: "phone_number",
    Kind.NUMBER: "number",
    Kind.DATE: "date",
    Kind.NAME: "person",
    Kind.REFERENCE: "reference",
}


def _yes_no(text: str, expected: Expectation) -> Entity | None:
    said = read_yes_no(text, expected=expected.kind is Kind.YES_NO)
    return None if said is None else Entity("yes_no", said, text)


def _own_number(text: str) -> Entity | None:
    plain = f" {' '.join(plain_words(text))} "
    return Entity("own_number", True, text) if any(f" {p} " in plain for p in _OWN) else None


def _corrected(text: str, expected: Expectation) -> Entity | None:
    """The number that was read back, as the caller puts it right."""
    if expected.kind is not Kind.YES_NO or expected.slot != _NUMBER_SLOT:
        return None
    number = corrected(expected.value, text)
    return Entity("phone_number", number, text) if number else None


def _phone(text: str, expected: Expectation) -> Entity | None:
    read_back = expected.kind is Kind.YES_NO and expected.slot == _NUMBER_SLOT
    if expected.partial and expected.kind is Kind.PHONE_NUMBER:
        found = continue_phone(expected.partial, text)
    else:
        found = read_phone(text, expected=expected.kind is Kind.PHONE_NUMBER or read_back)
    if expected.kind is Kind.PHONE_NUMBER and not (found and found.complete):
        # Who has lived here for years still dictates "zéro six, douze …".
        french = read_french_phone(text, expected=True)
        if french and french.complete:
            return Entity("phone_number", french.number, french.text)
    return Entity("phone_number", found.number, text, 1.0, found.complete) if found else None


def _reference(text: str, expected: Expectation) -> Entity | None:
    found = read_reference(text, expected=expected.kind is Kind.REFERENCE)
    return Entity("reference", found, text) if found else None


def _date(text: str, expected: Expectation, now: datetime) -> Entity | None:
    found = read_date(text, now)
    if found is None and expected.kind is Kind.DATE and any_time(text):
        return Entity("date", SOON, text)
    return Entity("date", found, date_words(text) or text) if found else None


def _number(text: str, expected: Expectation) -> Entity | None:
    number = read_number(plain_words(text)) if expected.kind is Kind.NUMBER else None
    return None if number is None else Entity("number", number, text)


def _person(text: str, expected: Expectation) -> Entity | None:
    found = read_name(text, expected=expected.kind is Kind.NAME)
    return Entity("person", found.value, found.text) if found else None
