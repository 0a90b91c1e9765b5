"""The grammars of names and addresses."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from voicebot.speech.grammar import Either, Loop, Maybe, Names, Rule, either, lines, row
from voicebot.speech.spoken_numbers import HUNDREDS, LETTER, NUMBER, PAIR, UNIT

_SITES = (
    "beaulieu", "beauregard", "bellevue", "chênes", "clos", "colline", "genêts", "grand pré",
    "grange", "hirondelles", "kergoat", "lande", "landes", "métairie", "mimosas", "oliviers",
    "petit bois", "pins", "prairie", "vallée", "vieux moulin", "ville neuve",
)  # fmt: skip
"""What places in the country and estates are often called."""


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


def known(*options: tuple[Rule, float]) -> Either:
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
    last = known((Names(names.surname), 0.4), (Names(names.firstname), 2.0), (Names(words), 1.6))
    first = Names(names.firstname)
    after = lines("à l'appareil / au téléphone / voilà / ça s'écrit comme ça se prononce")
    said = known(
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
    """A number, a street, a town, or a place without a street; a client's words may be in it."""
    before = lines(
        """j'habite / j'habite au / c'est au / je suis au / c'est / on est au / l'adresse c'est
        mon adresse c'est le / alors c'est le / au / le / à la / c'est à la / j'habite à la / la
        dans la / c'est dans la / on est dans la / à l' / l'"""
    )
    way = lines(
        """rue / avenue / boulevard / place / chemin / impasse / route / allée / cours / quai
        square / passage / faubourg / sentier"""
    )
    street = known(
        (Names((*names.street, "du bourg")), 0.7),
        (Names(words), 1.6),
        (row(Maybe("de"), Names(names.town)), 2.3),
        (row(Maybe(Names(names.firstname), 0.4), Names(names.surname)), 1.8),
    )
    named = known((Names(names.town), 0.5), (Names(words), 1.2))
    town = row(lines("à / à / de"), named)
    code = row(either(PAIR, row("zéro", UNIT)), either("mille", HUNDREDS))
    numbered = Maybe(row(NUMBER, Maybe(lines("bis / ter"), 3.0)), 0.2)
    where = Either((row(Maybe(code, 2.5), Maybe(town, 0.7)), row(code, named)), (0.0, 3.0))
    end = row(Maybe(_inside(), 2.5), where)
    place = row(numbered, way, street, end)
    site = row(_site(words, names), Maybe(row(numbered, way, street), 2.5), end)
    return row(Maybe(before, 0.9), Either((place, town, site), (0.3, 2.0, 2.0)))


def _inside() -> Rule:
    """Where in a house: a building, a staircase, a floor, a door."""
    floors = lines("premier étage / deuxième étage / troisième étage / rez-de-chaussée")
    part = lines("bâtiment / immeuble / escalier / porte / appartement / entrée / bloc / lot")
    return Loop(either(row("au", floors), row(part, either(LETTER, UNIT, PAIR))), again=1.5)


def _site(words: tuple[str, ...], names: KnownNames) -> Rule:
    """A place in the country, an estate, a zone: "lieu-dit", "résidence des lilas"."""
    kind = lines(
        """lieu-dit / résidence / hameau / immeuble / bâtiment / ferme / lotissement / quartier
        domaine / zone artisanale / zone industrielle / zone d'activité / zone commerciale"""
    )
    bare = dict.fromkeys(_article(name) for name in names.street)
    called = known(
        (Names((*_SITES, *bare)), 0.4),
        (Names(words), 1.6),
        (Names(names.town), 2.3),
        (Names(names.surname), 2.3),
    )
    joint = lines("de / du / des / de la / de l' / le / la / les / l'")
    named = row(kind, Maybe(joint, 0.4), called)
    lettered = row(kind, either(LETTER, UNIT))
    return Either((named, lettered, "bourg", kind), (0.2, 2.5, 2.0, 3.0))


def _article(name: str) -> str:
    """A street's name without what joins it to the street: "de la gare" is "gare"."""
    for joint in ("de la ", "de l'", "des ", "du ", "de "):
        name = name.removeprefix(joint)
    return name
