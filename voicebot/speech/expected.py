"""The grammars of what a flow may await: yes or no, numbers, dates, names, addresses."""

from __future__ import annotations

import json
from dataclasses import dataclass
from math import log
from pathlib import Path

from voicebot.dialogue.expectation import Expectation, Kind
from voicebot.speech.grammar import (
    Either,
    Loop,
    Maybe,
    Names,
    Rule,
    either,
    grow,
    lines,
    row,
)
from voicebot.speech.graph import Graph, GraphBuilder
from voicebot.speech.lexicon import pronunciations

_DIGITS = ("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf")
_TEENS = ("dix", "onze", "douze", "treize", "quatorze", "quinze", "seize", "dix sept", "dix huit",
          "dix neuf")  # fmt: skip
_TENS = ("vingt", "trente", "quarante", "cinquante", "soixante")
_HESITATION = Maybe(lines("euh / alors / ben / bah / alors euh / bon / donc / oui alors"), 2.0)
_POLITE = Maybe(lines("s'il vous plaît / merci / voilà / merci beaucoup / d'accord"), 2.5)


def _pairs() -> tuple[str, ...]:
    """10 to 99, and the Swiss and Belgian ways."""
    found = list(_TEENS)
    for base in _TENS:
        found += [base, f"{base} et un", *(f"{base} {unit}" for unit in _DIGITS[2:])]
    found += ["soixante dix", "soixante et onze", *(f"soixante {unit}" for unit in _TEENS[2:])]
    found += ["quatre vingt", *(f"quatre vingt {unit}" for unit in (*_DIGITS[1:], *_TEENS))]
    for base in ("septante", "nonante"):
        found += [base, f"{base} et un", *(f"{base} {unit}" for unit in _DIGITS[2:])]
    return tuple(found)


_PAIRS = _pairs()
_UNIT, _PAIR = Either(_DIGITS), Either(_PAIRS)
_HUNDREDS = row(
    either("cent", *(f"{unit} cent" for unit in _DIGITS[2:])),
    Maybe(Either((*_DIGITS[1:], *_PAIRS)), 0.5),
)
_SMALL = Either((*_DIGITS, *_PAIRS), tuple(log(30) if n < 30 else log(150) for n in range(10 + len(_PAIRS))))
_NUMBER = Either(
    (
        _SMALL,
        _HUNDREDS,
        row(Maybe(Either(_DIGITS[2:]), 0.7), "mille", Maybe(either(_SMALL, _HUNDREDS), 0.7)),
        row(_SMALL, lines("virgule / et demi"), Maybe(_SMALL, 0.5)),
    ),
    (0.3, 1.8, 3.0, 4.0),
)
_LETTER = Either(tuple(f"{letter}." for letter in "abcdefghijklmnopqrstuvwxyz"))
_MONTHS = lines(
    "janvier / février / mars / avril / mai / juin / juillet / août / septembre / octobre / "
    "novembre / décembre"
)
_DAYS = lines("lundi / mardi / mercredi / jeudi / vendredi / samedi / dimanche")
_YES = """oui / oui oui / ouais / d'accord / oui d'accord / tout à fait / oui tout à fait
 exactement / oui exactement / c'est ça / oui c'est ça / c'est bien ça / oui c'est bien ça
 c'est exact / oui c'est exact / c'est correct / correct / absolument / bien sûr / oui bien sûr
 ok / parfait / très bien / oui merci / je veux bien / oui je veux bien / volontiers / voilà
 oui voilà / je confirme / oui je confirme / ça marche / ça me va / oui ça me va / c'est bon
 oui c'est bon / si / mais si / ben oui / bah oui / ah oui / mais oui / évidemment / en effet
 effectivement / entendu / allez-y / oui allez-y / oui s'il vous plaît / je pense que oui
 je crois que oui / oui je pense / oui je crois / affirmatif / oui absolument / c'est juste
 ça me convient / pourquoi pas / avec plaisir"""
_NO = """non / non non / non merci / pas du tout / non pas du tout / c'est pas ça / non c'est pas ça
 ce n'est pas ça / non ce n'est pas ça / ah non / mais non / ben non / bah non / absolument pas
 surtout pas / c'est faux / non c'est faux / pas encore / non pas encore / pas vraiment
 non pas vraiment / jamais / c'est pas la peine / non c'est pas la peine / je veux pas
 non c'est tout / non ce sera tout / c'est tout / non ça va / négatif / je crois pas
 je pense pas / je ne crois pas / je ne pense pas / non c'est une erreur / c'est pas bon
 non c'est pas bon / non j'ai pas / non vous avez mal compris / pas maintenant / non rien"""
_UNSURE = """je sais pas / je ne sais pas / j'en sais rien / peut-être / je suis pas sûr
 je suis pas sûre / aucune idée / ça dépend / un instant / attendez / je me souviens plus"""
