"""Words as they are compared: lower case, no accents, elisions apart, hesitations gone."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

HESITATIONS = frozenset(
    ("euh", "heu", "hum", "hm", "hein", "ben", "bah", "beh", "pff", "euhm", "mmh", "eh", "bon")
)
_WORD = re.compile(r"[^\W_]+(?:[.][^\W_]+)*['’]?")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "OE", "Æ": "AE"})


@dataclass(frozen=True)
class Word:
    """One word of a text."""

    plain: str
    """Lower case, no accents, no apostrophe: "l" for "l'"."""
    text: str
    """As it was written, apostrophe included."""
    start: int
    end: int
    """Where it stands in the text."""


def word_set(text: str) -> frozenset[str]:
    """The words of a constant."""
    return frozenset(text.split())


def fold(text: str) -> str:
    """Lower case without accents or ligatures."""
    decomposed = unicodedata.normalize("NFD", text.translate(_LIGATURES).lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def words(text: str, *, keep_hesitations: bool = False) -> list[Word]:
    """The words of a text, in order; hyphens part words, apostrophes end one."""
    found = []
    for match in _WORD.finditer(text):
        plain = fold(match[0]).rstrip("'’")
        if plain and (keep_hesitations or plain not in HESITATIONS):
            found.append(Word(plain, match[0], match.start(), match.end()))
    return found


def between(text: str, first: Word, last: Word) -> str:
    """The text from one word to another, as it was written."""
    return text[first.start : last.end]


def normalise(text: str) -> str:
    """The text as it is learnt from and classified: folded, spaced, without hesitations."""
    return " ".join(word.plain for word in words(text))
