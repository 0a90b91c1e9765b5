"""The grammars of numbers, telephone numbers, references, dates and times."""

from __future__ import annotations

from math import log

from voicebot.speech.grammar import Either, Loop, Maybe, Rule, either, grow, lines, row
from voicebot.speech.graph import GraphBuilder

DIGITS = ("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf")
_TEENS = ("dix", "onze", "douze", "treize", "quatorze", "quinze", "seize", "dix sept", "dix huit",
          "dix neuf")  # fmt: skip
_TENS = ("vingt", "trente", "quarante", "cinquante", "soixante")
_SELDOM = tuple(f"{base}{unit}" for base in ("huitante", "octante")
                for unit in ("", " et un", *(f" {unit}" for unit in DIGITS[2:])))  # fmt: skip
"""Said in Vaud and by few others, and much like "huit trente": they cost more than other pairs."""


def _pairs() -> tuple[str, ...]:
    """10 to 99, and the Swiss and Belgian ways."""
    found = list(_TEENS)
    for base in _TENS:
        found += [base, f"{base} et un", *(f"{base} {unit}" for unit in DIGITS[2:])]
    found += ["soixante dix", "soixante et onze", *(f"soixante {unit}" for unit in _TEENS[2:])]
    found += ["quatre vingt", *(f"quatre vingt {unit}" for unit in (*DIGITS[1:], *_TEENS))]
    for base in ("septante", "nonante"):
        found += [base, f"{base} et un", *(f"{base} {unit}" for unit in DIGITS[2:])]
    return (*found, *_SELDOM)


PAIRS = _pairs()
"""In the order of their values up to 99, then those of other countries."""
_PAIR_COSTS = tuple(log(110) + (1.5 if pair in _SELDOM else 0.0) for pair in PAIRS)
UNIT, PAIR = Either(DIGITS), Either(PAIRS, _PAIR_COSTS)
_REST = Maybe(Either((Either(DIGITS[1:]), PAIR), (2.6, 0.1)), 0.5)
HUNDREDS = row(either("cent", *(f"{unit} cent" for unit in DIGITS[2:])), _REST)
_SPOKEN_HUNDREDS = Either(
    (row("cent", _REST), *(row(f"{unit} cent", _REST) for unit in DIGITS[2:])),
    (5.0, *(0.0 for _ in DIGITS[2:])),
)
"""In a telephone number: "huit cent", "quatre cent septante"; a bare "cent" is a "trente"."""
_SMALL = Either(
    (*DIGITS, *PAIRS),
    tuple(log(30) if n < 30 else log(150) for n in range(100))
    + tuple(log(150) + (1.5 if pair in _SELDOM else 0.0) for pair in PAIRS[90:]),
)
_THOUSANDS = Either((Either(DIGITS[2:]), PAIR, HUNDREDS), (0.5, 1.2, 2.5))
NUMBER = Either(
    (
        _SMALL,
        HUNDREDS,
        row(Maybe(_THOUSANDS, 0.7), "mille", Maybe(either(_SMALL, HUNDREDS), 0.7)),
        row(_SMALL, lines("virgule / et demi"), Maybe(_SMALL, 0.5)),
    ),
    (0.3, 1.8, 3.0, 4.0),
)
LETTER = Either(tuple(f"{letter}." for letter in "abcdefghijklmnopqrstuvwxyz"))
_MONTHS = lines(
    "janvier / février / mars / avril / mai / juin / juillet / août / septembre / octobre / "
    "novembre / décembre"
)
_DAYS = lines("lundi / mardi / mercredi / jeudi / vendredi / samedi / dimanche")
_IS = Maybe(
    lines(
        """c'est le / c'est / mon numéro c'est le / mon numéro c'est / le / au / oui c'est le
        mon numéro de téléphone c'est le / mon portable c'est le / vous pouvez me joindre au
        je suis joignable au / alors c'est le / rappelez-moi au / vous pouvez me rappeler au
        je vous donne mon numéro c'est le / je recommence / oui alors c'est le / sur le
        et / puis / et puis / ensuite / et ensuite / après / et après / et la fin c'est"""
    ),
    0.7,
)


