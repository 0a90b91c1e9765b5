"""Telephone numbers as they are dictated: in pairs, one by one, in parts, corrected on the way."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers

from voicebot.french.candidates import Candidate, candidates
from voicebot.french.dictation import is_digits
from voicebot.french.normalise import normalise, words
from voicebot.french.numbers import say_number

REGION = "FR"
OVERSEAS = ("RE", "GP", "MQ", "GF")
"""Where a number that begins with 0 may belong as well: "zéro six quatre-vingt-douze" is La
Réunion's."""
_OVERSEAS_CODES = ("+262", "+590", "+594", "+596")
_AGAIN = re.compile(r"\b(?:recommence|reprends|repars|reprenons|recommencons)\b")
"""Nothing of what was dictated before stands."""
LEAST_DIGITS = 2
"""Fewer digits than that are not the beginning of a number."""

NATIONAL = 10
"""Digits of a French number with its 0."""
LIKELY_STRAIN = 3
"""With more strain than one group cut in two, a whole number is less likely than the beginning of
another: "zéro six soixante dix huit quatre vingt douze" is 06 78 92, and the rest will come."""


@dataclass(frozen=True)
class Phone:
    """A telephone number, or the part of one that was given."""

    number: str
    """E.164 when `complete`, else the digits so far: "0612"."""
    text: str
    """The words it was read from."""
    complete: bool
    plain: bool = True
    """Every word was taken for what it says: none for a stutter, or for one that sounds like it."""


def read_phone(
    text: str, *, expected: bool = False, region: str = REGION, unlike: str = ""
) -> Phone | None:
    """The telephone number in `text`.

    Args:
        text: what was said or typed.
        expected: a number was asked for, so that a part of one is worth keeping, and a word that
            sounds like a digit may be one.
        region: where a number without a country code belongs.
        unlike: a number in E.164 that it is not.
    """

    def number(digits: str) -> str | None:
        found = valid(digits, region)
        return None if found == unlike else found

    found = list(candidates(text, number, misheard=expected))
    whole = [one for one in found if one.number and not _rather_begun(one)]
    if whole:
        whole = [one for one in whole if one.corrects] or whole
        best = min(whole, key=lambda one: one.cost) if expected else whole[0]
        return Phone(str(best.number), best.text, True, best.cost == 0)
    parts = [one for one in found if expected and len(one.digits) >= LEAST_DIGITS]
    part = max(parts, key=lambda one: (one.sure, len(one.digits)), default=None)
    return Phone(part.digits, part.text, False) if part else None


def _rather_begun(one: Candidate) -> bool:
    """Whether the words are rather the beginning of a number than all of it."""
    short = one.digits[:1] == "0" and len(one.digits) < NATIONAL
    return one.strain > LIKELY_STRAIN and short


def continue_phone(before: str, text: str, region: str = REGION) -> Phone | None:
    """The number that goes on in `text` from the digits dictated `before`.

    Who begins again is believed, and so is who says the last digits once more: after "0612",
    "zéro six douze trente-quatre" and "douze trente-quatre" are "061234".

    Returns:
        The number, or all digits so far; None when `text` has none.
    """
    new = read_phone(text, expected=True, region=region)
    if _AGAIN.search(normalise(text)) or (new and new.complete and _starts(text)):
        return new
    joined = read_phone(f"{before} {text}", expected=True, region=region)
    if joined is None or (new is None and len(joined.number) <= len(before)):
        return None
    heard = new.text if new else text.strip()
    again = new is not None and new.number.startswith(before) and len(new.number) > len(before)
    if new and again and (len(before) > 2 or not joined.complete):
        return Phone(new.number, heard, False)
    if joined.complete:
        return Phone(joined.number, heard, True)
    if whole := _ten_cut(before, text, region):
        return Phone(whole, heard, True)
    for overlap in range(min(len(before), len(new.number) if new else 0), 1, -1):
        if new and before.endswith(new.number[:overlap]):
            number = valid(before + new.number[overlap:], region)
            if number:
                return Phone(number, heard, True)
    return new if new and new.complete else Phone(joined.number, heard, False)


def _ten_cut(before: str, text: str, region: str) -> str | None:
    """The number whose one pair was cut by a breath: "soixante", then "dix-huit douze …"."""
    ten = before[-2:]
    if len(before) < LEAST_DIGITS + 2 or ten[-1] != "0" or ten < "20":
        return None
    said = f"{before[:-2]} {say_number(int(ten))} {text}"
    found = read_phone(said, expected=True, region=region)
    return found.number if found and found.complete else None


def _starts(text: str) -> bool:
    """Whether the first digit of `text` begins a number: "c'est le zéro six …"."""
    found = words(text)
    first = next((word.plain for at, word in enumerate(found) if is_digits(found, at)), "")
    return first in ("zero", "plus", "double") or first.startswith("0")


def spell_back(number: str) -> str:
    """A number as it is read back, in pairs: "zéro six, douze, trente-quatre"."""
    digits = national(number)
    if not digits.startswith("+"):
        return _in_pairs(digits)
    try:
        code = str(phonenumbers.parse(number).country_code)
    except phonenumbers.NumberParseException:
        code = digits[1:3]
    return f"plus {say_number(int(code))}, {_in_pairs(digits[1 + len(code) :])}"


def _in_pairs(digits: str) -> str:
    odd = len(digits) % 2
    groups = ([digits[:1]] if odd else []) + [digits[i : i + 2] for i in range(odd, len(digits), 2)]
    return ", ".join(_say_group(group) for group in groups)


def _say_group(group: str) -> str:
    if len(group) == 2 and group[0] == "0":
        return f"zéro {say_number(int(group[1]))}"
    return say_number(int(group))


def national(number: str) -> str:
    """E.g. "+33612345678" → "0612345678", overseas too; a foreign number stays as it is."""
    if number.startswith("+33") and len(number) == 12:
        return f"0{number[3:]}"
    if number[:4] in _OVERSEAS_CODES and len(number) == 13:
        return f"0{number[4:]}"
    return number


def possible(digits: str, region: str = REGION) -> str | None:
    """The number in E.164 when it is as long as one, though none is known to be given out."""
    try:
        parsed = phonenumbers.parse(digits, region)
    except phonenumbers.NumberParseException:
        return None
    whole = phonenumbers.is_possible_number(parsed) and digits[:1] in ("0", "+")
    form = phonenumbers.PhoneNumberFormat.E164
    return phonenumbers.format_number(parsed, form) if whole else None


@lru_cache(maxsize=4096)
def valid(digits: str, region: str = REGION) -> str | None:
    """The number in E.164 when there may be such a number, else None."""
    if not digits.lstrip("+").isdecimal() or not 8 <= len(digits) <= 16:
        return None
    if region == REGION and len(digits) == NATIONAL + 1 and digits.startswith("33"):
        digits = f"+{digits}"  # the country's code, with nothing said before it
    here = digits[0] != "+" and digits[:2] != "00"
    if here and region == REGION and len(digits) != (NATIONAL if digits[0] == "0" else 9):
        return None  # told by its length alone, long before the plan of numbers is asked
    overseas = OVERSEAS if region == REGION and digits[:1] == "0" and digits[:2] != "00" else ()
    for place in (region, *overseas):
        try:
            parsed = phonenumbers.parse(digits, place)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(parsed):
            return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return None
