"""English words as the ear's language model writes them, and as the text is written."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*['.]?|'(?:cause|em|til)\b")
_JOINED = str.maketrans({"’": "'", "ʼ": "'", "‐": " ", "‑": " ", "-": " ", "–": " ", "—": " "})
_LETTER = re.compile(r"[a-z]\.")


def tokens(text: str) -> list[str]:
    """The words of a text as the language model knows them.

    Contractions are one word ("there's"), compounds are two ("check", "in"), and letters that are
    spelt keep their point ("a."), so that they are not taken for the words "a" and "i".
    """
    found: list[str] = []
    text = text.translate(_JOINED)
    for match in _TOKEN.finditer(text):
        word = match[0].lower()
        last = not text[match.end() :].strip()
        if word.endswith(".") and not (_LETTER.fullmatch(word) and _spelt(word, found, last)):
            word = word[:-1]
        word = word if word.startswith("'") else word.rstrip("'")
        if word:
            found.append(word)
    return found


def _spelt(letter: str, before: list[str], last: bool) -> bool:
    """Whether a letter with a point is spelt; "so do I." ends a sentence."""
    return not (letter == "i." and last and before and not before[-1].endswith("."))


def normalise(text: str) -> str:
    """The text in tokens, one space between them."""
    return " ".join(tokens(text))


def written(words: list[str]) -> str:
    """The text of a list of tokens: "b." gives "b"."""
    return " ".join(word.rstrip(".") for word in words)
