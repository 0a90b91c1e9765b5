"""How to get in once at the door: "au troisième gauche, bâtiment B, code vingt-trois A"."""

from __future__ import annotations

import re

from voicebot.french.normalise import Word, word_set
from voicebot.french.numbers import read_number
from voicebot.french.references import read_code

_ORDINAL = re.compile(r"\w+i[eè]me|premier|dernier|second|\d+e|\d+eme|1er")
_SIDES = ("gauche", "droite", "face", "fond", "milieu")
_KEYS = {"diese": "#", "etoile": "*"}
"""Keys of a code lock that are no digits."""
_KINDS = {
    "batiment": "bâtiment", "bat": "bâtiment", "escalier": "escalier", "porte": "porte",
    "appartement": "appartement", "appart": "appartement", "entree": "entrée", "lot": "lot",
    "etage": "étage", "allee": "allée", "tour": "tour", "chambre": "chambre",
}  # fmt: skip
_NAMED = {"interphone": "interphone", "sonnette": "sonnette", "sonnez": "sonnette"}
_CODES = ("code", "digicode")
_LEADING = word_set("au a la le l et avec c est dans en du de il y un")
_LINKS = (((), ""), (("de",), "de "), (("a",), "à "), (("du",), "du "), (("de", "la"), "de la "))
"""Between the door and its side: "porte de gauche", "porte à gauche"."""
_AFTER_KIND = ("numero", "est", "le", "la")
_AFTER_CODE = word_set("c est le la d entree de porte l immeuble du bas portail")


def entrance_at(part: list[Word], at: int) -> tuple[str, int] | None:
    """One detail that begins at index `at`: as it is written down, and the index after it."""
    start = at
    while start < len(part) and part[start].plain in _LEADING:
        start += 1
    if start >= len(part):
        return None
    tokens = [word.plain for word in part]
    return (
        _floor(part, tokens, start, led=tokens[start - 1 : start] == ["au"] and start > at)
        or _code(tokens, start)
        or _kind(part, tokens, start)
        or _name(part, tokens, start)
    )


def _floor(part: list[Word], tokens: list[str], at: int, *, led: bool) -> tuple[str, int] | None:
    """E.g. "troisième étage", "troisième gauche", "au troisième", "rez-de-chaussée"."""
    if tokens[at : at + 3] == ["rez", "de", "chaussee"]:
        return _sided("rez-de-chaussée", tokens, at + 3)
    if tokens[at] == "rdc":
        return _sided("rez-de-chaussée", tokens, at + 1)
    if not _ORDINAL.fullmatch(tokens[at]):
        return None
    following = tokens[at + 1] if at + 1 < len(tokens) else ""
    said = part[at].text.lower()
    if following == "etage":
        return _sided(f"{said} étage", tokens, at + 2)
    if following in _SIDES:
        return f"{said} {following}", at + 2
    return (f"{said} étage", at + 1) if led and following != "arrondissement" else None


def _sided(floor: str, tokens: list[str], at: int) -> tuple[str, int]:
    """The floor with its side: "gauche", "à droite"."""
    start, link = (at + 1, "à ") if tokens[at : at + 1] == ["a"] else (at, "")
    side = tokens[start] if start < len(tokens) else ""
    return (f"{floor} {link}{side}", start + 1) if side in _SIDES else (floor, at)


def _code(tokens: list[str], at: int) -> tuple[str, int] | None:
    """E.g. "le code c'est vingt-trois A"."""
    if tokens[at] not in _CODES:
        return None
    start = at + 1
    while start < len(tokens) and tokens[start] in _AFTER_CODE:
        start += 1
    before = _KEYS.get(tokens[start], "") if start < len(tokens) else ""
    code, end = read_code(tokens, start + bool(before))
    after = _KEYS.get(tokens[end], "") if end < len(tokens) else ""
    code, end = f"{before}{code}{after}", end + bool(after)
    return (f"code {code}", end) if any(c.isdigit() for c in code) else None


def _kind(part: list[Word], tokens: list[str], at: int) -> tuple[str, int] | None:
    """E.g. "bâtiment B", "porte de droite", "appartement vingt-quatre"."""
    kind = _KINDS.get(tokens[at])
    if kind is None or at + 1 >= len(tokens):
        return None
    for link, said in _LINKS:
        end = at + 1 + len(link)
        if tuple(tokens[at + 1 : end]) == link and tokens[end : end + 1] and tokens[end] in _SIDES:
            return f"{kind} {said}{tokens[end]}", end + 1
    start = at + 1
    while start < len(tokens) - 1 and tokens[start] in _AFTER_KIND:
        start += 1
    number = read_number(tokens, start)
    if number:
        letter = tokens[number[1] : number[1] + 1]
        suffix = letter[0].upper() if letter and len(letter[0]) == 1 and letter != ["a"] else ""
        return f"{kind} {number[0]}{suffix}", number[1] + bool(suffix)
    said = part[start].text
    unit = read_number(tokens, start + 1) if len(said) == 1 else None
    if unit:  # "appartement B deux"
        return f"{kind} {said.upper()}{unit[0]}", unit[1]
    return f"{kind} {said.upper() if len(said) <= 2 else said.capitalize()}", start + 1


def _name(part: list[Word], tokens: list[str], at: int) -> tuple[str, int] | None:
    """E.g. "interphone Martin": up to two words of a name."""
    kind = _NAMED.get(tokens[at])
    if kind is None:
        return None
    end = at + 1
    while end < len(tokens) and tokens[end] in ("au", "nom", "de", "a", "chez", "c", "est"):
        end += 1
    number = read_number(tokens, end)
    if number:
        return f"{kind} {number[0]}", number[1]
    first = end
    while end < len(tokens) and end - first < 2 and entrance_at(part, end) is None:
        end += 1
    said = " ".join(word.text.capitalize() for word in part[first:end])
    return (f"{kind} {said}", end) if said else None
