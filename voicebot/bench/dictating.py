"""Telephone numbers, and the ways in which people dictate them."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

import phonenumbers

from voicebot.french.numbers import say_number
from voicebot.french.phone import national, valid

Parts = tuple[str | float, ...]
"""Words, and pauses of so many seconds between them."""

_OPENINGS = (
    "", "", "c'est le", "alors c'est le", "oui, c'est le", "euh, c'est le", "le",
    "mon numéro c'est le", "vous pouvez me joindre au", "mon portable c'est le",
)  # fmt: skip
_CLOSINGS = ("", "", "", "", "voilà", "merci")
_SECOND_OPENINGS = ("", "", "et ensuite", "puis")
_BEGINNINGS = ("06", "06", "06", "07", "07", "01", "02", "03", "04", "05", "09")
_ABROAD = (("BE", "+32 47# ## ## ##"), ("CH", "+41 79 ### ## ##"), ("LU", "+352 621 ### ###"))
_TENS = {"7": "septante", "9": "nonante"}


@dataclass(frozen=True)
class Dictation:
    """A number, and what its owner says when he is asked for it."""

    number: str
    """E.164."""
    way: str
    turns: tuple[Parts, ...]
    """What he says, one utterance after the other; most people need only one."""


def typed(parts: Parts) -> str:
    """The words as an ear writes them, without commas and hyphens."""
    said = " ".join(part for part in parts if isinstance(part, str))
    return " ".join(said.replace("-", " ").replace(",", " ").split())


def dictation(seed: int) -> Dictation:
    """The dictation of that number: the same for the same seed."""
    rng = random.Random(seed)
    way = rng.choices(tuple(_WAYS), weights=[weight for _, weight in _WAYS.values()])[0]
    number = _abroad(rng) if way == "abroad" else _french(rng, double=way == "double")
    return Dictation(number, way, _WAYS[way][0](number, rng))


def again(number: str) -> Parts:
    """The number said once more, slowly and in pairs, as one does to who has not understood."""
    groups = _groups_abroad(number) if not number.startswith("+33") else _pairs(national(number))
    parts: list[str | float] = []
    for group in groups:
        parts += [group, 0.25]
    return tuple(parts[:-1])


def spoken(pair: str) -> str:
    """Two digits as one says them in France."""
    return f"zéro {say_number(int(pair[1]))}" if pair[0] == "0" else say_number(int(pair))


def _french(rng: random.Random, *, double: bool) -> str:
    while True:
        digits = rng.choice(_BEGINNINGS) + f"{rng.randrange(100_000_000):08d}"
        if double:
            at = 2 * rng.randrange(1, 5)
            digits = f"{digits[:at]}00{digits[at + 2 :]}"
        number = valid(digits)
        if number and number.startswith("+33"):
            return number


def _abroad(rng: random.Random) -> str:
    while True:
        _, pattern = rng.choice(_ABROAD)
        number = "".join(str(rng.randrange(10)) if c == "#" else c for c in pattern)
        if phonenumbers.is_valid_number(phonenumbers.parse(number)):
            return number.replace(" ", "")


def _pairs(digits: str) -> list[str]:
    return [spoken(digits[at : at + 2]) for at in range(0, len(digits), 2)]


def _singles(digits: str) -> list[str]:
    return [say_number(int(digit)) for digit in digits]


def _groups_abroad(number: str) -> list[str]:
    parsed = phonenumbers.parse(number)
    shown = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    code, *groups = shown.lstrip("+").replace("-", " ").split()
    said = [f"plus {say_number(int(code))}"]
    for group in groups:
        said += (
            [_hundred(group)]
            if len(group) == 3
            else _pairs(group)
            if len(group) % 2 == 0
            else (_singles(group))
        )
    return said


def _hundred(group: str) -> str:
    return say_number(int(group)) if group[0] != "0" else " ".join(_singles(group))


def _said(groups: list[str], rng: random.Random, openings: tuple[str, ...] = _OPENINGS) -> Parts:
    """Groups with the small pauses of somebody who reads them off, and a word before and after."""
    parts: list[str | float] = [rng.choice(openings)]
    for group in groups:
        parts += [group, round(rng.uniform(0.05, 0.35), 2)]
    parts[-1] = rng.choice(_CLOSINGS)
    return tuple(part for part in parts if part != "")


def _in_pairs(number: str, rng: random.Random) -> tuple[Parts, ...]:
    return (_said(_pairs(national(number)), rng),)


def _one_by_one(number: str, rng: random.Random) -> tuple[Parts, ...]:
    return (_said(_singles(national(number)), rng),)


def _mixed(number: str, rng: random.Random) -> tuple[Parts, ...]:
    digits = national(number)
    groups = [spoken(digits[:2])]
    for at in range(2, 10, 2):
        pair = digits[at : at + 2]
        groups += _singles(pair) if rng.random() < 0.4 else [spoken(pair)]
    return (_said(groups, rng),)


def _by_hundreds(number: str, rng: random.Random) -> tuple[Parts, ...]:
    digits = national(number)
    groups = [spoken(digits[:2]), _hundred(digits[2:5]), _hundred(digits[5:8]), spoken(digits[8:])]
    return (_said(groups, rng),)


def _with_country(number: str, rng: random.Random) -> tuple[Parts, ...]:
    digits = national(number)
    before = rng.choice(("plus trente-trois", "zéro zéro trente-trois"))
    return (_said([before, *_singles(digits[1]), *_pairs(digits[2:])], rng),)


def _with_double(number: str, rng: random.Random) -> tuple[Parts, ...]:
    pairs = ["double zéro" if pair == "zéro zéro" else pair for pair in _pairs(national(number))]
    return (_said(pairs, rng),)


def _as_in_belgium(number: str, rng: random.Random) -> tuple[Parts, ...]:
    digits = national(number)
    groups = []
    for at in range(0, 10, 2):
        pair = digits[at : at + 2]
        ten, unit = _TENS.get(pair[0]), int(pair[1])
        link = "et-" if unit == 1 else ""
        joined = f"{ten}-{link}{say_number(unit)}" if unit else ten
        groups.append(joined if ten and joined else spoken(pair))
    return (_said(groups, rng),)


def _in_two(number: str, rng: random.Random) -> tuple[Parts, ...]:
    pairs = _pairs(national(number))
    cut = rng.choice((2, 3))
    first = tuple(part for part in _said(pairs[:cut], rng) if part not in _CLOSINGS)
    return first, _said(pairs[cut:], rng, _SECOND_OPENINGS)


def _corrected(number: str, rng: random.Random) -> tuple[Parts, ...]:
    pairs = _pairs(national(number))
    at = rng.randrange(1, 5)
    wrong = spoken(f"{rng.randrange(11, 70)}")
    mended = [*pairs[:at], wrong, rng.choice(("non pardon", "pardon", "non")), *pairs[at:]]
    return (_said(mended, rng),)


def _from_abroad(number: str, rng: random.Random) -> tuple[Parts, ...]:
    return (_said(_groups_abroad(number), rng),)


_WAYS: dict[str, tuple[Callable[[str, random.Random], tuple[Parts, ...]], int]] = {
    "pairs": (_in_pairs, 46),
    "one by one": (_one_by_one, 10),
    "mixed": (_mixed, 8),
    "hundreds": (_by_hundreds, 6),
    "country": (_with_country, 6),
    "double": (_with_double, 5),
    "septante": (_as_in_belgium, 6),
    "in two": (_in_two, 6),
    "corrected": (_corrected, 4),
    "abroad": (_from_abroad, 3),
}
"""Each way of dictating, and of how many numbers in a hundred: most people say pairs."""
