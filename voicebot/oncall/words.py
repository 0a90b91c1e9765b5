"""How the words of an emergency are compared: by their sound, since the ear spells as it can."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

BREAK = "."
"""Stands between two sentences; no pattern reaches across it."""

_SPLIT = re.compile(r"[.!?;:\n]+|[a-z0-9]+\*?")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "’": "'", "-": " "})
_ELISIONS = re.compile(r"\b(?:n|l|d|j|t|s|m|c|qu|jusqu|lorsqu|puisqu)'")
_DROPPED = frozenset(
    ("ne", "euh", "heu", "hum", "hein", "ben", "bah", "pff", "beh", "bon", "quoi", "voila", "allo")
)
_STAMMER = re.compile(r"\b\w{1,6}- ")

_SOUNDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"ph", "f"),
        (r"^h|(?<=[^cs])h", ""),
        (r"sch|sh|ch", "S"),
        (r"gn", "N"),
        (r"ge(?=[ao])", "j"),
        (r"gu(?=[eiy])", "G"),
        (r"g(?=[eiy])", "j"),
        (r"g", "G"),
        (r"qu|q|ck|cc(?=[aou])", "k"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"x", "ks"),
        (r"(?<=[aeiou])s(?=[aeiouy])", "z"),
        (r"([bdfgjklmnprstvz])\1", r"\1"),
        (r"eaux|eau|aux|au", "o"),
        (r"oeu|eu", "E"),
        (r"ouille", "uY"),
        (r"(?<=[aeiou])ill?(?:e|er|ee|es|ent)?$", "Y"),
        (r"ou", "U"),
        (r"oi|oy", "wa"),
        (r"(?:ain|ein|aim|in|im|yn|ym|un|um)(?![aeiouynm])", "2"),
        (r"(?:an|am|en|em)(?![aeiouynm])", "1"),
        (r"(?:on|om)(?![aeiouynm])", "3"),
        (r"ai|ei", "e"),
        (r"y", "i"),
        (r"w", "v"),
    )
)
_SILENT_VERB = re.compile(r"(?<=[a-z]{3})(?:aient|ent)$")
_SILENT_END = re.compile(r"(?<=\w\w)(?:(?<=n)g|[stdxpz])+$")
_INFINITIVE = re.compile(r"(?<=\w\w)(?:er|ez|ee)$")
_FINAL_E = re.compile(r"(?<=..)e+$")
_SHORT_WORDS = {
    **{"gaz": "gaz", "est": "e", "et": "et", "eu": "u"},
    **dict.fromkeys(("tue", "tuer", "tuee", "tues", "tuez", "tuent"), "tue"),  # not "tu"
}


def plain(text: str) -> str:
    """Lower case, no accents, no ligatures, elided articles taken off."""
    text = text.lower().translate(_LIGATURES)
    decomposed = unicodedata.normalize("NFD", text)
    text = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _ELISIONS.sub(" ", text)


def words_of(text: str) -> tuple[str, ...]:
    """The words that carry meaning, with BREAK between sentences.

    "ne" goes, since people drop it, and so do hesitations and broken-off beginnings.
    """
    found = _SPLIT.findall(plain(_STAMMER.sub("", text)))
    return tuple(BREAK if w[0] in ".!?;:\n" else w for w in found if w not in _DROPPED)


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """A rough key of how a plain word sounds, whatever its ending: fuite, fuites, fuité → one key.

    Plural, feminine, and the endings of verbs in -er fall away: they are heard alike, or the
    ear mistakes one for the other.
    """
    if word in _SHORT_WORDS:
        return _SHORT_WORDS[word]
    if len(word) <= 2 or any(letter.isdigit() for letter in word):
        return word  # by sound alone, "h2s" would be the "2" of a number
    key = _SILENT_VERB.sub("e", word) if len(word) >= 6 else word
    key = _INFINITIVE.sub("e", _SILENT_END.sub("", key))
    for pattern, heard in _SOUNDS:
        key = pattern.sub(heard, key)
    return _FINAL_E.sub("", key) or word
