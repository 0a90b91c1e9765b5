"""Addresses: "douze bis rue des Lilas à Lyon, troisième étage, code vingt-trois A"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from voicebot.french.dictation import digit_runs, likeliest_digits
from voicebot.french.entrances import entrance_at
from voicebot.french.normalise import Word, word_set, words
from voicebot.french.numbers import read_number
from voicebot.french.vocabulary import COMMON

_WAYS = word_set(
    "rue avenue av boulevard bd place chemin route allee allees impasse quai cours square "
    "passage cite residence lotissement hameau voie montee sentier promenade esplanade "
    "faubourg lieu villa venelle ruelle rond zone rocade traverse chaussee"
)
_ALSO_WORDS = word_set("place cours zone passage cite route voie lieu villa chaussee")
"""Ways that are words too: only after a number, or where an address was asked for."""
_BIS = re.compile(r"bis|ter|quater|[a-d]")
_NUMBER_BIS = re.compile(r"(\d{1,4})(bis|ter|quater|[a-d])")
_STOP = word_set(
    "je tu il on et mais c ca est j y pour parce que qui quoi merci voila donc alors oui "
    "non depuis elle nous vous avec mon ma telephone numero pouvez s pardon enfin excusez attendez"
)
_TAKES_BACK = re.compile(r"\b(?:non|pardon|enfin|plutôt|trompée?|erreur)\b", re.IGNORECASE)
_SMALL = word_set(
    "de du des la le les l d a au aux en sur sous lès lez bis ter dans et point premier rue "
    "avenue boulevard place chemin route allee allees impasse quai cours square passage cite "
    "residence lotissement hameau voie zone lieu dit chambre arrondissement industrielle "
    "artisanale commerciale chaussee janvier fevrier mars avril mai juin juillet aout septembre "
    "octobre novembre decembre"
)
_ORDINAL = re.compile(r"\w+(?:ième|ieme)$")
_TRAILING = ("a", "au", "de", "la", "le", "l", "d", "en", "des")
_OPENERS = word_set(
    "c est j habite alors je suis oui euh donc on l adresse mon sommes nous ben bah chez moi"
)
_PLACES = word_set(
    "residence batiment ferme lieu chambre camping domaine chateau moulin hameau zac zi"
)
"""Where people live without a street."""
LONGEST = 16
"""Words that an address takes after its street's kind."""
LONGEST_TOWN = 6
"""Words of a town's name: "Saint-Jean-Pied-de-Port"."""
POSTCODE = 5
"""Digits of a post code."""


@dataclass(frozen=True)
class Address:
    """A postal address, as it can be written down for whoever drives there."""

    value: str
    """E.g. "12 bis rue des Lilas à Lyon, troisième étage, code 23A"."""
    text: str
    complete: bool
    """Whether it has a number or a town, enough to be found."""


def read_address(text: str, *, expected: bool = False) -> Address | None:
    """The address in `text`; of one that is put right, the right one.

    Args:
        text: what was said.
        expected: an address was asked for, so that "à Lyon" or "au lieu-dit Kergoat" is one.
    """
    first = _first(text, expected=expected)
    if first is None:
        return None
    after = text.partition(first.text)[2]
    taken_back = _TAKES_BACK.search(after)
    right = _first(after[taken_back.end() :], expected=False) if taken_back else None
    return right if right and right.complete else first


def continue_address(before: str, text: str) -> Address | None:
    """What was told `before`, with the number, the street or the town that `text` adds to it.

    Args:
        before: a street without number and town, or a town alone: "à Lyon".
        text: the answer to what was missing.
    """
    new = read_address(text, expected=True)
    street = new is not None and not new.value.startswith(("à ", "au "))
    if is_town(before):
        return Address(f"{new.value} {before}", text, True) if new and street else None
    if new and street:
        return new  # said again, and more of it
    found = words(text)
    tokens = [word.plain for word in found]
    number, end = _number_after(tokens)
    entrance = entrance_at(found, end) if end < len(found) else None
    town = _town(text, found[entrance[1] if entrance else end :])
    if not (number or town or entrance):
        return None
    value = " ".join(part for part in (number, before, town) if part)
    return Address(f"{value}, {entrance[0]}" if entrance else value, text, bool(number or town))


def is_town(value: str) -> bool:
    """Whether the address is a town and no more: "à Lyon", not "à la Ferme du Bois"."""
    return value.startswith("à ") and value[2:3].isupper()


def _number_after(tokens: list[str]) -> tuple[str, int]:
    """The first house number, and the index after it; ("", 0) where there is none."""
    for at in range(len(tokens)):
        read = read_number(tokens, at)
        if read and 0 < read[0] < 10_000 and tokens[at] not in ("un", "une"):
            bis = tokens[read[1]] if read[1] < len(tokens) else ""
            if _BIS.fullmatch(bis) and bis != "a":
                return f"{read[0]} {_suffix(bis)}", read[1] + 1
            return str(read[0]), read[1]
    return "", 0


def _town(text: str, found: list[Word]) -> str:
    """A town: after its "à", or said with nothing but "c'est" before it."""
    after = [at + 1 for at, word in enumerate(found[:-1]) if word.plain == "a"]
    found = found[after[-1] :] if after else found
    while found and (found[0].plain in _OPENERS or found[0].plain in ("et", "sur", "en")):
        found = found[1:]
    if not found or len(found) > LONGEST_TOWN or found[0].plain in COMMON:
        return ""
    return f"à {_written(text, found)}"


