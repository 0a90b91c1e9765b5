"""Letters as they are spelt: "D comme Denise", "deux L", "E accent grave", "apostrophe"."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from voicebot.french.normalise import word_set

LETTERS = {
    "a": "A", "be": "B", "ce": "C", "de": "D", "e": "E", "effe": "F", "ge": "G", "ache": "H",
    "hache": "H", "i": "I", "ji": "J", "gi": "J", "ka": "K", "elle": "L", "el": "L", "aime": "M",
    "emme": "M", "haine": "N", "enne": "N", "o": "O", "pe": "P", "cu": "Q", "ku": "Q", "erre": "R",
    "air": "R", "esse": "S", "te": "T", "u": "U", "ve": "V", "ixe": "X", "igrec": "Y", "zed": "Z",
    "zede": "Z",
}  # fmt: skip
"""What an ear writes for a letter that was said by its name."""
_ALPHABET = word_set(
    "alpha bravo charlie delta echo foxtrot golf hotel india juliette kilo lima mike november "
    "oscar papa quebec romeo sierra tango uniform victor whisky xray yankee zoulou juliet whiskey "
    "zulu fox"
)
"""The radio alphabet: each word stands for its first letter."""
_LIKE = ("comme", "pour")
_SIGNS = {"apostrophe": "'", "tiret": "-", "espace": " "}
_MARKS = {
    "aigu": "\u0301", "grave": "\u0300", "circonflexe": "\u0302", "trema": "\u0308",
    "cedille": "\u0327",
}  # fmt: skip
_CASE = ("majuscule", "minuscule")
SPELLERS = frozenset(
    (*_SIGNS, *_MARKS, *_CASE, "accent", "deux", "double", "2", "trait", "d", "union", "grec")
)
"""Words that only somebody who spells says between letters."""


@dataclass(frozen=True)
class Spelt:
    """Letters that were spelt one by one."""

    letters: str
    """Capitals, with apostrophes, hyphens and spaces: "D'ALMEIDA"."""
    end: int
    """The index after the last word."""
    likened: bool
    """A letter was made clear by a word: nobody does so who does not spell."""


def read_spelling(tokens: Sequence[str], at: int = 0) -> Spelt | None:
    """The letters spelt from index `at` of folded words on; None below two letters."""
    tokens = list(tokens)
    out, end, likened = "", at, False
    while end < len(tokens):
        step = _sign(tokens, end) if out else None
        step = step or letter_at(tokens, end)
        if step is None:
            break
        likened = likened or (step[1] > end + 1 and tokens[end + 1] in (*_LIKE, "de"))
        out, end = out + step[0], step[1]
    letters = sum(c.isalpha() for c in out)
    return Spelt(out.strip("'- "), end, likened) if letters >= 2 else None


def letter_at(tokens: list[str], at: int) -> tuple[str, int] | None:
    """The letter, or the two alike, spelt at index `at`, and the index after it.

    "D comme Denise": the word confirms the letter, and corrects one that was misheard.
    """
    token = tokens[at]
    if token in _CASE and at + 1 < len(tokens):
        return letter_at(tokens, at + 1)
    if tokens[at : at + 2] == ["i", "grec"]:
        return _marked(tokens, "Y", at + 2)
    if tokens[at : at + 2] in (["double", "v"], ["double", "ve"]):
        return _marked(tokens, "W", at + 2)
    if token in ("deux", "double", "2") and at + 1 < len(tokens):
        twice = letter_at(tokens, at + 1)
        return (twice[0] * 2, twice[1]) if twice and len(twice[0]) == 1 else None
    letter = token.upper() if len(token) == 1 and token.isalpha() else LETTERS.get(token)
    return _marked(tokens, letter, at + 1) if letter else None


def radio_at(tokens: list[str], at: int) -> str | None:
    """The letter of the radio alphabet: "bravo" is B."""
    return tokens[at][0].upper() if tokens[at] in _ALPHABET else None


def _sign(tokens: list[str], at: int) -> tuple[str, int] | None:
    if tokens[at] in _SIGNS:
        return _SIGNS[tokens[at]], at + 1
    if tokens[at : at + 3] == ["trait", "d", "union"]:
        return "-", at + 3
    return None


def _marked(tokens: list[str], letter: str, end: int) -> tuple[str, int] | None:
    """The letter with what is said after it: its accent, or the word that it begins."""
    following = tokens[end + 1 : end + 2]
    if tokens[end : end + 1] and tokens[end] in _LIKE and following:
        first = following[0][0].upper()
        return (first, end + 2) if first.isalpha() else None
    likened = (
        following
        and len(following[0]) > 2
        and following[0] not in LETTERS
        and following[0][0].upper() == letter
    )
    if likened and tokens[end] == "de":  # "D de Denise"
        return letter, end + 2
    if tokens[end : end + 1] and tokens[end] in _CASE:
        return letter, end + 1
    mark = end + 1 if tokens[end : end + 1] == ["accent"] else end
    if mark < len(tokens) and tokens[mark] in _MARKS:
        return unicodedata.normalize("NFC", letter + _MARKS[tokens[mark]]), mark + 1
    return letter, end