def phone_number(builder: GraphBuilder, start: int, end: int) -> None:
    """Ten digits in all French ways; other lengths cost more.

    Who dictates pairs dictates pairs to the end, and who says digits one by one does so too: a
    way of each, and a third for those who mix, so that "vingt trois" is not heard as "un trois".
    A state for each count of digits, so that the count guides the ear.
    """
    opened = builder.state()
    grow(builder, _IS, start, opened)
    _counted(builder, opened, end, 0.0, pair=0.1, unit=None)
    _counted(builder, opened, end, 2.0, pair=None, unit=0.1)
    _counted(builder, opened, end, 2.5, pair=0.1, unit=1.5)


def _counted(
    builder: GraphBuilder,
    opened: int,
    end: int,
    entry: float,
    *,
    pair: float | None,
    unit: float | None,
) -> None:
    """One way of saying the digits; None where a pair, or one digit alone, is not said so."""
    count = [builder.state() for _ in range(13)]
    grow(builder, Either(("zéro",)), opened, count[1], entry + 0.3)
    grow(builder, lines("plus trente trois / zéro zéro trente trois"), opened, count[1], entry + 3)
    builder.jump(opened, count[0], entry + 2.5)
    for n in range(12):
        if unit is not None or n == 1:
            grow(builder, UNIT, count[n], count[n + 1], 0.1 if n == 1 else unit or 0.1)
        if n + 2 < len(count):
            grow(builder, "double zéro", count[n], count[n + 2], 5.0)
            if pair is not None:  # pairs begin where the count is even
                grow(builder, PAIR, count[n], count[n + 2], 2.0 if n % 2 else pair)
                grow(builder, row("zéro", UNIT), count[n], count[n + 2], 2.0 if n % 2 else 0.7)
        if n + 3 < len(count) and n >= 2 and pair is not None:
            grow(builder, _SPOKEN_HUNDREDS, count[n], count[n + 3], 4.0)
        if n >= 2:
            builder.word(count[n], "euh", count[n], 8.0)  # much like a "neuf" on a poor line
            builder.word(count[n], "et", count[n], 5.0)
        if n > 2:  # the pair before is taken back
            grow(builder, lines("non / pardon / non pardon"), count[n], count[n - 2], 5.0)
    closed = builder.state()
    for n in range(2, 13):
        builder.jump(count[n], closed, 0.0 if n == 10 else 7.0)
    builder.jump(closed, end)


def number_again(builder: GraphBuilder, start: int, end: int, cost: float) -> None:
    """A number read back wrong, said again or put right: "non, treize au lieu de douze"."""
    denied = builder.state()
    grow(builder, Maybe(lines("non / non non / ah non / non non non / non pardon"), 0.4), start,
         denied, cost)  # fmt: skip
    phone_number(builder, denied, end)
    pair = Either((PAIR, row("zéro", UNIT)), (0.2, 1.7))
    right = either(
        row(Maybe("c'est", 0.5), pair, lines("au lieu de / à la place de / et pas / pas"), pair),
        row("c'est pas", Maybe("le", 1.5), pair, "c'est", Maybe("le", 1.5), pair),
        row(Maybe("c'est", 0.7), pair, lines("à la fin / à la fin c'est / au début")),
        row(lines("à la fin c'est / ça finit par / ça se termine par / ça commence par"), pair),
        row(Maybe("c'est", 0.7), pair),
    )
    grow(builder, right, denied, end, 1.5)


def number_rule() -> Rule:
    """A number, with what is counted."""
    before = lines(
        """c'est / j'ai / il a / elle a / on est / environ / à peu près / chambre / numéro / y en a
        il y en a / la chambre / c'est la chambre / c'est le / nous sommes / le
        je suis à la chambre"""
    )
    after = lines(
        """ans / jours / heures / minutes / personnes / mois / semaines / degrés / euros / vaches
        à peu près / environ / postes / nuits / kilos / mètres / centimètres / pour cent"""
    )
    return row(Maybe(before, 1.2), NUMBER, Maybe(after, 1.2))