_IS = Maybe(
    lines(
        """c'est le / c'est / mon numéro c'est le / mon numéro c'est / le / au / oui c'est le
        mon numéro de téléphone c'est le / mon portable c'est le / vous pouvez me joindre au
        je suis joignable au / alors c'est le / rappelez-moi au / vous pouvez me rappeler au
        je vous donne mon numéro c'est le / je recommence / oui alors c'est le / sur le"""
    ),
    0.7,
)


@dataclass(frozen=True)
class KnownNames:
    """Names that the ear knows without a client."""

    surname: tuple[str, ...]
    firstname: tuple[str, ...]
    town: tuple[str, ...]
    street: tuple[str, ...]


def load_names(path: Path) -> KnownNames:
    """Reads names.json of a model."""
    page = json.loads(path.read_text(encoding="utf-8"))
    kinds = ("surname", "firstname", "town", "street")
    return KnownNames(*(tuple(page.get(kind, ())) for kind in kinds))


def expected_graph(
    expectation: Expectation, words: tuple[str, ...], names: KnownNames
) -> Graph | None:
    """The graph of what is awaited; None where anything may come."""
    builder = GraphBuilder(pronunciations)
    start, end = builder.state(), builder.state()
    builder.silence(start)
    builder.final(end)
    if expectation.kind is Kind.PHONE_NUMBER:
        _phone_number(builder, start, end)
        return builder.build()
    rule = _rule(expectation, words, names)
    if rule is None:
        return None
    grow(builder, row(_HESITATION, rule, _POLITE), start, end)
    return builder.build()


def _rule(expectation: Expectation, words: tuple[str, ...], names: KnownNames) -> Rule | None:
    match expectation.kind:
        case Kind.YES_NO:
            return Either((lines(_YES), lines(_NO), lines(_UNSURE)), (0.8, 0.8, 3.0))
        case Kind.NUMBER:
            return _number()
        case Kind.DATE:
            return _date()
        case Kind.NAME:
            return _name(words, names)
        case Kind.ADDRESS:
            return _address(words, names)
        case Kind.REFERENCE:
            return _reference()
        case Kind.PHRASES if expectation.phrases:
            return Either(tuple(expectation.phrases))
        case _:
            return None


def _phone_number(builder: GraphBuilder, start: int, end: int) -> None:
    """Ten digits in all French ways; other lengths cost more.

    A state for each count of digits, so that the count guides the ear: people group digits by
    one, two or three, and say "plus trente trois" for the first.
    """
    count = [builder.state() for _ in range(13)]
    opened = builder.state()
    grow(builder, row(_HESITATION, _IS), start, opened)
    grow(builder, Either(("zéro",)), opened, count[1], 0.3)
    grow(builder, lines("plus trente trois / zéro zéro trente trois"), opened, count[1], 3.0)
    builder.jump(opened, count[0], 2.5)
    for n in range(12):
        likely = 2.0 if n % 2 else 0.1  # pairs begin where the count is even
        grow(builder, _UNIT, count[n], count[n + 1], 0.1 if n == 1 else 1.5)
        if n + 2 < len(count):
            grow(builder, _PAIR, count[n], count[n + 2], likely)
            grow(builder, "double zéro", count[n], count[n + 2], 5.0)
        if n + 3 < len(count) and n >= 2:
            grow(builder, _HUNDREDS, count[n], count[n + 3], 3.0)
        if n >= 2:
            builder.word(count[n], "euh", count[n], 4.0)
            builder.word(count[n], "et", count[n], 5.0)
    closed = builder.state()
    for n in range(2, 13):
        builder.jump(count[n], closed, 0.0 if n == 10 else 3.5)
    grow(builder, _POLITE, closed, end)


def _number() -> Rule:
    before = lines(
        """c'est / j'ai / il a / elle a / on est / environ / à peu près / chambre / numéro / y en a
        il y en a / la chambre / c'est la chambre / c'est le / nous sommes / le / je suis à la chambre"""
    )
    after = lines(
        """ans / jours / heures / minutes / personnes / mois / semaines / degrés / euros / vaches
        à peu près / environ / postes / nuits / kilos / mètres / centimètres / pour cent"""
    )
    return row(Maybe(before, 1.2), _NUMBER, Maybe(after, 1.2))


def _time() -> Rule:
    hour = Either(("midi", "minuit", "une heure", *(f"{n} heures" for n in (*_DIGITS[2:], *_PAIRS[:15]))))
    minute = Either(
        ("et demie", "et quart", "moins le quart", "trente", "quinze", "quarante cinq", "dix",
         "vingt", "moins dix", "moins vingt", "cinq", "cinquante"),
    )  # fmt: skip
    return row(hour, Maybe(minute, 0.9), Maybe(lines("du matin / du soir / pile"), 3.0))


