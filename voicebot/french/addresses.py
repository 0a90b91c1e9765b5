"""Addresses: "douze bis rue des Lilas à Lyon, troisième étage, code vingt-trois A"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from voicebot.french.normalise import Word, word_set, words
from voicebot.french.numbers import read_number

_WAYS = word_set(
    "rue avenue av boulevard bd place chemin route allee allees impasse quai cours square "
    "passage cite residence lotissement hameau voie montee sentier promenade esplanade "
    "faubourg lieu villa venelle ruelle rond zone rocade traverse"
)
_BIS = frozenset(("bis", "ter", "quater"))
_STOP = word_set(
    "je tu il on et mais c ca est j y pour parce que qui quoi merci voila donc alors oui "
    "non depuis il elle nous vous avec mon ma telephone numero pouvez s"
)
_SMALL = word_set(
    "de du des la le les l d a au aux en sur sous lès lez bis ter rue avenue boulevard "
    "place chemin route allee allees impasse quai cours square passage cite residence "
    "lotissement hameau etage code batiment porte appartement escalier montee promenade "
    "voie zone lieu dit"
)
_DETAIL = re.compile(
    r"(?<![,]) ((?:\w+(?:ième|ieme|er) )?(?:étage|etage)|code|bâtiment|batiment|appartement)\b"
)
_ORDINAL = re.compile(r"\w+(?:ième|ieme)$")
LONGEST = 16
"""Words that an address takes after its street's kind."""


@dataclass(frozen=True)
class Address:
    """A postal address, as it can be written down for whoever drives there."""

    value: str
    """E.g. "12 bis rue des Lilas à Lyon"."""
    text: str
    complete: bool
    """Whether it has a number or a town, enough to be found."""


def read_address(text: str, *, expected: bool = False) -> Address | None:
    """The address in `text`.

    Args:
        text: what was said.
        expected: an address was asked for, so that "à Lyon" or "au lieu-dit Kergoat" is one.
    """
    found = words(text)
    tokens = [word.plain for word in found]
    for at, token in enumerate(tokens):
        if token not in _WAYS or (token == "rond" and tokens[at + 1 : at + 2] != ["point"]):
            continue
        if token in ("place", "cours", "zone", "passage", "cite", "route", "voie", "lieu") and not (
            _number_before(tokens, at) or expected
        ):
            continue
        start, number = _number_before(tokens, at) or (at, "")
        end = _end(tokens, at + 1)
        if end == at + 1:
            continue
        return _address(text, found, start, at, end, number)
    return _bare(text, found, tokens) if expected else None


def _number_before(tokens: list[str], at: int) -> tuple[int, str] | None:
    """The house number before the street, with where it begins."""
    last = at
    bis = ""
    if last > 0 and tokens[last - 1] in _BIS:
        bis, last = f" {tokens[last - 1]}", last - 1
    for start in range(max(0, last - 5), last):
        read = read_number(tokens, start)
        if read and read[1] == last and 0 < read[0] < 10_000:
            return start, f"{read[0]}{bis}"
    return None


def _end(tokens: list[str], start: int) -> int:
    """The index after the last word of the address that goes on at `start`."""
    end = start
    while end < len(tokens) and end - start < LONGEST and tokens[end] not in _STOP:
        end += 1
    while end > start and tokens[end - 1] in ("a", "au", "de", "la", "le", "l", "d", "en", "des"):
        if "code" in tokens[start : end - 1]:  # "code vingt-trois a"
            break
        end -= 1
    return end


def _address(text: str, found: list[Word], start: int, way: int, end: int, number: str) -> Address:
    street = _written(text, found[way:end])
    value = f"{number} {street}".strip()
    town = any(word.plain in ("a", "sur") for word in found[way + 2 : end - 1])
    heard = text[found[start].start : found[end - 1].end]
    return Address(value, heard, bool(number) or town)


def _bare(text: str, found: list[Word], tokens: list[str]) -> Address | None:
    """An answer to "à quelle adresse ?" that names no street."""
    at = 0
    openers = {"c", "est", "j", "habite", "alors", "je", "suis", "oui", "euh", "donc", "on", "l",
               "adresse", "mon", "sommes", "nous"}  # fmt: skip
    while at < len(tokens) and tokens[at] in openers:
        at += 1
    places = {"a", "au", "aux", "residence", "batiment", "ferme", "lieu", "chambre"}
    if at >= len(tokens) - 1 or tokens[at] not in places:
        return None
    end = _end(tokens, at + 1)
    if end - at < 2:
        return None
    value = _written(text, found[at:end])
    return Address(value, value, False)


def _written(text: str, part: list[Word]) -> str:
    """Street and town with capitals, numbers in digits."""
    shown: list[str] = []
    at = 0
    tokens = [word.plain for word in part]
    while at < len(part):
        read = read_number(tokens, at) if tokens[at] not in ("un", "une") else None
        if read and (read[0] > 1 or tokens[at].isdecimal()):
            shown.append(str(read[0]))
            at = read[1]
            continue
        word = part[at]
        small = word.plain in _SMALL or word.plain in ("et", "point", "premier")
        small = small or bool(_ORDINAL.search(word.plain))
        shown.append(word.text.lower() if small else _capital(word.text))
        at += 1
    joined = re.sub(r"(['’]) ", r"\1", " ".join(shown))
    return _DETAIL.sub(r", \1", joined)


def _capital(text: str) -> str:
    return text if text[:1].isupper() else text[:1].upper() + text[1:]
