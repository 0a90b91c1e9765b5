"""What people dictate in English: numbers, telephone numbers, dates, times, spelling."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from voicebot.models.dictated import LETTERS, letter
from voicebot.speech.english.numbers import DIGITS, ORDINALS, TEENS, TENS

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_COUNTRIES = (
    "four four", "one", "four nine", "three one", "three three", "three two", "three nine",
    "forty four", "thirty three", "three five three",
)  # fmt: skip
_HOURS = (*DIGITS[1:], "ten", "eleven", "twelve")


def cardinal(number: int, rng: Random | None = None) -> str:
    """0 to 999,999 as it is spoken: 342 is "three hundred and forty two"."""
    if number >= 1_000:
        head, rest = divmod(number, 1_000)
        joint = " and " if 0 < rest < 100 else " "
        return f"{cardinal(head)} thousand" + (f"{joint}{cardinal(rest)}" if rest else "")
    if number >= 100:
        head, rest = divmod(number, 100)
        one = "a" if rng and head == 1 and rng.random() < 0.5 else DIGITS[head]
        joint = " " if rng and rng.random() < 0.3 else " and "
        return f"{one} hundred" + (f"{joint}{cardinal(rest)}" if rest else "")
    if number < 20:
        return (*DIGITS, *TEENS)[number]
    tens, unit = divmod(number, 10)
    return TENS[tens - 2] + (f" {DIGITS[unit]}" if unit else "")


def _digit(rng: Random) -> str:
    value = rng.randrange(10)
    return "oh" if value == 0 and rng.random() < 0.6 else DIGITS[value]


def _digits(rng: Random, count: int) -> list[str]:
    """Digits one by one, two alike sometimes "double"."""
    said: list[str] = []
    while count > 0:
        if count > 1 and rng.random() < 0.12:
            said += ["triple" if count > 2 and rng.random() < 0.1 else "double", _digit(rng)]
            count -= 3 if said[-2] == "triple" else 2
        else:
            said.append(_digit(rng))
            count -= 1
    return said


def _pair(rng: Random) -> str:
    value = rng.randrange(100)
    if value < 10:
        return f"{rng.choice(('oh', 'zero'))} {DIGITS[value]}"
    return cardinal(value)


def phone(rng: Random) -> str:
    """A number of Britain, America, France or elsewhere, in one of the ways people dictate it."""
    style = rng.random()
    if style < 0.25:
        head = rng.choice(("oh seven", "zero seven", "oh one", "oh two", "zero two"))
        return " ".join([head, *_digits(rng, 9)])
    if style < 0.45:
        opening = rng.choice(("plus", "plus", "zero zero", "double zero", "double oh", "oh oh"))
        code = rng.choice(_COUNTRIES)
        return " ".join([opening, code, *_digits(rng, rng.randint(8, 10))])
    if style < 0.75:  # French numbers, pair by pair
        head = rng.choice(("zero", "oh")) + " " + DIGITS[rng.choice((1, 2, 3, 4, 5, 6, 6, 7, 7, 9))]
        return " ".join([head, *(_pair(rng) for _ in range(4))])
    if style < 0.85:
        return " ".join(_pair(rng) for _ in range(rng.randint(2, 5)))
    said = _digits(rng, rng.randint(6, 11))
    if rng.random() < 0.1:
        said.insert(rng.randrange(len(said)), rng.choice(("uh", "and", "then", "um")))
    return " ".join(said)


def digits(rng: Random) -> str:
    """A code of two to six digits, one by one or in pairs."""
    count = rng.randint(2, 6)
    if rng.random() < 0.75:
        return " ".join(_digits(rng, count))
    return " ".join(_pair(rng) for _ in range(-(-count // 2)))


def number(rng: Random) -> str:
    """A number, small ones more often; rooms also digit by digit."""
    if rng.random() < 0.15:
        return " ".join((DIGITS[rng.randint(1, 9)], _digit(rng), _digit(rng)))
    value = rng.choices(
        (rng.randrange(20), rng.randrange(100), rng.randrange(1000), rng.randrange(10_000)),
        (4, 6, 2, 1),
    )[0]
    return cardinal(value, rng)


def spelt(rng: Random, names: list[str]) -> str:
    """A name spelt letter by letter."""
    out: list[str] = []
    for char in rng.choice(names):
        if char not in LETTERS:
            if rng.random() < 0.4:
                out.append("hyphen" if char == "-" else "apostrophe" if char == "'" else "space")
            continue
        if out and out[-1] == f"{char}." and rng.random() < 0.6:
            out[-1:] = ["double", f"{char}."]
            continue
        out.append(f"{char}.")
        if rng.random() < 0.04:
            out += [*rng.choice(("as in", "for", "like")).split(), rng.choice(names)]
    return " ".join(out)


def reference(rng: Random) -> str:
    """A file number of letters and digits."""
    parts = [letter(rng) for _ in range(rng.randint(0, 3))]
    parts.insert(rng.randint(0, len(parts)), digits(rng))
    if rng.random() < 0.2:
        parts.insert(1, rng.choice(("dash", "slash", "hyphen")))
    return " ".join(parts)


def date(rng: Random) -> str:
    """A day as it is spoken."""
    day, month, rank = rng.choice(DAYS), rng.choice(MONTHS), rng.choice(ORDINALS)
    forms: tuple[Callable[[], str], ...] = (
        lambda: day,
        lambda: f"{rng.choice(('on', 'next', 'this', 'last'))} {day}",
        lambda: f"{day} {rng.choice(('morning', 'afternoon', 'evening', 'night'))}",
        lambda: f"{day} the {rank}",
        lambda: f"the {rank} of {month}",
        lambda: f"{month} the {rank}",
        lambda: f"{month} {rank}",
        lambda: f"the {rank}",
        lambda: "tomorrow" + rng.choice(("", " morning", " afternoon", " evening", " night")),
        lambda: rng.choice(("today", "tonight", "this morning", "this afternoon", "this evening")),
        lambda: rng.choice(("the day after tomorrow", "yesterday", "last night", "right now")),
        lambda: rng.choice(
            ("next week", "this week", "at the weekend", "this weekend", "next month")
        ),
        lambda: f"in {cardinal(rng.randint(2, 20))} {rng.choice(('days', 'weeks', 'hours'))}",
        lambda: rng.choice(("the end of ", "the beginning of ", "in ", "early ", "late ")) + month,
        lambda: rng.choice(("a week on ", "the week after ", "before ", "after ")) + day,
    )
    return rng.choice(forms)()


def birthdate(rng: Random) -> str:
    """A date of birth."""
    rank, month = rng.choice(ORDINALS), rng.choice(MONTHS)
    year = f"nineteen {cardinal(rng.randint(30, 99))}"
    if rng.random() < 0.2:
        year = rng.choice(("two thousand and ", "twenty ")) + cardinal(rng.randint(10, 25))
    day = f"the {rank} of {month}" if rng.random() < 0.6 else f"{month} {rank}"
    return f"{day} {year}"


def time_of_day(rng: Random) -> str:
    """A time as it is spoken."""
    hour = rng.choice(_HOURS)
    forms = (
        hour,
        f"{hour} o'clock",
        f"{hour} {rng.choice(('am', 'pm', 'a. m.', 'p. m.'))}",
        f"half past {hour}",
        f"quarter {rng.choice(('past', 'to'))} {hour}",
        f"{hour} {rng.choice(('thirty', 'fifteen', 'forty five', 'twenty', 'ten', 'fifty'))}",
        f"{rng.choice(('ten', 'five', 'twenty'))} {rng.choice(('past', 'to'))} {hour}",
        f"{hour} in the {rng.choice(('morning', 'afternoon', 'evening'))}",
        rng.choice(("noon", "midnight", "lunchtime", "midday")),
    )
    return rng.choice(forms)


def postcode(rng: Random) -> str:
    """Five digits, one by one or in groups."""
    if rng.random() < 0.6:
        return " ".join(_digits(rng, 5))
    return f"{_pair(rng)} {rng.choice(('thousand', 'hundred', 'two hundred', 'three hundred'))}"
