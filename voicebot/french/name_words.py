"""The words in which a name may stand, and how one is written."""

from __future__ import annotations

import re

from voicebot.french.normalise import HESITATIONS, Word, words
from voicebot.french.vocabulary import FIRST_NAMES

_BETWEEN_LETTERS = re.compile(r"(?<=\b\w)[.](?=\w\b)")
"""In "D.U.P.O.N.T"."""
_NO_ELISION = re.compile(r"[mnMN]['’]")


def name_words(text: str, titles: frozenset[str]) -> list[Word]:
    """The words; "ben" is a hesitation, but not in "monsieur Ben Amar".

    Args:
        text: what was said.
        titles: words after which a name stands.
    """
    kept: list[Word] = []
    for word in words(_BETWEEN_LETTERS.sub(" ", text), keep_hesitations=True):
        in_name = word.plain == "ben" and kept and kept[-1].plain in titles | FIRST_NAMES
        if kept and kept[-1].plain == "m" and word.plain == "sieur":
            head = kept.pop()
            kept.append(Word("monsieur", f"{head.text}{word.text}", head.start, word.end))
        elif kept and _NO_ELISION.fullmatch(kept[-1].text) and word.plain[0] not in "aeiouyh":
            head = kept.pop()  # "N'Diaye": what is elided stands before a vowel
            text_ = f"{head.text}{capital(word.text)}"
            kept.append(Word(f"{head.plain}{word.plain}", text_, head.start, word.end))
        elif word.plain not in HESITATIONS or in_name:
            kept.append(word)
    return kept


def capital(text: str) -> str:
    """A word as a name is written: "N'Diaye", "Dupont"."""
    head, mark, tail = text.partition("'")
    if mark and tail and len(head) == 1:
        return f"{head.upper()}'{capital(tail)}"
    if text[:1].isupper():
        return text if not text.isupper() or len(text) == 1 else text.capitalize()
    return text.capitalize()
