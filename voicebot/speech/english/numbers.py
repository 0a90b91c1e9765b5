"""The grammars of English numbers, telephone numbers, references, days and times."""

from __future__ import annotations

from math import log

from voicebot.speech.grammar import Either, Loop, Maybe, Rule, either, lines, row

DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
         "eighteen", "nineteen")  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
PAIRS = (*TEENS, *(f"{ten}{unit}" for ten in TENS for unit in ("", *(f" {d}" for d in DIGITS[1:]))))
"""10 to 99."""
UNIT = Either((*DIGITS, "oh", "nought"), (*(log(11) for _ in DIGITS), log(7), log(60)))
PAIR = Either(PAIRS)
LETTER = Either(tuple(f"{letter}." for letter in "abcdefghijklmnopqrstuvwxyz"))
_TWICE = row(Either(("double", "triple"), (0.2, 2.5)), UNIT)
_REST = Maybe(row(Maybe("and", 0.6), Either((Either(DIGITS[1:]), PAIR), (1.5, 0.3))), 0.6)
HUNDREDS = row(Either(("a", *DIGITS[1:])), "hundred", _REST)
_SMALL = Either((*DIGITS, *PAIRS), tuple(log(30) if n < 30 else log(150) for n in range(100)))
_THOUSANDS = row(Either((Either(("a", *DIGITS[1:])), PAIR), (0.4, 1.2)), "thousand")
NUMBER = Either(
    (
        _SMALL,
        HUNDREDS,
        row(_THOUSANDS, Maybe(either(_SMALL, HUNDREDS), 0.7)),
        row(_SMALL, lines("and a half / point five"), Maybe("", 0.5)),
        Loop(UNIT, again=0.8, least=2),
    ),
    (0.3, 1.8, 3.0, 4.0, 2.0),
)
"""Also a room told digit by digit: "two oh five"."""
_MONTHS = lines(
    """january / february / march / april / may / june / july / august / september / october
    november / december"""
)
_DAYS = lines("monday / tuesday / wednesday / thursday / friday / saturday / sunday")
_IS = Maybe(
    lines(
        """it's / it is / my number is / my phone number is / my mobile number is / the number is
        my mobile is / you can reach me on / you can call me on / call me on / yes it's
        yes my number is / so it's / it's a french number / it's an english number / sure it's
        and then / then / and / i'm on / my cell is / my cell phone number is / that's"""
    ),
    0.7,
)


def phone_rule() -> Rule:
    """Digits one by one, doubled, or in pairs; of any country, so that nothing counts them."""
    abroad = row(lines("plus / zero zero / double zero / double oh"), Either((UNIT, PAIR)))
    group = Either((UNIT, _TWICE, PAIR), (0.3, 2.5, 2.0))
    takes_back = Maybe(row(lines("no / sorry / no sorry"), group), 4.5)
    return row(_IS, Maybe(abroad, 2.5), Loop(row(group, takes_back), again=0.1, least=2))


def number_again() -> Rule:
    """A number read back wrong, said again or put right: "no, thirteen, not twelve"."""
    denied = Maybe(lines("no / no no / no sorry / no it's / sorry no / no that's wrong"), 0.4)
    part = Either((PAIR, row(UNIT, UNIT), UNIT), (0.3, 1.0, 2.0))
    right = either(
        row(Maybe("it's", 0.7), part, lines("not / instead of"), part),
        row("it's not", part, "it's", part),
        row(Maybe("it's", 0.7), part, lines("at the end / at the beginning")),
        row(lines("it ends with / it ends in / the end is / it starts with"), part),
    )
    return row(denied, Either((phone_rule(), right), (0.4, 1.5)))


def number_rule() -> Rule:
    """A number, with what is counted."""
    before = lines(
        """it's / it is / about / room / room number / i'm in room / we're in room / number / i'm in
        there are / there's / we are / maybe / around / my room is / i have / the number is"""
    )
    after = lines(
        """people / days / hours / minutes / nights / years old / months / weeks / degrees / euros
        persons / years / cows / of us / adults / rooms"""
    )
    return row(Maybe(before, 1.2), NUMBER, Maybe(after, 1.2))


def _ordinals() -> tuple[str, ...]:
    """1st to 31st."""
    first = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
             "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth",
             "seventeenth", "eighteenth", "nineteenth", "twentieth")  # fmt: skip
    return (*first, *(f"twenty {word}" for word in first[:9]), "thirtieth", "thirty first")


ORDINALS = _ordinals()


def _time() -> Rule:
    hours = Either((*DIGITS[1:], "ten", "eleven", "twelve"))
    half = lines(
        "am / pm / o'clock / in the morning / in the afternoon / in the evening / at night"
    )
    past = row(
        lines("half past / quarter past / quarter to / ten past / twenty past / ten to"), hours
    )
    minutes = Either(("thirty", "fifteen", "forty five", Either(PAIRS[:50])), (0.4, 1.2, 1.5, 2.5))
    clock = row(hours, Maybe(minutes, 1.2), Maybe(half, 0.7))
    return Either((clock, past, lines("noon / midnight / lunchtime")), (0.3, 1.5, 2.5))


def date_rule() -> Rule:
    """A day, a time, or both."""
    rank = Either(ORDINALS)
    month_day = either(
        row(Maybe("the", 0.4), rank, Maybe(row(Maybe("of", 0.6), _MONTHS), 0.7)),
        row(_MONTHS, Maybe("the", 1.0), Either((rank, Either(PAIRS[:22])), (0.5, 1.5))),
    )
    part = lines("morning / afternoon / evening / night")
    day = row(
        Maybe(lines("on / this / next / maybe / on the / last"), 0.7), _DAYS, Maybe(part, 1.0),
        Maybe(month_day, 2.0),
    )  # fmt: skip
    soon = lines(
        """today / tomorrow / tomorrow morning / tomorrow afternoon / tomorrow evening / tonight
        this morning / this afternoon / this evening / the day after tomorrow / next week / any time
        this weekend / next weekend / as soon as possible / in the morning / in the afternoon
        in the evening / whenever you can / whenever / now / right now / early next week / soon
        at the end of the week / it doesn't matter / i don't mind / asap / tomorrow night
        yesterday / last night / at the weekend / next month / on monday morning"""
    )
    count = Either(
        ("a", "an", "a few", *DIGITS[1:], Either(PAIRS[:30])),
        (1.0, 1.0, 2.0, *(2.0 for _ in range(9)), 3.0),
    )
    inside = row(
        "in", count, lines("days / weeks / hours / week / hour / minutes / months / month")
    )
    at = Maybe(
        row(lines("at / around / after / before / about / by / from / between"), _time()), 1.0
    )
    whole = row(Either((day, month_day, soon, inside), (0.9, 1.5, 0.9, 2.5)), at)
    bare = row(Maybe(lines("at / around / after / before / about / by / maybe"), 0.7), _time())
    return Either((whole, bare), (0.4, 1.2))


def reference_rule() -> Rule:
    """Letters and digits of a booking, a ticket, a contract."""
    part = Either(
        (UNIT, PAIR, LETTER, _TWICE, lines("dash / hyphen / slash / dot / space")),
        (0.7, 2.0, 1.0, 3.0, 4.0),
    )
    before = lines(
        """it's / it is / the reference is / my reference is / the number is / my booking number is
        the code is / the booking reference is / reference / number / yes it's
        my ticket number is"""
    )
    return row(Maybe(before, 1.0), Loop(part, again=0.15))
