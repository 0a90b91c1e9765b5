"""The grammars of names and addresses."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from voicebot.speech.grammar import Either, Loop, Maybe, Names, Rule, either, lines, row
from voicebot.speech.spoken_numbers import HUNDREDS, LETTER, NUMBER, PAIR, UNIT


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


def _known(*options: tuple[Rule, float]) -> Either:
    """A choice with its costs; lists without names fall away."""
    kept = [o for o in options if not (isinstance(o[0], Names) and not o[0].words)]
    return Either(tuple(rule for rule, _ in kept), tuple(cost for _, cost in kept))


def _spelling(names: KnownNames) -> Rule:
    like = row("comme", Names(names.firstname))
    signs = lines(
        "tiret / apostrophe / espace / accent aigu / accent grave / trait d'union / tréma"
    )
    letter = Either(
        (row(LETTER, Maybe(like, 3.5)), row("deux", LETTER), signs),
        (0.2, 2.5, 4.0),
    )
    return Loop(letter, again=0.1, least=2)


def name_rule(words: tuple[str, ...], names: KnownNames) -> Rule:
    """A person's name, said or spelt; a client's own words may be names."""
    before = lines(
        """je m'appelle / je suis / c'est / mon nom c'est / mon nom est / ici / oui je m'appelle
        oui c'est / oui bonjour je m'appelle / bonjour je m'appelle / au nom de / moi c'est
        bonjour c'est / mon nom de famille c'est / alors je m'appelle"""
    )
    title = lines("madame / monsieur / docteur / maître / mademoiselle")
    last = _known((Names(names.surname), 0.4), (Names(names.firstname), 2.0), (Names(words), 1.6))
    first = Names(names.firstname)
    after = lines("à l'appareil / au téléphone / voilà / ça s'écrit comme ça se prononce")
    said = _known(
        (row(title, last), 1.2),
        (row(first, last), 0.8),
        (last, 1.5),
        (first, 2.5),
        (row(title, first, last), 3.0),
        (row(last, first), 2.0),
    )
    told = row(Maybe(before, 0.7), said, Maybe(after, 2.5))
    spells = lines("ça s'écrit / alors / je vous l'épelle / je vous épelle")
    spelt = row(Maybe(spells, 1.5), _spelling(names))
    return Either((told, row(told, spelt), spelt), (0.4, 2.0, 1.8))


def address_rule(words: tuple[str, ...], names: KnownNames) -> Rule:
    """A number, a street, a town; a client's own words may be streets and towns."""
    before = lines(
        """j'habite / j'habite au / c'est au / je suis au / c'est / on est au / l'adresse c'est
        mon adresse c'est le / alors c'est le / au / le"""
    )
    way = lines(
        "rue / avenue / boulevard / place / chemin / impasse / route / allée / cours / quai"
    )
    street = _known(
        (Names(names.street), 0.7),
        (Names(words), 1.6),
        (row(Maybe("de"), Names(names.town)), 2.3),
        (row(Maybe(Names(names.firstname), 0.4), Names(names.surname)), 1.8),
    )
    town = row(lines("à / à / de"), _known((Names(names.town), 0.5), (Names(words), 1.2)))
    code = row(either(PAIR, row("zéro", UNIT)), either("mille", HUNDREDS))
    floors = lines("premier étage / deuxième étage / troisième étage / rez-de-chaussée")
    floor = Maybe(row(lines("au / bâtiment"), either(LETTER, floors)), 2.5)
    numbered = Maybe(row(NUMBER, Maybe(lines("bis / ter"), 3.0)), 0.2)
    place = row(numbered, way, street, floor, Maybe(code, 2.5), Maybe(town, 0.7))
    return row(Maybe(before, 0.9), Either((place, town), (0.3, 2.0)))