def _date() -> Rule:
    rank = Either(("premier", *_DIGITS[1:], *_PAIRS[:22]))
    year = either(
        row("mille neuf cent", Either(_PAIRS)),
        row("deux mille", Maybe(Either((*_DIGITS[1:], *_PAIRS[:25])), 0.1)),
        Either(_PAIRS),
    )
    month_day = row(Maybe("le"), rank, Maybe(either(_MONTHS, _MONTHS, rank), 0.2), Maybe(year, 1.5))
    part = Maybe(lines("matin / après-midi / soir / midi / prochain / en huit / dernier"), 1.0)
    day = row(Maybe(lines("le / ce / plutôt / disons"), 1.5), _DAYS, part, Maybe(month_day, 2.0))
    soon = lines(
        """aujourd'hui / demain / après-demain / ce soir / ce matin / cet après-midi / hier
        hier soir / hier matin / avant-hier / cette nuit / maintenant / tout de suite
        la semaine prochaine / la semaine dernière / ce week-end / en fin de semaine
        en début de semaine / dès que possible / le plus vite possible / dans la matinée
        dans la journée / en fin de journée / demain matin / demain soir / demain après-midi
        dans une heure / dans une semaine / dans quinze jours / le matin / l'après-midi / le soir
        n'importe quand / quand vous voulez / peu importe"""
    )
    inside = row("dans", Either((*_DIGITS[2:], *_PAIRS[:25])), lines("jours / heures / minutes / semaines / mois"))
    at = Maybe(row(lines("à / vers / à partir de / après / avant / vers les"), _time()), 1.0)
    born = Maybe(lines("je suis né / je suis née / né / née / c'est / il est né / elle est née"), 2.5)
    whole = row(born, Either((day, month_day, soon, inside), (0.9, 1.2, 1.2, 3.0)), at)
    bare = row(Maybe(lines("à / vers / plutôt / après / avant / à partir de"), 0.7), _time())
    return Either((whole, bare), (0.4, 1.2))


def _spelling(names: KnownNames) -> Rule:
    like = row("comme", Names(names.firstname))
    letter = Either(
        (row(_LETTER, Maybe(like, 3.5)), row("deux", _LETTER),
         lines("tiret / apostrophe / espace / accent aigu / accent grave / trait d'union / tréma")),
        (0.2, 2.5, 4.0),
    )  # fmt: skip
    return Loop(letter, again=0.1, least=2)


def _name(words: tuple[str, ...], names: KnownNames) -> Rule:
    before = lines(
        """je m'appelle / je suis / c'est / mon nom c'est / mon nom est / ici / oui je m'appelle
        oui c'est / oui bonjour je m'appelle / bonjour je m'appelle / au nom de / moi c'est
        bonjour c'est / mon nom de famille c'est / alors je m'appelle"""
    )
    title = lines("madame / monsieur / docteur / maître / mademoiselle")
    own = words or ("",)
    last: Rule = Either((Names(names.surname), Names(names.firstname), Names(own)), (0.4, 2.5, 1.6))
    first = Names(names.firstname)
    after = lines("à l'appareil / au téléphone / voilà / ça s'écrit comme ça se prononce")
    said = Either(
        (row(title, last), row(first, last), last, first, row(title, first, last), row(last, first)),
        (1.2, 1.0, 1.5, 2.5, 3.0, 2.5),
    )
    told = row(Maybe(before, 0.7), said, Maybe(after, 2.5))
    spelt = row(Maybe(lines("ça s'écrit / alors / je vous l'épelle / je vous épelle"), 1.5), _spelling(names))
    return Either((told, row(told, spelt), spelt), (0.4, 2.0, 1.8))


def _address(words: tuple[str, ...], names: KnownNames) -> Rule:
    before = lines(
        """j'habite / j'habite au / c'est au / je suis au / c'est / on est au / l'adresse c'est
        mon adresse c'est le / alors c'est le / au / le"""
    )
    way = lines("rue / avenue / boulevard / place / chemin / impasse / route / allée / cours / quai / allée des")
    own = words or ("",)
    street = Either((Names(names.street), Names(own), row(Maybe("de"), Names(names.town)),
                     row(Maybe(Names(names.firstname), 0.4), Names(names.surname))),
                    (0.7, 1.6, 2.3, 1.8))  # fmt: skip
    town = row(lines("à / à / de"), Either((Names(names.town), Names(own)), (0.5, 1.2)))
    code = row(either(Either(_PAIRS), row("zéro", _UNIT)), either("mille", _HUNDREDS))
    floor = row(lines("au / bâtiment"), either(_LETTER, lines(
        "premier étage / deuxième étage / troisième étage / quatrième étage / rez-de-chaussée")))  # fmt: skip
    numbered = row(_NUMBER, Maybe(lines("bis / ter"), 3.0))
    place = row(Maybe(numbered, 0.2), way, street, Maybe(floor, 2.5), Maybe(code, 2.5), Maybe(town, 0.7))
    return row(Maybe(before, 0.9), Either((place, town), (0.3, 2.0)))


def _reference() -> Rule:
    part = Either(
        (_UNIT, _PAIR, _LETTER, _HUNDREDS, lines("tiret / slash / espace / point / barre")),
        (0.9, 1.3, 1.0, 3.0, 4.0),
    )
    before = lines(
        """c'est le / c'est / le numéro c'est / la référence c'est / numéro / le / oui c'est le
        mon numéro de dossier c'est le / mon numéro de client c'est le / le code c'est"""
    )
    return row(Maybe(before, 1.0), Loop(part, again=0.15))


