"""The facts in a sentence: everything that french/ reads, what is awaited first and looser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from voicebot.dialogue.collecting import NO_SUCH_DAY
from voicebot.dialogue.expectation import Expectation, Kind
from voicebot.dialogue.interpretation import Entity
from voicebot.english.words import is_english
from voicebot.french.addresses import continue_address, read_address
from voicebot.french.corrections import corrected
from voicebot.french.dates import any_time, no_such_moment, read_date
from voicebot.french.names import read_name
from voicebot.french.normalise import fold, normalise, words
from voicebot.french.numbers import read_number
from voicebot.french.own_number import means_own_number
from voicebot.french.phone import continue_phone, read_phone
from voicebot.french.references import read_reference
from voicebot.french.since import read_since
from voicebot.french.yes_no import read_yes_no
from voicebot.understanding.english import read_english

SOON = "dès que possible"
"""What "quand vous voulez" comes to, where a day is asked for."""

Reader = Callable[[str, Expectation, datetime], Entity | None]

_READ_BACK = {
    "caller_name": Kind.NAME,
    "callback_number": Kind.PHONE_NUMBER,
    "address": Kind.ADDRESS,
    "callback_when": Kind.DATE,
    "reference": Kind.REFERENCE,
}
"""What a slot holds: "non, c'est Durand", said to a name read back, gives a name."""


def read_entities(text: str, expected: Expectation, now: datetime) -> tuple[Entity, ...]:
    """All facts in `text`, the one awaited first.

    What one reader took is hidden from the next, so that the digits of a telephone number are
    not read as a date. Who speaks English is read in English, and the fact `language` says so.
    """
    if expected.language == "en":
        return read_english(text, expected, now)
    if is_english(text):
        return (Entity("language", "en", text), *read_english(text, expected, now))
    found: list[Entity] = []
    rest = text
    expected = _corrected(text, expected, found)
    for name, reader in _in_order(expected.kind):
        entity = reader(rest, expected, now)
        if entity is None or (name == "yes_no" and found and found[0].name == name):
            continue
        found.append(entity)
        if name != "yes_no":
            rest = rest.replace(entity.text, " . ", 1)
    return tuple(found)


def _corrected(text: str, expected: Expectation, found: list[Entity]) -> Expectation:
    """When a value read back is denied, the right one may follow and is awaited as well."""
    kind = _READ_BACK.get(expected.slot or "")
    if expected.kind is not Kind.YES_NO or kind is None:
        return expected
    number = corrected(expected.value, text) if kind is Kind.PHONE_NUMBER else None
    if number:
        found.append(Entity("yes_no", False, text))
        found.append(Entity("phone_number", number, text))
        return Expectation(Kind.YES_NO)
    if read_yes_no(text, expected=True) is False:
        found.append(Entity("yes_no", False, text))
        return Expectation(kind, expected.slot)
    return expected


def _in_order(awaited: Kind) -> list[tuple[str, Reader]]:
    first = _FIRST.get(awaited)
    ordered = [item for item in _READERS if item[0] == first]
    return ordered + [item for item in _READERS if item[0] != first]


def _yes_no(text: str, expected: Expectation, now: datetime) -> Entity | None:
    said = read_yes_no(text, expected=expected.kind is Kind.YES_NO)
    return None if said is None else Entity("yes_no", said, text)


def _own_number(text: str, expected: Expectation, now: datetime) -> Entity | None:
    means = means_own_number(text, expected=expected.kind is Kind.PHONE_NUMBER)
    return Entity("own_number", True, text) if means else None


def _phone(text: str, expected: Expectation, now: datetime) -> Entity | None:
    if expected.partial and expected.kind is Kind.PHONE_NUMBER:
        found = continue_phone(expected.partial, text)
    else:
        found = read_phone(text, expected=expected.kind is Kind.PHONE_NUMBER)
    if found is None:
        return None
    sure = 1.0 if found.complete else 0.6
    return Entity("phone_number", found.number, found.text, sure, found.complete)


def _since(text: str, expected: Expectation, now: datetime) -> Entity | None:
    found = read_since(text)
    return Entity("since", found, found) if found else None


def _date(text: str, expected: Expectation, now: datetime) -> Entity | None:
    found = read_date(text, now)
    if found is None and _awaits_date(expected):
        never = no_such_moment(text, now)
        if never:
            return Entity("date", NO_SUCH_DAY, never, 0.3, False)
        return Entity("date", SOON, text) if any_time(text) else None
    if found is None:
        return None
    if found.text in _HABITS and not _awaits_date(expected):
        return None
    if found.past and expected.slot in _PAST_SLOTS:
        return Entity("date", found.day.isoformat(), found.text)
    if found.past:
        # Asked for a day to come, one that is gone is no answer; told by the way, it is no wish.
        return Entity("date", found.iso, found.text, 0.3, False) if _awaits_date(expected) else None
    return Entity("date", found.iso, found.text)


_PAST_SLOTS = ("birth_date",)
"""Slots whose day is gone by nature."""
_HABITS = ("matin", "midi", "soir", "soirée", "matinée", "après-midi", "dans la journée")
"""Said alone, a part of the day is a habit ("vous fermez à quelle heure le soir ?")."""


def _awaits_date(expected: Expectation) -> bool:
    return expected.kind is Kind.DATE


def _address(text: str, expected: Expectation, now: datetime) -> Entity | None:
    awaited = expected.kind is Kind.ADDRESS
    if "au revoir" in normalise(text):
        return None  # "au" begins many an address
    if awaited and expected.partial:
        found = continue_address(expected.partial, text)
    else:
        found = read_address(text, expected=awaited)
    if found is None or not (found.complete or awaited):
        return None
    sure = found.complete or found.value.startswith("chambre")
    return Entity("address", found.value, found.text, 1.0 if sure else 0.7)


def _reference(text: str, expected: Expectation, now: datetime) -> Entity | None:
    found = read_reference(text, expected=expected.kind is Kind.REFERENCE)
    return Entity("reference", found.value, found.text) if found else None


def _person(text: str, expected: Expectation, now: datetime) -> Entity | None:
    found = read_name(text, expected=expected.kind is Kind.NAME)
    return Entity("person", found.value, found.text) if found else None


def _number(text: str, expected: Expectation, now: datetime) -> Entity | None:
    telephone = read_phone(text)
    if expected.kind is not Kind.NUMBER or (telephone and telephone.complete):
        return None
    found = words(text)
    tokens = [word.plain for word in found]
    for at in range(len(tokens)):
        read = read_number(tokens, at)
        if read and tokens[read[1] : read[1] + 1] and tokens[read[1]] in _OF_TIME:
            continue
        if read and not (fold(found[at].text) in ("un", "une") and len(tokens) > 3):
            heard = text[found[at].start : found[read[1] - 1].end]
            return Entity("number", read[0], heard)
    return None


_OF_TIME = ("seconde", "secondes", "minute", "minutes", "instant", "instants")
"""A number before these counts nothing that was asked: "attendez deux secondes"."""

_READERS: tuple[tuple[str, Reader], ...] = (
    ("yes_no", _yes_no),
    ("own_number", _own_number),
    ("phone_number", _phone),
    ("since", _since),
    ("address", _address),
    ("date", _date),
    ("reference", _reference),
    ("person", _person),
    ("number", _number),
)
_FIRST = {
    Kind.YES_NO: "yes_no",
    Kind.PHONE_NUMBER: "phone_number",
    Kind.NUMBER: "number",
    Kind.DATE: "date",
    Kind.NAME: "person",
    Kind.ADDRESS: "address",
    Kind.REFERENCE: "reference",
}
ENTITY_OF = _FIRST
"""The entity that answers each kind of question."""