def _time() -> Rule:
    counts = (*DIGITS[2:], *PAIRS[:11], "vingt deux", "vingt trois", "vingt quatre")
    hours = (*(f"{n} heures" for n in counts), "vingt et une heures", "zéro heure")
    hour = Either(("midi", "minuit", "une heure", *hours))
    usual = lines(
        """et demie / et quart / moins le quart / trente / quinze / quarante cinq / dix / vingt
        moins dix / moins vingt / cinq / cinquante / moins cinq / vingt cinq / quarante
        moins vingt cinq / trente cinq / cinquante cinq"""
    )
    minute = Either((usual, Either(PAIRS[:50])), (0.1, 2.5))
    return row(hour, Maybe(minute, 0.9), Maybe(lines("du matin / du soir / pile"), 3.0))


def _inside() -> Rule:
    """How long from now: "dans un mois", "dans une heure", "dans dix jours"."""
    one = either(
        lines("un jour / un mois / un an / un quart d'heure"),
        lines("une heure / une semaine / une minute / une quinzaine / une demi-heure / une année"),
    )
    many = row(
        Either((*DIGITS[2:], *PAIRS[:50])),
        lines("jours / heures / minutes / semaines / mois / ans"),
    )
    return row("dans", Either((one, many), (0.7, 0.7)), Maybe("environ", 3.0))


def _year() -> Rule:
    """Also "dix-neuf cent cinquante-deux", and the last two digits alone."""
    century = Either(("mille neuf cent", "dix neuf cent", "dix huit cent"), (0.2, 2.0, 4.0))
    return either(
        row(century, Either((PAIR, Either(DIGITS[1:]), ""), (0.2, 2.5, 4.0))),
        row("deux mille", Maybe(Either((*DIGITS[1:], *PAIRS[:25])), 0.1)),
        Either(PAIRS[:90]),
    )


def date_rule() -> Rule:
    """A day, a time, or both; a date of birth too."""
    rank = Either(("premier", *DIGITS[1:], *PAIRS[:22]))
    month_day = row(
        Maybe("le"), rank, Maybe(either(_MONTHS, _MONTHS, rank), 0.2), Maybe(_year(), 1.5)
    )
    part = Maybe(
        lines("matin / après-midi / soir / midi / prochain / en huit / en quinze / dernier"), 1.0
    )
    day = row(Maybe(lines("le / ce / plutôt / disons"), 1.5), _DAYS, part, Maybe(month_day, 2.0))
    soon = lines(
        """aujourd'hui / demain / après-demain / ce soir / ce matin / cet après-midi / hier
        hier soir / hier matin / avant-hier / cette nuit / maintenant / tout de suite
        la semaine prochaine / la semaine dernière / ce week-end / en fin de semaine
        en début de semaine / dès que possible / le plus vite possible / dans la matinée
        dans la journée / en fin de journée / demain matin / demain soir / demain après-midi
        le matin / l'après-midi / le soir
        n'importe quand / quand vous voulez / peu importe"""
    )
    at = Maybe(row(lines("à / vers / à partir de / après / avant / vers les"), _time()), 1.0)
    born = Maybe(
        lines("je suis né / je suis née / né / née / c'est / il est né / elle est née"), 2.5
    )
    whole = row(born, Either((day, month_day, soon, _inside()), (0.9, 1.2, 1.2, 2.5)), at)
    bare = row(Maybe(lines("à / vers / plutôt / après / avant / à partir de"), 0.7), _time())
    return Either((whole, bare), (0.4, 1.2))


def reference_rule() -> Rule:
    """Letters and digits of a file, a contract, a ticket."""
    part = Either(
        (UNIT, PAIR, LETTER, HUNDREDS, lines("tiret / slash / espace / point / barre")),
        (0.9, 1.3, 1.0, 3.0, 4.0),
    )
    before = lines(
        """c'est le / c'est / le numéro c'est / la référence c'est / numéro / le / oui c'est le
        mon numéro de dossier c'est le / mon numéro de client c'est le / le code c'est"""
    )
    return row(Maybe(before, 1.0), Loop(part, again=0.15))