def _first(text: str, *, expected: bool) -> Address | None:
    """The first address that is told."""
    found = words(text)
    tokens = [word.plain for word in found]
    for at, token in enumerate(tokens):
        if token not in _WAYS or (token == "rond" and tokens[at + 1 : at + 2] != ["point"]):
            continue
        if token == "chaussee" and "rez" in tokens[max(0, at - 2) : at]:
            continue
        before = _number_before(tokens, at)
        if token in _ALSO_WORDS and not (before or expected):
            continue
        start, number = before or (at, "")
        street, entrances, end = _rest(text, found, at, skip=1)
        if street <= at + 1:
            continue
        value = ", ".join([f"{number} {_written(text, found[at:street])}".strip(), *entrances])
        town = any(word.plain in ("a", "sur") for word in found[at + 2 : street - 1])
        heard = text[found[start].start : found[end - 1].end]
        return Address(value, heard, bool(number) or town)
    return _bare(text, found, tokens) if expected else None


def _number_before(tokens: list[str], at: int) -> tuple[int, str] | None:
    """The house number before the street, with where it begins."""
    last = at
    while last > 0 and tokens[last - 1] in ("de", "la", "du", "l"):
        last -= 1  # "au douze de la rue des Lilas"
    typed = _NUMBER_BIS.fullmatch(tokens[last - 1]) if last else None
    if typed:
        return last - 1, f"{typed[1]} {_suffix(typed[2])}"
    bis = ""
    if last > 1 and _BIS.fullmatch(tokens[last - 1]) and (last == at or len(tokens[last - 1]) > 1):
        bis, last = f" {_suffix(tokens[last - 1])}", last - 1
    for start in range(max(0, last - 5), last):
        read = read_number(tokens, start)
        if read and read[1] == last and 0 < read[0] < 10_000 and tokens[start] != "une":
            return start, f"{read[0]}{bis}"
    return None


def _suffix(bis: str) -> str:
    return bis.upper() if len(bis) == 1 else bis


def _rest(text: str, found: list[Word], at: int, *, skip: int) -> tuple[int, list[str], int]:
    """The end of the street and town that begin at `at`, the entrances, and the end of all."""
    tokens = [word.plain for word in found]
    end = at + skip
    entrance = None
    while end < len(tokens) and end - at < LONGEST:
        entrance = entrance_at(found, end)
        if entrance or tokens[end] in _STOP:
            break
        end += 1
    street = end
    while street > at + skip and tokens[street - 1] in _TRAILING:
        street -= 1
    entrances: list[str] = []
    last = street
    while entrance:
        entrances.append(entrance[0])
        last = entrance[1]
        entrance = entrance_at(found, last) if last < len(found) else None
    return street, entrances, last


def _bare(text: str, found: list[Word], tokens: list[str]) -> Address | None:
    """An answer to "à quelle adresse ?" that names no street."""
    at = 0
    while at < len(tokens) and tokens[at] in _OPENERS:
        at += 1
    if at >= len(tokens) - 1 or tokens[at] not in _PLACES | {"a", "au", "aux"}:
        return None
    named = next((token for token in tokens[at:] if token not in _SMALL - _PLACES), "")
    if named in COMMON - _PLACES:
        return None  # "à demain", "au revoir"
    if tokens[at] == "chambre":
        entrance = entrance_at(found, at)
        return Address(entrance[0], entrance[0], False) if entrance else None
    end, entrances, last = _rest(text, found, at, skip=1)
    if end - at < 2:
        return None
    value = ", ".join([_written(text, found[at:end]), *entrances])
    return Address(value, text[found[at].start : found[last - 1].end], False)


def _written(text: str, part: list[Word]) -> str:
    """Street and town with capitals and hyphens, numbers in digits."""
    tokens = [word.plain for word in part]
    codes = {
        first: (likeliest_digits(tuple(tokens[first:last])), last)
        for first, last in digit_runs(part)
    }
    shown, at = "", 0
    while at < len(part):
        word, end = part[at], at + 1
        read = read_number(tokens, at) if tokens[at] not in ("un", "une") else None
        code = codes.get(at)
        if code and not tokens[at].isdecimal() and len(code[0]) == POSTCODE:
            piece, end = code
        elif read and (read[0] > 1 or tokens[at].isdecimal()):
            piece, end = (tokens[at] if tokens[at].isdecimal() else str(read[0])), read[1]
        else:
            small = word.plain in _SMALL or bool(_ORDINAL.search(word.plain))
            piece = word.text.lower() if small else _capital(word.text)
        shown += piece + _between(text, part, end)
        at = end
    return shown


def _between(text: str, part: list[Word], at: int) -> str:
    """What stands between the word before index `at` and the one at it."""
    if at >= len(part) or part[at - 1].text.endswith(("'", "’")):
        return ""
    return "-" if text[part[at - 1].end : part[at].start] == "-" else " "


def _capital(text: str) -> str:
    return text if text[:1].isupper() else text[:1].upper() + text[1:]
